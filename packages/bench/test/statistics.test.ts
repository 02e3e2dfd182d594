import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, rotated } from '../src/statistics.ts';

test.each([
  [[3], 3],
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[10, 9, 100], 10],
])('the median of %j is %s', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test('the median of nothing is no number', () => {
  expect(median([])).toBeNaN();
});

test('as many values lie above the median as below', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 }), (values) => {
      const middle = median(values);
      const above = values.filter((value) => value > middle).length;
      const below = values.filter((value) => value < middle).length;
      expect(above).toBeLessThanOrEqual(values.length / 2);
      expect(below).toBeLessThanOrEqual(values.length / 2);
    }),
  );
});

test('every contender starts a round as often as the others', () => {
  const orders = [0, 1, 2, 3, 4, 5].map((round) => rotated(['a', 'b', 'c'], round));
  expect(orders.map((order) => order.join(''))).toEqual(['abc', 'bca', 'cab', 'abc', 'bca', 'cab']);
  expect(rotated([], 3)).toEqual([]);
});
