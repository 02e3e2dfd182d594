/** Times of day as a field has them. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clockMinutes, clockText } from '../../src/queues/clock-minutes.ts';

it.each([
  [0, '00:00'],
  [65, '01:05'],
  [1439, '23:59'],
  [1440, '00:00'],
])('%i minutes are %s', (minute, text) => {
  expect(clockText(minute)).toBe(text);
});

it('any minute of a day comes back from its text', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1439 }), (minute) => clockMinutes(clockText(minute)) === minute));
});

it.each(['', '9:00', '24:00', '12:60', 'noon'])('%j is no time', (text) => {
  expect(clockMinutes(text)).toBeNull();
});
