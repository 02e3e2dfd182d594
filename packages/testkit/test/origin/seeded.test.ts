import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seededBytes, seededSha256, verifySeeded } from '@sluice/testkit/origin';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-seeded-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('any piece of a body equals the same piece of the whole', () => {
  const whole = seededBytes(5, 0, 200_000);
  fc.assert(
    fc.property(fc.nat(199_000), fc.nat(150_000), (start, length) => {
      const end = Math.min(start + length, whole.length);
      expect(Buffer.compare(seededBytes(5, start, end - start), whole.subarray(start, end))).toBe(0);
    }),
  );
});

test('bodies of different seeds and far offsets share no window', () => {
  const windows = new Set<string>();
  const starts = [0, 1, 64 * 1024, 2 ** 31, 2 ** 32, 2 ** 34, 2 ** 50];
  for (const seed of [0, 1, 2, -1]) {
    for (const start of starts) windows.add(Buffer.from(seededBytes(seed, start, 32)).toString('hex'));
  }
  expect(windows.size).toBe(4 * starts.length);
});

test('the digest is that of the bytes', () => {
  const whole = seededBytes(9, 0, 3_000_001);
  expect(seededSha256(9, whole.length)).toBe(createHash('sha256').update(whole).digest('hex'));
});

test('a file is compared byte for byte and by its size', async () => {
  const path = join(folder, 'file.bin');
  const bytes = seededBytes(3, 0, 2_500_000);
  await writeFile(path, bytes);
  expect(await verifySeeded(path, 3, bytes.length)).toBeNull();
  expect(await verifySeeded(path, 3, bytes.length + 1)).toBe(bytes.length);
  expect(await verifySeeded(path, 3, bytes.length - 1)).toBe(bytes.length - 1);
  bytes[1_700_000] = (bytes[1_700_000] ?? 0) ^ 1;
  await writeFile(path, bytes);
  expect(await verifySeeded(path, 3, bytes.length)).toBe(1_700_000);
});
