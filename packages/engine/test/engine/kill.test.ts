import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DownloadPatch } from '@sluice/contract';
import { startOrigin, verifySeeded } from '@sluice/testkit/origin';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { temporaryFolder } from './harness.ts';

const mebibyte = 1024 * 1024;

/** Starts the engine and kills it without warning once the predicate holds. */
async function runUntil(folder: string, url: string, holds: (change: DownloadPatch) => boolean): Promise<void> {
  const script = join(import.meta.dirname, 'child.ts');
  const child: ChildProcess = spawn(process.execPath, [script, folder, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  if (child.stdout === null) throw new Error('the child has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const change: DownloadPatch = JSON.parse(line);
    if (change.state?.kind === 'failed') throw new Error(line);
    if (holds(change)) break;
  }
  child.kill('SIGKILL');
  await exited;
}

it('F52 kill -9 at any moment: nothing that was checkpointed is fetched again, and the bytes are right', async () => {
  await using origin = await startOrigin();
  const sizeBytes = 24 * mebibyte;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 22 }), { minLength: 1, maxLength: 3 }), async (stops) => {
      const folder = await temporaryFolder();
      const path = `/${stops.join('-')}-${origin.requests.length}.bin`;
      origin.serve(path, { seed: 21, sizeBytes, bytesPerSecond: 24 * mebibyte });
      const sentBefore = origin.bodyBytesSent;
      for (const stop of stops.sort((left, right) => left - right)) {
        await runUntil(folder, origin.urlOf(path), ({ receivedBytes = 0 }) => receivedBytes >= stop * mebibyte);
      }
      await runUntil(folder, origin.urlOf(path), ({ state }) => state?.kind === 'finished');
      expect(await verifySeeded(join(folder, path), 21, sizeBytes)).toBeNull();
      expect((await readdir(folder)).filter((name) => name.includes('.sluice'))).toEqual([]);
      // Each kill may cost what was in buffers and on the wire of its connections, not the file over again.
      expect(origin.bodyBytesSent - sentBefore).toBeLessThan(sizeBytes * 2);
    }),
    { numRuns: 5 },
  );
}, 60_000);
