/** What a journal makes of a disk that is full or will not sync. */
import { describe, expect, test } from 'vitest';
import { extentOf, resourceOf } from '../bodies.ts';
import { path, proveAll, read, stage } from './journal-stage.ts';

describe('F42 a full disk', () => {
  test('leaves the journal as it was, and the same call works once there is room', async () => {
    const at = await stage();
    await proveAll(at, [extentOf(1, 0, 100)]);
    for (const effect of ['nothing', 'half'] as const) {
      at.disk.fail({ kind: 'write', error: 'disk-full', effect });
      await expect(at.journal.recordExtents([extentOf(1, 100, 200)])).rejects.toMatchObject({ code: 'disk-full' });
      expect(await read(at)).toMatchObject({ trusted: [extentOf(1, 0, 100)], doubtful: [] });
    }
    await at.journal.recordExtents([extentOf(1, 100, 110)]);
    expect(await read(at)).toMatchObject({ trusted: [extentOf(1, 0, 100)], doubtful: [extentOf(1, 100, 110)] });
  });

  test('a failed append is not proved by a later mark', async () => {
    const at = await stage();
    at.disk.fail({ kind: 'write', error: 'disk-full', effect: 'half' });
    await expect(at.journal.recordExtents([extentOf(1, 0, 100)])).rejects.toMatchObject({ code: 'disk-full' });
    await proveAll(at, [extentOf(1, 500, 600)]);
    expect(await read(at)).toMatchObject({ trusted: [extentOf(1, 500, 600)], doubtful: [] });
  });

  test.each(['create', 'write', 'sync', 'replace'] as const)(
    'while another version is taken up (%s fails) the old journal stays in use',
    async (kind) => {
      const at = await stage();
      await at.journal.recordResource(resourceOf(1));
      await proveAll(at, [extentOf(1, 0, 100)]);
      at.disk.fail({ kind, error: 'disk-full', effect: 'half' });
      await expect(at.journal.reset(resourceOf(2))).rejects.toMatchObject({ code: 'disk-full' });
      expect(await read(at)).toMatchObject({ resource: resourceOf(1), trusted: [extentOf(1, 0, 100)] });
      await proveAll(at, [extentOf(1, 100, 200)]);
      expect(await read(at)).toMatchObject({ trusted: [extentOf(1, 0, 100), extentOf(1, 100, 200)] });
      expect(at.memory.paths()).toEqual([path]);
    },
  );
});

describe('F44 a failed sync of the journal', () => {
  test('ends its use: asking the disk again would get a false yes', async () => {
    const at = await stage();
    await at.journal.recordExtents([extentOf(1, 0, 100)]);
    at.memory.loseNextSync(path);
    await expect(at.journal.recordSynced(at.journal.mark())).rejects.toMatchObject({ code: 'disk-io' });
    await expect(at.journal.recordSynced(at.journal.mark())).rejects.toMatchObject({ code: 'disk-io' });
    await expect(at.journal.recordExtents([extentOf(1, 100, 200)])).rejects.toMatchObject({ code: 'disk-io' });
    await expect(at.journal.reset(resourceOf(2))).rejects.toMatchObject({ code: 'disk-io' });
    await at.journal.close();
  });

  test('so does a folder that will not sync with the first proof', async () => {
    const at = await stage();
    await at.journal.recordExtents([extentOf(1, 0, 100)]);
    at.disk.fail({ kind: 'syncFolder', error: 'disk-io' });
    await expect(at.journal.recordSynced(at.journal.mark())).rejects.toMatchObject({ code: 'disk-io' });
    await expect(at.journal.recordSynced(at.journal.mark())).rejects.toMatchObject({ code: 'disk-io' });
  });

  test('so does a folder that will not sync after the journal was replaced', async () => {
    const at = await stage();
    at.disk.fail({ kind: 'syncFolder', error: 'disk-io' });
    await expect(at.journal.reset(resourceOf(2))).rejects.toMatchObject({ code: 'disk-io' });
    await expect(at.journal.recordResource(resourceOf(2))).rejects.toMatchObject({ code: 'disk-io' });
  });
});
