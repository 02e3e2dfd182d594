import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryFromRecord } from '../../src/queue/entry.ts';
import { WishIndex } from '../../src/queue/wish-index.ts';
import { recordOf } from '../adapters/records-of.ts';

const step = fc.record({
  kind: fc.constantFrom('set' as const, 'delete' as const),
  which: fc.integer({ min: 0, max: 5 }),
});

test('finds the newest of each wish that was not deleted, as a table of all of them would', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const entries = [0, 1, 2, 3, 4, 5].map((number) =>
        entryFromRecord({ ...recordOf(`${number}`), url: `http://a/${number % 2}`, folder: `/${number % 3}` }),
      );
      const index = new WishIndex();
      const table = new Map<string, (typeof entries)[number]>();
      for (const { kind, which } of steps) {
        const entry = entries[which];
        if (entry === undefined) continue;
        const key = `${entry.record.url} ${entry.record.folder}`;
        if (kind === 'set') {
          index.set(entry);
          table.set(key, entry);
        } else {
          index.delete(entry);
          if (table.get(key) === entry) table.delete(key);
        }
        for (const { record } of entries) {
          expect(index.get(record.url, record.folder)).toBe(table.get(`${record.url} ${record.folder}`));
        }
      }
    }),
  );
});
