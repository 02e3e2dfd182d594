import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryFromRecord } from '../../src/queue/entry.ts';
import { TargetIndex } from '../../src/queue/target-index.ts';
import { recordOf } from '../adapters/records/records-of.ts';

const step = fc.record({
  kind: fc.constantFrom('set' as const, 'delete' as const),
  which: fc.integer({ min: 0, max: 5 }),
});

test('finds the newest of each target that is wanted and was not deleted, as a list of all of them would', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const entries = [0, 1, 2, 3, 4, 5].map((number) =>
        entryFromRecord({
          ...recordOf(`${number}`),
          url: `http://a/${number % 2}`,
          folder: `/${Math.floor(number / 4)}`,
        }),
      );
      const index = new TargetIndex();
      const set: (typeof entries)[number][] = [];
      for (const { kind, which } of steps) {
        const entry = entries[which];
        if (entry === undefined) continue;
        if (kind === 'set') {
          index.set(entry);
        } else index.delete(entry);
        if (set.includes(entry)) set.splice(set.indexOf(entry), 1);
        if (kind === 'set') set.push(entry);
        for (const { record } of entries) {
          const same = set.filter((one) => one.record.url === record.url && one.record.folder === record.folder);
          expect(index.get(record.url, record.folder)).toBe(same.at(-1));
          expect(index.get(record.url, record.folder, (one) => one !== same.at(-1))).toBe(same.at(-2));
        }
      }
    }),
  );
});
