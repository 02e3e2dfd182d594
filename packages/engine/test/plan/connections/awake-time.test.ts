import { expect, test } from 'vitest';
import { AwakeTime } from '../../../src/plan/connections/awake-time.ts';

test('F124 a gap between two looks does not count as time', () => {
  const awake = new AwakeTime(25);
  for (const atMs of [1000, 1025, 1050]) awake.note(atMs);
  expect(awake.at(1060)).toBe(1060);
  // Asked before the first look after it, and after.
  expect(awake.at(61_050)).toBe(1075);
  awake.note(61_050);
  expect(awake.at(61_050)).toBe(1075);
  awake.note(61_075);
  expect(awake.at(61_080)).toBe(1105);
});

test('F124 looks that are a little late are time', () => {
  const awake = new AwakeTime(25);
  for (const atMs of [0, 900, 1900]) awake.note(atMs);
  expect(awake.at(2000)).toBe(2000);
});

test('F124 two gaps add up, and time never goes back', () => {
  const awake = new AwakeTime(25);
  let before = -1;
  for (const atMs of [0, 25, 5000, 5025, 90_000, 90_025]) {
    expect(awake.at(atMs)).toBeGreaterThanOrEqual(before);
    awake.note(atMs);
    before = awake.at(atMs);
  }
  expect(before).toBe(125);
});
