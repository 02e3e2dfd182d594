import { expect, it } from 'vitest';
import { spreadWindows } from '../../../src/plan/ranges/spread-windows.ts';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;
const nowhere = { start: 0, end: 0 };

it('F102 compares the beginning, the end of each stretch, and places between', () => {
  const covered = [
    { start: 0, end: 8 * mebibyte },
    { start: 16 * mebibyte, end: 24 * mebibyte },
  ];
  const windows = spreadWindows(covered, nowhere);
  expect(windows[0]).toEqual({ start: 0, end: 16 * kibibyte });
  for (const { end } of covered) expect(windows).toContainEqual({ start: end - 16 * kibibyte, end });
  expect(windows).toHaveLength(10);
  for (const { start, end } of windows) {
    expect(end - start).toBe(16 * kibibyte);
    expect(covered.some((range) => range.start <= start && end <= range.end)).toBe(true);
  }
});

it('F102 leaves out what is compared anyway', () => {
  const covered = [{ start: 0, end: 40 * kibibyte }];
  expect(spreadWindows(covered, { start: 0, end: 40 * kibibyte })).toEqual([]);
});
