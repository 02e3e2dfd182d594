import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Extent } from '../../src/plan/ranges/extent.ts';
import { normaliseRanges, totalLength } from '../../src/plan/ranges/ranges.ts';
import { ExtentLedger } from '../../src/store/extent-ledger.ts';

const extent: fc.Arbitrary<Extent> = fc
  .tuple(fc.nat(60), fc.integer({ min: 1, max: 30 }), fc.nat(0xffffffff))
  .map(([start, lengthBytes, crc32]) => ({ start, end: start + lengthBytes, crc32 }));

type Step =
  | { readonly kind: 'set'; readonly extent: Extent }
  | { readonly kind: 'take' }
  | { readonly kind: 'forget'; readonly start: number; readonly end: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: extent.map((some): Step => ({ kind: 'set', extent: some })) },
  { weight: 2, arbitrary: fc.constant<Step>({ kind: 'take' }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat(80), fc.nat(20))
      .map(([start, size]): Step => ({ kind: 'forget', start, end: start + size })),
  },
);

function byStart(left: Extent, right: Extent): number {
  return left.start - right.start;
}

describe('ExtentLedger', () => {
  test('behaves like a table of the newest extent by start', () => {
    fc.assert(
      fc.property(fc.array(extent, { maxLength: 8 }), fc.array(step, { maxLength: 60 }), (initial, steps) => {
        const ledger = new ExtentLedger(initial);
        const table = new Map(initial.map((some) => [some.start, some]));
        const changed = new Set<number>();
        for (const next of steps) {
          switch (next.kind) {
            case 'set':
              ledger.set(next.extent);
              table.set(next.extent.start, next.extent);
              changed.add(next.extent.start);
              break;
            case 'take':
              expect(ledger.takeChanged()).toEqual(
                [...table.values()].filter((some) => changed.has(some.start)).sort(byStart),
              );
              changed.clear();
              break;
            case 'forget':
              ledger.forget([next]);
              for (const some of table.values()) {
                if (some.start < next.end && next.start < some.end) table.delete(some.start);
              }
              break;
          }
          expect(ledger.all()).toEqual([...table.values()].sort(byStart));
          expect(ledger.covered()).toEqual(normaliseRanges([...table.values()]));
          expect(ledger.coveredBytes).toBe(totalLength([...table.values()]));
        }
      }),
    );
  });

  test('what it was given at first is not a change', () => {
    expect(new ExtentLedger([{ start: 0, end: 4, crc32: 1 }]).takeChanged()).toEqual([]);
  });

  test('changes put back are handed out again, in their newest form', () => {
    const ledger = new ExtentLedger([]);
    ledger.set({ start: 0, end: 4, crc32: 1 });
    const taken = ledger.takeChanged();
    ledger.set({ start: 0, end: 8, crc32: 2 });
    ledger.putBack(taken);
    expect(ledger.takeChanged()).toEqual([{ start: 0, end: 8, crc32: 2 }]);
  });

  test('an extent that grows block by block stays one covered range', () => {
    const ledger = new ExtentLedger([]);
    for (let block = 0; block < 5000; block += 1) {
      ledger.set({ start: block * 10, end: block * 10 + 5, crc32: 0 });
      ledger.set({ start: block * 10, end: block * 10 + 10, crc32: 0 });
    }
    expect(ledger.covered()).toEqual([{ start: 0, end: 50_000 }]);
    expect(ledger.all()).toHaveLength(5000);
  });
});
