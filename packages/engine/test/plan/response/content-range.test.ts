import { SluiceError } from '@sluice/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatRangeHeader, parseContentRange } from '../../../src/plan/response/content-range.ts';

describe('asking', () => {
  test.each([
    [0, 100, 'bytes=0-99'],
    [0, 1, 'bytes=0-0'],
    [100, null, 'bytes=100-'],
    [2 ** 32, 2 ** 53 - 1, 'bytes=4294967296-9007199254740990'],
  ])('[%s, %s) is %s', (start, end, header) => {
    expect(formatRangeHeader(start, end)).toBe(header);
  });

  test.each([
    [0, 0],
    [5, 4],
    [-1, 4],
    [0.5, 4],
    [0, Number.NaN],
    [0, Number.POSITIVE_INFINITY],
    [2 ** 53, null],
  ])('[%s, %s) cannot be asked for', (start, end) => {
    expect(() => formatRangeHeader(start, end)).toThrow(SluiceError);
  });
});

describe('reading Content-Range', () => {
  test.each([
    ['bytes 0-99/100', { kind: 'range', start: 0, end: 100, totalBytes: 100 }],
    ['bytes 5-5/*', { kind: 'range', start: 5, end: 6, totalBytes: null }],
    ['Bytes  0-99/1000 ', { kind: 'range', start: 0, end: 100, totalBytes: 1000 }],
    ['bytes */100', { kind: 'unsatisfied', totalBytes: 100 }],
    ['bytes */0', { kind: 'unsatisfied', totalBytes: 0 }],
    ['bytes */*', { kind: 'unsatisfied', totalBytes: null }],
    [
      'bytes 0-9007199254740989/9007199254740990',
      { kind: 'range', start: 0, end: 2 ** 53 - 2, totalBytes: 2 ** 53 - 2 },
    ],
  ])('%j', (value, expected) => {
    expect(parseContentRange(value)).toEqual(expected);
  });

  test.each([
    '',
    'bytes',
    'bytes 0-99',
    'bytes 0-99/',
    'bytes=0-99/100',
    'bytes: 0-99/100',
    'items 0-99/100',
    '0-99/100',
    'bytes 99-0/100',
    'bytes 0-100/100',
    'bytes 5-/100',
    'bytes -5/100',
    'bytes +0-99/100',
    'bytes 0x0-0x9/100',

    'bytes 0-99/100, bytes 200-299/300',
    'bytes 0-99/1e3',
    'bytes 0 - 99/100',
    'bytes 0-99/100;x',
    'bytes 0-9.5/10',

    'bytes 0-9007199254740991/*',
    'bytes 0-99/9007199254740992',
    'bytes 99999999999999999999-99999999999999999999/*',
  ])('F06 garbage is no range: %j', (value) => {
    expect(parseContentRange(value)).toBeNull();
  });

  test('F06 no text makes it throw, and every range it returns is possible', () => {
    const nearly = fc.stringMatching(/^bytes [0-9]{1,17}-[0-9]{1,17}\/([0-9]{1,17}|\*)$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), nearly), (value) => {
        const range = parseContentRange(value);
        if (range?.kind !== 'range') return;
        expect(Number.isSafeInteger(range.end)).toBe(true);
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeGreaterThan(range.start);
        expect(range.end).toBeLessThanOrEqual(range.totalBytes ?? range.end);
      }),
    );
  });

  test('what was asked comes back as the same half-open range', () => {
    const bound = fc.nat({ max: Number.MAX_SAFE_INTEGER - 1 });
    fc.assert(
      fc.property(bound, bound, (one, other) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other) + 1];
        const inclusive = formatRangeHeader(start, end).replace('bytes=', '');
        expect(parseContentRange(`bytes ${inclusive}/*`)).toEqual({ kind: 'range', start, end, totalBytes: null });
      }),
    );
  });
});
