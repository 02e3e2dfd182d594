/** A journal that has grown long is written anew. */
import { describe, expect, test } from 'vitest';
import { extentOf, resourceOf } from '../bodies.ts';
import { head, path, proveAll, read, stage } from './journal-stage.ts';

describe('rewriting', () => {
  test('keeps a journal short however often blocks grow, and loses nothing', async () => {
    const at = await stage();
    await at.journal.recordResource(resourceOf(1));
    let longest = 0;
    for (let round = 1; round <= 3000; round += 1) {
      await at.journal.recordExtents([extentOf(1, 0, round), extentOf(1, 10_000, 10_000 + round)]);
      if (round % 40 === 0) await at.journal.recordSynced(at.journal.mark());
      longest = Math.max(longest, at.memory.contents(path)?.length ?? 0);
    }
    expect(longest).toBeLessThan(300_000);
    expect(await read(at)).toMatchObject({
      head,
      resource: resourceOf(1),
      trusted: [extentOf(1, 0, 3000), extentOf(1, 10_000, 13_000)],
      doubtful: [],
    });
  });

  test('keeps what is not proved apart from what is, and marks taken before still fit', async () => {
    const at = await stage();
    await proveAll(at, [extentOf(1, 0, 100)]);
    await at.journal.recordExtents([extentOf(1, 0, 150)]);
    const mark = at.journal.mark();
    await at.journal.recordExtents([extentOf(1, 200, 300)]);
    await at.journal.recordUrl('https://example.com/other.bin');
    expect(await read(at)).toMatchObject({
      head: { url: 'https://example.com/other.bin' },
      trusted: [extentOf(1, 0, 100)],
      doubtful: [extentOf(1, 0, 150), extentOf(1, 200, 300)],
    });
    await at.journal.recordSynced(mark);
    expect(await read(at)).toMatchObject({ trusted: [extentOf(1, 0, 150)], doubtful: [extentOf(1, 200, 300)] });
  });

  test('a full disk only means that the long journal stays in use', async () => {
    const at = await stage();
    at.disk.fail({ kind: 'create', error: 'disk-full', times: Number.POSITIVE_INFINITY });
    for (let round = 1; round <= 2500; round += 1) await proveAll(at, [extentOf(1, 0, round)]);
    expect((await read(at)).trusted).toEqual([extentOf(1, 0, 2500)]);
  });
});
