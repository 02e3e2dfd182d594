/** A part of a resource as a file of its own: under which name, and what becomes of what a crash has left. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Origin, seededBytes, startOrigin } from '@sluice/testkit/origin';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FileSpec } from '../../src/direct/spec.ts';
import {
  createHttpPort,
  createMemoryRecords,
  createNodeFiles,
  createSystemClock,
  Direct,
  silentLog,
} from '../../src/index.ts';

const expected = Buffer.from(seededBytes(1, 10, 10));
let origin: Origin;
let folder: string;
let direct: Direct;
beforeEach(async () => {
  origin = await startOrigin();
  origin.serve('/a.bin', { seed: 1, sizeBytes: 100_000 });
  folder = await mkdtemp(join(tmpdir(), 'sluice-part-'));
  const ports = {
    http: createHttpPort(),
    files: createNodeFiles(),
    clock: createSystemClock(),
    log: silentLog,
    records: createMemoryRecords(),
  };
  direct = new Direct(ports, { platform: 'linux', random: () => 0 });
});
afterEach(async () => {
  await direct.close();
  await origin.close();
  await rm(folder, { recursive: true });
});

function save(whenTaken: FileSpec['whenTaken']): ReturnType<Direct['savePart']> {
  const spec = {
    url: origin.urlOf('/a.bin'),
    headers: {},
    request: {},
    retry: { maxAttempts: 1, baseDelayMs: 1, maxDelayMs: 1 },
    checksum: null,
    speedLimitBytesPerSecond: 0,
    onProgress() {},
    range: { start: 10, end: 20 },
    chunkBytes: 4,
    folder,
    name: 'a.bin',
    whenTaken,
    marksOrigin: false,
  };
  return direct.savePart(spec, new AbortController().signal);
}

test.each(['replace', 'refuse'] as const)('%s: a partial that somebody left is in nobody’s way', async (whenTaken) => {
  await writeFile(join(folder, 'a.bin.sluice'), 'left');
  const { path } = await save(whenTaken);
  expect(await readFile(path)).toEqual(expected);
  expect(await readdir(folder)).toEqual(['a.bin', 'a.bin.sluice']);
});

test('what a process that is gone left of a part goes', async () => {
  const owner = Buffer.from(`sluice-${'0'.repeat(32)}`).toString('base64url');
  await writeFile(join(folder, `.sluice-whole-${owner}.1`), 'half');
  await save('refuse');
  expect(await readdir(folder)).toEqual(['a.bin']);
});

test('number: several at once, and beside a partial, have names of their own', async () => {
  await writeFile(join(folder, 'a (1).bin.sluice'), 'on its way');
  const saved = await Promise.all([save('number'), save('number'), save('number')]);
  for (const { path } of saved) expect(await readFile(path)).toEqual(expected);
  expect((await readdir(folder)).toSorted()).toEqual(['a (1).bin.sluice', 'a (2).bin', 'a (3).bin', 'a.bin']);
});

test('refuse: whoever took the name meanwhile keeps it, and nothing else is left', async () => {
  origin.script('/a.bin', async () => {
    await writeFile(join(folder, 'a.bin'), 'mine');
    return {};
  });
  await expect(save('refuse')).rejects.toMatchObject({ code: 'file-exists' });
  expect(await readFile(join(folder, 'a.bin'), 'utf8')).toBe('mine');
  expect(await readdir(folder)).toEqual(['a.bin']);
});
