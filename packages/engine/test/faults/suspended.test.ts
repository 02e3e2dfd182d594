/** A process that is stopped for longer than any silence is borne, and goes on: what lies in the sockets is read first. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { DownloadView } from '@sluice/contract';
import { startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { backends } from './ways.ts';

const sizeBytes = 12 * 1024 * 1024;
/** Far beyond the timeouts of the child. */
const pauseMs = 3000;

/** What the child says of a connection. */
interface Failed {
  readonly failedWith: string;
}

it.each(backends.flatMap((backend) => [1, 4].map((connections) => [backend, connections] as const)))(
  'F124 nothing is fetched again (%s, %i connections)',
  async (backend, connections) => {
    await using origin = await startOrigin();
    const folder = await mkdtemp(join(tmpdir(), 'sluice-suspended-'));
    origin.serve('/f.bin', { seed: 124, sizeBytes, bytesPerSecond: 4 * 1024 * 1024 });
    const script = join(import.meta.dirname, 'suspended-child.ts');
    const child = spawn(process.execPath, [script, folder, origin.urlOf('/f.bin'), backend, String(connections)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      let isStopped = false;
      const failures: string[] = [];
      let askedBefore = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        const { receivedBytes = 0, state, failedWith }: Partial<DownloadView & Failed> = JSON.parse(line);
        if (failedWith !== undefined) failures.push(failedWith);
        if (state?.kind === 'finished' || state?.kind === 'failed') break;
        if (isStopped || receivedBytes < 3 * 1024 * 1024) continue;
        isStopped = true;
        askedBefore = origin.requests.length;
        child.kill('SIGSTOP');
        await delay(pauseMs);
        child.kill('SIGCONT');
      }
      expect(isStopped).toBe(true);
      expect(await verifySeeded(join(folder, 'f.bin'), 124, sizeBytes)).toBeNull();
      // Every connection reads on what lies in its socket: none is given up for a silence that was this process's own.
      expect(failures).toEqual([]);
      const asked = origin.requests.length - askedBefore;
      if (connections === 1) expect([origin.bodyBytesSent, asked]).toEqual([sizeBytes, 0]);
    } finally {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    }
  },
  30_000,
);
