import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseHttpDate } from '../../../src/plan/response/http-date.ts';

const example = Date.UTC(1994, 10, 6, 8, 49, 37);

test.each([
  ['Sun, 06 Nov 1994 08:49:37 GMT', example],
  ['Sunday, 06-Nov-94 08:49:37 GMT', example],
  ['Sun Nov  6 08:49:37 1994', example],
  [' Sun, 06 Nov 1994 08:49:37 GMT ', example],
  ['sun, 06 NOV 1994 08:49:37 gmt', example],
  ['Sun, 06 Nov 1994 08:49:37 UTC', example],
  ['Thu, 29 Feb 2024 00:00:00 GMT', Date.UTC(2024, 1, 29)],
  ['Sat, 31 Dec 2016 23:59:60 GMT', Date.UTC(2016, 11, 31, 23, 59, 59)],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
])('%j', (value, expected) => {
  expect(parseHttpDate(value)).toBe(expected);
});

test.each([
  '',
  '0',
  '-1',
  '1e9',
  'soon',
  'Sun, 06 Nov 1994',
  'Sun, 06 Nov 1994 08:49:37',
  'Sun, 06 Nov 1994 08:49:37 +0100',
  'Sun, 31 Jun 1994 08:49:37 GMT',
  'Sun, 29 Feb 2023 08:49:37 GMT',
  'Sun, 06 Nov 1994 24:00:00 GMT',

  'Sun, 06 Foo 1994 08:49:37 GMT',
  '1994-11-06T08:49:37Z',
  'Sun, 00 Nov 1994 08:49:37 GMT',
  'Sun, 06 Nov 0050 00:00:00 GMT',
])('no date: %j', (value) => {
  expect(parseHttpDate(value)).toBeNull();
});

test('two digits of a year mean the past when they would lie more than 50 years ahead', () => {
  const now = Date.UTC(2026, 0, 1);
  expect(parseHttpDate('Tuesday, 06-Nov-76 00:00:00 GMT', now)).toBe(Date.UTC(2076, 10, 6));
  expect(parseHttpDate('Sunday, 06-Nov-77 00:00:00 GMT', now)).toBe(Date.UTC(1977, 10, 6));
  expect(parseHttpDate('Thursday, 06-Nov-25 00:00:00 GMT', now)).toBe(Date.UTC(2025, 10, 6));
});

test('every second that toUTCString writes is read back', () => {
  const second = fc.integer({ min: Date.UTC(1970, 0, 1) / 1000, max: Date.UTC(9999, 11, 31) / 1000 });
  fc.assert(
    fc.property(second, (seconds) => {
      expect(parseHttpDate(new Date(seconds * 1000).toUTCString())).toBe(seconds * 1000);
    }),
  );
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const atMs = parseHttpDate(text);
      expect(atMs === null || Number.isFinite(atMs)).toBe(true);
    }),
  );
});
