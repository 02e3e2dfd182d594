/** A partial is as it was left when size and time are the same and no block has gone. */
import { expect, it } from 'vitest';
import { isUnchanged } from '../../../src/store/journal/is-unchanged.ts';

const seen = { sizeBytes: 5, modifiedAtMs: 7, allocatedBytes: 4096 };

it.each([
  [seen, seen, true],
  [null, seen, false],
  [seen, { ...seen, sizeBytes: 6 }, false],
  [seen, { ...seen, modifiedAtMs: 8 }, false],
  [seen, { ...seen, allocatedBytes: 4095 }, false],
  [seen, { ...seen, allocatedBytes: 8192 }, true],
  [{ ...seen, allocatedBytes: null }, { ...seen, allocatedBytes: null }, true],
  [seen, { ...seen, allocatedBytes: null }, false],
  [{ ...seen, allocatedBytes: null }, { ...seen, allocatedBytes: 1 }, true],
])('%j then %j: %s', (before, now, expected) => {
  expect(isUnchanged(before, now)).toBe(expected);
});
