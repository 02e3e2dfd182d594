import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Origin, createGate, seededBytes, startOrigin } from '@sluice/testkit/origin';
import { expect, test } from 'vitest';
import { Cache, download } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const sizeBytes = 300_000;

function serve(origin: Origin): string {
  origin.serve('/a', { seed: 1, sizeBytes, headers: { 'Cache-Control': 'max-age=3600' } });
  return origin.urlOf('/a');
}

interface Child {
  readonly process: ChildProcess;
  readonly said: Promise<string>;
}

function start(url: string, cache: string): Child {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'child.ts'), url, cache], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { process: child, said: text(child.stdout) };
}

test('of several processes that ask the same, one fetches and the others take what it brought', async () => {
  await using origin = await startOrigin();
  const url = serve(origin);
  const gate = createGate();
  origin.script('/a', { stall: { afterBytes: 100_000, until: gate } });
  const cache = temporaryFolder();
  const children = [start(url, cache), start(url, cache), start(url, cache)];
  await origin.waitFor(({ requests }) => (requests[0]?.bodyBytesSent ?? 0) >= 100_000);
  gate.open();
  const said = await Promise.all(children.map((child) => child.said));
  expect(said.sort()).toEqual([`fetched ${sizeBytes}\n`, `fresh ${sizeBytes}\n`, `fresh ${sizeBytes}\n`]);
  expect(origin.requests.filter(({ range }) => range === null)).toHaveLength(1);
});

test('one that is killed leaves no false entry and holds nobody up', async () => {
  await using origin = await startOrigin();
  const url = serve(origin);
  const gate = createGate();
  origin.script('/a', (_request, index) => (index === 0 ? { stall: { afterBytes: 200_000, until: gate } } : {}));
  const folder = temporaryFolder();
  const child = start(url, folder);
  await origin.waitFor(({ requests }) => (requests[0]?.bodyBytesSent ?? 0) >= 200_000);
  child.process.kill('SIGKILL');
  await once(child.process, 'exit');
  gate.open();
  using cache = await Cache.open(folder);
  expect(cache.list()).toEqual([]);
  const { bytes, cacheUse } = await download(url, { cache });
  expect(cacheUse).toBe('fetched');
  expect(Buffer.compare(bytes, seededBytes(1, 0, sizeBytes))).toBe(0);
  expect(await cache.verify()).toEqual([expect.objectContaining({ state: 'sound' })]);
});
