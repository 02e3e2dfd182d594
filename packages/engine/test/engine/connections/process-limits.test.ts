import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DownloadPatch } from '@sluice/contract';
import { startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../harness.ts';

const mebibyte = 1024 * 1024;

/** Fetches a link in a process that the shell's `limit` holds down, until it is over or has to wait. */
async function fetchUnder(limit: string, folder: string, url: string): Promise<DownloadPatch['state']> {
  const script = join(import.meta.dirname, '../child.ts');
  const command = `ulimit ${limit} && exec "$0" "$@"`;
  const child: ChildProcess = spawn('/bin/sh', ['-c', command, process.execPath, script, folder, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  if (child.stdout === null) throw new Error('the child has no output');
  let state: DownloadPatch['state'];
  for await (const line of createInterface({ input: child.stdout })) {
    const change: DownloadPatch = JSON.parse(line);
    state = change.state ?? state;
    if (state !== undefined && ['finished', 'failed', 'waiting'].includes(state.kind)) break;
  }
  child.kill('SIGKILL');
  await exited;
  return state;
}

it('F46 a file beyond the limit of the system is an error with a name, not a crash', async () => {
  await using origin = await startOrigin();
  const folder = await temporaryFolder();
  origin.serve('/file.bin', { seed: 140, sizeBytes: 4 * mebibyte });
  // In blocks of 512 bytes.
  const state = await fetchUnder('-f 2048', folder, origin.urlOf('/file.bin'));
  expect(state).toMatchObject({ kind: 'failed', error: { code: 'file-too-large' } });
  await rm(folder, { recursive: true });
});

it('F57 a process that may open few files uses fewer connections, and brings the file', async () => {
  await using origin = await startOrigin();
  const folder = await temporaryFolder();
  const sizeBytes = 6 * mebibyte;
  origin.serve('/file.bin', { seed: 141, sizeBytes, bytesPerSecond: 2 * mebibyte });
  const state = await fetchUnder('-n 30', folder, origin.urlOf('/file.bin'));
  expect(state).toMatchObject({ kind: 'finished' });
  expect(await verifySeeded(join(folder, 'file.bin'), 141, sizeBytes)).toBeNull();
  await rm(folder, { recursive: true });
});
