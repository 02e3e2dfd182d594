import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DownloadPatch } from '@sluice/contract';
import { startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { expect, it, onTestFinished } from 'vitest';
import { startEngine } from '../harness.ts';

const mebibyte = 1024 * 1024;

/** An engine in another process that fetches the link into the folder. */
function startOther(
  folder: string,
  url: string,
): { readonly until: (holds: (change: DownloadPatch) => boolean) => Promise<void> } {
  const script = join(import.meta.dirname, '../child.ts');
  const child: ChildProcess = spawn(process.execPath, [script, folder, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  if (child.stdout === null) throw new Error('the child has no output');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    until: async (holds) => {
      for (;;) {
        const line = await lines.next();
        if (line.done === true) throw new Error('the other process ended');
        const change: DownloadPatch = JSON.parse(line.value);
        if (holds(change)) return;
      }
    },
  };
}

it('F55 two processes fetch one link into one folder: each has a file of its own, and both are right', async () => {
  await using origin = await startOrigin();
  const sizeBytes = 6 * mebibyte;
  origin.serve('/file.bin', { seed: 5, sizeBytes, bytesPerSecond: 3 * mebibyte });
  await using own = await startEngine();
  const other = startOther(own.folder, origin.urlOf('/file.bin'));
  await other.until(({ receivedBytes = 0 }) => receivedBytes > mebibyte);
  const id = await own.add(origin.urlOf('/file.bin'));
  const otherIsDone = other.until(({ state }) => state?.kind === 'finished');
  const [{ name }] = await Promise.all([own.reach(id, 'finished'), otherIsDone]);
  expect(name).toBe('file (1).bin');
  for (const each of ['file.bin', 'file (1).bin']) expect(await verifySeeded(own.path(each), 5, sizeBytes)).toBeNull();
  expect((await own.names()).filter((each) => each.includes('.sluice'))).toEqual([]);
}, 60_000);
