/** How numbers, sizes, speeds, durations and moments read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFormats } from '../../src/text/format.ts';

const formats = createFormats('en-US');

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [1234, '1.23 kB'],
  [999_499, '999 kB'],
  [999_500, '1 MB'],
  [12_345_678, '12.3 MB'],
  [1_000_000_000, '1 GB'],
  [3_992_977_408, '3.99 GB'],
  [18_734_221_056_000, '18.7 TB'],
  [Number.MAX_SAFE_INTEGER, '9.01 PB'],
])('writes %d bytes as %s', (bytes, text) => {
  expect(formats.size(bytes)).toBe(text);
});

it.each([
  [0, '0 kB/s'],
  [512, '0.5 kB/s'],
  [1000, '1.00 kB/s'],
  [48_200_000, '48.2 MB/s'],
  [1_000_000, '1.00 MB/s'],
])('writes %d bytes a second as %s', (speed, text) => {
  expect(formats.speed(speed)).toBe(text);
});

it('writes a limit with no more digits than it needs', () => {
  expect(formats.speedLimit(5_000_000)).toBe('5 MB/s');
});

it.each([
  [1, '1s'],
  [1000, '1s'],
  [1001, '2s'],
  [59_000, '59s'],
  [60_000, '1m 00s'],
  [83_000, '1m 23s'],
  [3_600_000, '1h 00m'],
  [3_785_000, '1h 03m'],
  [90_000_000, '1d 01h'],
])('writes %d ms as %s', (ms, text) => {
  expect(formats.duration(ms)).toBe(text);
});

describe('percent', () => {
  it.each([
    [0, 100, '0%'],
    [1, 3, '33%'],
    [995, 1000, '99%'],
    [999_999, 1_000_000, '99%'],
    [5, 5, '100%'],
    [0, 0, '100%'],
  ])('writes %d of %d as %s', (part, whole, text) => {
    expect(formats.percent(part, whole)).toBe(text);
  });

  it('never says 100 % before all of it is here', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (whole) => {
        expect(formats.percent(whole - 1, whole)).not.toBe('100%');
      }),
    );
  });
});

describe('moment', () => {
  const nowMs = new Date(2026, 10, 21, 9, 30).getTime();
  it.each([
    ['today', new Date(2026, 10, 21, 0, 5), '12:05 AM'],
    ['yesterday', new Date(2026, 10, 20, 23, 59), 'yesterday 11:59 PM'],
    ['this year', new Date(2026, 0, 2, 8, 0), 'Jan 2'],
    ['another year', new Date(2024, 11, 31, 8, 0), 'Dec 31, 2024'],
  ])('is short for %s', (_, date, text) => {
    expect(formats.moment(date.getTime(), nowMs).replaceAll('\u202f', ' ')).toBe(text);
  });
});

it('sizes never shrink as bytes grow', () => {
  const inBytes = (text: string) => {
    const [number = '', unit = ''] = text.replaceAll(',', '').split(' ');
    return (
      Number(number) *
      1000 ** Math.max(0, ['byte', 'kB', 'MB', 'GB', 'TB', 'PB'].indexOf(unit.replace('bytes', 'byte')))
    );
  };
  const size = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
  fc.assert(
    fc.property(size, size, (a, b) => {
      expect(inBytes(formats.size(Math.min(a, b)))).toBeLessThanOrEqual(inBytes(formats.size(Math.max(a, b))));
    }),
  );
});
