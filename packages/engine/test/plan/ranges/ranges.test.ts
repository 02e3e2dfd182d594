import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ByteRange } from '../../../src/plan/ranges/range.ts';
import { missingRanges, normaliseRanges, subtract, totalLength } from '../../../src/plan/ranges/ranges.ts';

const size = 64;
const range = fc.tuple(fc.nat(size), fc.nat(size)).map(([start, end]): ByteRange => ({ start, end }));
const ranges = fc.array(range, { maxLength: 12 });

/** The model: which bytes of a small file are in. */
function bytes(of: readonly ByteRange[]): ReadonlySet<number> {
  return new Set(
    of.flatMap(({ start, end }) => Array.from({ length: Math.max(0, end - start) }, (_, at) => start + at)),
  );
}

function only(of: readonly ByteRange[], keeps: (at: number) => boolean): ReadonlySet<number> {
  return new Set([...bytes(of)].filter(keeps));
}

function expectNormalised(result: readonly ByteRange[]): void {
  result.forEach((one, index) => {
    expect(one.end).toBeGreaterThan(one.start);
    const before = result[index - 1];
    if (before !== undefined) expect(one.start).toBeGreaterThan(before.end);
  });
}

describe('against a set of single bytes', () => {
  test('normalising keeps every byte and adds none', () => {
    fc.assert(
      fc.property(ranges, (some) => {
        const result = normaliseRanges(some);
        expectNormalised(result);
        expect(bytes(result)).toEqual(bytes(some));
        expect(totalLength(some)).toBe(bytes(some).size);
      }),
    );
  });

  test('difference', () => {
    fc.assert(
      fc.property(ranges, ranges, (left, right) => {
        const result = subtract(left, right);
        expectNormalised(result);
        expect(bytes(result)).toEqual(only(left, (at) => !bytes(right).has(at)));
      }),
    );
  });

  test('what is missing and what is there make the whole', () => {
    fc.assert(
      fc.property(ranges, fc.nat(size), (covered, totalBytes) => {
        const missing = missingRanges(totalBytes, covered);
        const whole = [{ start: 0, end: totalBytes }];
        expect(subtract(missing, covered)).toEqual(missing);
        const inside = subtract(whole, missing);
        expect(subtract(inside, covered)).toEqual([]);
        expect(normaliseRanges([...missing, ...inside])).toEqual(normaliseRanges(whole));
      }),
    );
  });
});

test.each([
  { covered: [], missing: [{ start: 0, end: 100 }] },
  { covered: [{ start: 0, end: 100 }], missing: [] },
  { covered: [{ start: 0, end: 200 }], missing: [] },
  {
    covered: [
      { start: 90, end: 100 },
      { start: 10, end: 20 },
      { start: 20, end: 30 },
      { start: 50, end: 50 },
    ],
    missing: [
      { start: 0, end: 10 },
      { start: 30, end: 90 },
    ],
  },
])('of 100 bytes with $covered missing are $missing', ({ covered, missing }) => {
  expect(missingRanges(100, covered)).toEqual(missing);
});

test('an unknown end is missing without end', () => {
  expect(missingRanges(Number.POSITIVE_INFINITY, [{ start: 0, end: 10 }])).toEqual([
    { start: 10, end: Number.POSITIVE_INFINITY },
  ]);
});

test('F59 sizes beyond 32 bits are exact', () => {
  const end = 2 ** 53 - 1;
  expect(totalLength([{ start: 2 ** 32, end }])).toBe(end - 2 ** 32);
  expect(missingRanges(end, [{ start: 2 ** 31, end: 2 ** 32 }])).toEqual([
    { start: 0, end: 2 ** 31 },
    { start: 2 ** 32, end },
  ]);
});
