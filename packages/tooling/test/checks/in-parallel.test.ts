/** Bounded parallel work: never more than the bound, results in order. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inParallel } from '../../src/checks/in-parallel.ts';

test('results are in the order of the items and the bound holds', async () => {
  const turns = fc.array(fc.nat({ max: 5 }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(turns, fc.integer({ min: 1, max: 5 }), async (items, limit) => {
      let underWay = 0;
      let most = 0;
      const results = await inParallel(items, limit, async (count) => {
        underWay += 1;
        most = Math.max(most, underWay);
        for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
        underWay -= 1;
        return count * 2;
      });
      expect(results).toEqual(items.map((count) => count * 2));
      expect(most).toBeLessThanOrEqual(limit);
    }),
  );
});

test('a failure is the caller’s', async () => {
  const work = (): Promise<never> => Promise.reject(new Error('no'));
  await expect(inParallel([1], 2, work)).rejects.toThrow('no');
});
