import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chooseDismissals } from '../../../src/plan/connections/dismissals.ts';

it.each([
  { paces: [5, 1, 3], surplus: 1, indices: [1], hasCrawler: false },
  { paces: [5, 1, 3], surplus: 2, indices: [1, 2], hasCrawler: false },
  { paces: [5, 1, 3], surplus: 0, indices: [], hasCrawler: false },
  { paces: [900, 100, 101], surplus: 1, indices: [1], hasCrawler: true },
  { paces: [800, 100], surplus: 1, indices: [1], hasCrawler: false },
  { paces: [0, 1], surplus: 1, indices: [0], hasCrawler: true },
  { paces: [0, 0], surplus: 1, indices: [0], hasCrawler: false },
  { paces: [900, 1], surplus: 0, indices: [], hasCrawler: false },
])('of paces $paces lets the slowest $surplus go', ({ paces, surplus, indices, hasCrawler }) => {
  expect(chooseDismissals(toLinkItself(paces), surplus)).toEqual({ indices, slowMirrors: [], hasCrawler });
});

it('tells a mirror that is too slow to help from one that is merely one too many', () => {
  const open = [
    { bytesPerMs: 100, isToMirror: false },
    { bytesPerMs: 40, isToMirror: true },
    { bytesPerMs: 60, isToMirror: true },
  ];
  expect(chooseDismissals(open, 2)).toEqual({ indices: [1, 2], slowMirrors: [1], hasCrawler: false });
});

it('never lets one go that is faster than one that stays', () => {
  const cases = fc.record({
    paces: fc.array(fc.nat(1000), { maxLength: 20 }),
    surplus: fc.integer({ min: -3, max: 25 }),
  });
  fc.assert(
    fc.property(cases, ({ paces, surplus }) => {
      const { indices } = chooseDismissals(toLinkItself(paces), surplus);
      expect(indices).toHaveLength(Math.min(paces.length, Math.max(0, surplus)));
      const staying = paces.filter((_, index) => !indices.includes(index));
      const going = indices.map((index) => paces[index] ?? 0);
      expect(Math.max(0, ...going)).toBeLessThanOrEqual(Math.min(1000, ...staying));
    }),
  );
});

function toLinkItself(paces: readonly number[]): { readonly bytesPerMs: number; readonly isToMirror: boolean }[] {
  return paces.map((bytesPerMs) => ({ bytesPerMs, isToMirror: false }));
}
