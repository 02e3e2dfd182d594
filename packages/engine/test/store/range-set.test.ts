import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseRanges, totalLength } from '../../src/plan/ranges/ranges.ts';
import { RangeSet } from '../../src/store/range-set.ts';

const range = fc.tuple(fc.nat(200), fc.nat(40)).map(([start, lengthBytes]) => ({ start, end: start + lengthBytes }));

describe('RangeSet', () => {
  test('after each addition it holds the same bytes as all ranges together', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 60 }), (ranges) => {
        const set = new RangeSet();
        for (const [index, { start, end }] of ranges.entries()) {
          set.add(start, end);
          const soFar = ranges.slice(0, index + 1);
          expect(set.toArray()).toEqual(normaliseRanges(soFar));
          expect(set.lengthBytes).toBe(totalLength(soFar));
        }
      }),
    );
  });

  test('what it hands out does not change with it', () => {
    const set = new RangeSet();
    set.add(0, 10);
    const before = set.toArray();
    set.add(10, 20);
    expect(before).toEqual([{ start: 0, end: 10 }]);
  });
});
