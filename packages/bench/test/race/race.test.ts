import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toEntry } from '../../src/race/race.ts';
import { differenceOf } from '../../src/race/same-bytes.ts';
import { writeSourceFile } from '../../src/servers/source-file.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-bench-test-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('an entry holds medians of each figure by itself', () => {
  const costs = [
    { wallSeconds: 1, cpuSeconds: 9, peakBytes: 5 },
    { wallSeconds: 2, cpuSeconds: 7, peakBytes: 6 },
    { wallSeconds: 3, cpuSeconds: 8, peakBytes: 1 },
  ];
  expect(toEntry('a', costs, [])).toEqual({
    name: 'a',
    cost: { wallSeconds: 2, cpuSeconds: 8, peakBytes: 5 },
    trouble: null,
  });
});

test('trouble is told also beside results, and how often', () => {
  expect(toEntry('a', [], ['exit code 1: no', 'exit code 1: no'])).toEqual({
    name: 'a',
    cost: null,
    trouble: 'exit code 1: no, 2 times',
  });
});

test('equal files have no difference; one changed byte has a place', async () => {
  const [left, right] = [join(folder, 'left'), join(folder, 'right')];
  const bytes = Buffer.alloc(9_000_000, 3);
  await writeFile(left, bytes);
  await writeFile(right, bytes);
  expect(await differenceOf(left, right)).toBeNull();
  bytes[8_500_000] = 4;
  await writeFile(left, bytes);
  expect(await differenceOf(left, right)).toBe('WRONG BYTES near 8388608');
});

test('a short file, and none', async () => {
  const [left, right] = [join(folder, 'left'), join(folder, 'right')];
  await writeFile(left, 'ab');
  await writeFile(right, 'abc');
  expect(await differenceOf(left, right)).toBe('WRONG SIZE: 2 of 3 bytes');
  expect(await differenceOf(join(folder, 'nothing'), right)).toBe('NO FILE');
});

test('a source file depends on its seed alone, and no stretch of it repeats', async () => {
  const [first, again, other] = ['first', 'again', 'other'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await writeSourceFile(first, 3_000_000, 'a');
  await writeSourceFile(again, 3_000_000, 'a');
  await writeSourceFile(other, 3_000_000, 'b');
  expect(await differenceOf(again, first)).toBeNull();
  expect(await differenceOf(other, first)).toBe('WRONG BYTES near 0');
});
