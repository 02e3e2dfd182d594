import { expect, test } from 'vitest';
import { ForeignSigns } from '../../src/store/foreign-signs.ts';

const mebibyte = 1024 * 1024;
const whole = { sizeBytes: 8 * mebibyte, modifiedAtMs: 1, allocatedBytes: 4 * mebibyte };
const written = { coveredBytes: 4 * mebibyte, end: 4 * mebibyte };

function signsOf(): ForeignSigns {
  return new ForeignSigns(8 * mebibyte);
}

test('F116 a file that is as it was written shows no sign', () => {
  expect(signsOf().check(whole, written, null)).toBe(false);
  expect(signsOf().check(whole, written, whole)).toBe(false);
});

test.each([
  ['shorter', { ...whole, sizeBytes: 8 * mebibyte - 1 }],
  ['with a hole of one page', { ...whole, allocatedBytes: 4 * mebibyte - 4096 }],
])('F116 one that is %s shows one', (_what, now) => {
  expect(signsOf().check(now, written, null)).toBe(true);
});

test('F116 one of unknown length that is shorter than what was written shows one', () => {
  const signs = new ForeignSigns(0);
  expect(signs.check({ ...whole, sizeBytes: 4 * mebibyte }, written, null)).toBe(false);
  expect(signs.check({ ...whole, sizeBytes: 3 * mebibyte }, written, null)).toBe(true);
});

test('F116 one that was written to while nothing came shows one', () => {
  expect(signsOf().check({ ...whole, modifiedAtMs: 2 }, written, whole)).toBe(true);
  expect(signsOf().check({ ...whole, modifiedAtMs: 2 }, written, null)).toBe(false);
});

test('where the room says nothing of the bytes, it is asked once', () => {
  const signs = signsOf();
  const compressed = { ...whole, allocatedBytes: mebibyte };
  expect(signs.check(compressed, written, null)).toBe(true);
  signs.cleared(compressed, written);
  expect(signs.check(compressed, written, null)).toBe(false);
  expect(signs.check({ ...compressed, sizeBytes: mebibyte }, written, null)).toBe(true);
});

test('where there is no number for it, and for small files, it is not asked', () => {
  expect(signsOf().check({ ...whole, allocatedBytes: null }, written, null)).toBe(false);
  expect(new ForeignSigns(0).check({ ...whole, allocatedBytes: 0 }, { coveredBytes: 4000, end: 4000 }, null)).toBe(
    false,
  );
});
