import {
  createFaultyFiles,
  createMemoryFiles,
  type FaultyFiles,
  loseAll,
  type MemoryFiles,
} from '@sluice/testkit/disk';
import { describe, expect, test } from 'vitest';
import type { Extent } from '../../src/plan/extent.ts';
import {
  createJournal,
  type Journal,
  type JournalHead,
  type LoadedJournal,
  loadJournal,
} from '../../src/store/journal.ts';
import { extentOf, resourceOf } from './bodies.ts';

const path = '/downloads/file.bin.sluice-journal';
const head: JournalHead = {
  url: 'https://example.com/file.bin?token=abc',
  fileName: 'file.bin',
  createdAtMs: 1_900_000_000_000,
  partialIdentity: 'inode-7',
};

interface Stage {
  readonly memory: MemoryFiles;
  readonly disk: FaultyFiles;
  readonly journal: Journal;
}

async function stage(): Promise<Stage> {
  const memory = createMemoryFiles();
  const disk = createFaultyFiles(memory);
  return { memory, disk, journal: await createJournal(disk, path, head) };
}

/** What another process would read now. */
async function read(stageOrDisk: Stage): Promise<LoadedJournal> {
  const loaded = await loadJournal(stageOrDisk.memory, path);
  await loaded.journal.close();
  return loaded;
}

async function proveAll({ journal }: { readonly journal: Journal }, extents: readonly Extent[]): Promise<void> {
  await journal.recordExtents(extents);
  await journal.recordSynced(journal.mark());
}

describe('a new journal', () => {
  test('says what it was given', async () => {
    expect(await read(await stage())).toMatchObject({ head, resource: null, trusted: [], doubtful: [], rest: null });
  });

  test('is durable, name and all, with the first proof, and syncs nothing before', async () => {
    const at = await stage();
    await at.journal.recordResource(resourceOf(1));
    await at.journal.recordExtents([extentOf(1, 0, 100)]);
    expect(at.disk.calls.map((call) => call.kind)).not.toContain('sync');
    await at.journal.recordSynced(at.journal.mark());
    at.memory.crash(loseAll);
    expect(await read(at)).toMatchObject({ head, resource: resourceOf(1), trusted: [extentOf(1, 0, 100)] });
  });

  test('syncs its folder once', async () => {
    const at = await stage();
    await proveAll(at, [extentOf(1, 0, 100)]);
    await proveAll(at, [extentOf(1, 100, 200)]);
    expect(at.disk.calls.filter((call) => call.kind === 'syncFolder')).toHaveLength(1);
  });

  test('keeps user name and password out of the file', async () => {
    const memory = createMemoryFiles();
    const journal = await createJournal(memory, path, { ...head, url: 'https://ann:secret@example.com/a?b=c' });
    await journal.recordUrl('https://bob:hidden@example.com/d');
    const text = Buffer.from(memory.contents(path) ?? []).toString();
    expect(text).toContain('https://example.com/d');
    expect(text).not.toMatch(/secret|hidden|ann|bob/);
  });

  test('never takes the place of one that is there', async () => {
    const before = await stage();
    await proveAll(before, [extentOf(1, 0, 100)]);
    await expect(createJournal(before.disk, path, head)).rejects.toMatchObject({ code: 'file-exists' });
    expect((await read(before)).trusted).toEqual([extentOf(1, 0, 100)]);
  });

  test('leaves nothing behind when it cannot be made', async () => {
    const memory = createMemoryFiles();
    const disk = createFaultyFiles(memory);
    disk.fail({ kind: 'write', error: 'disk-full', effect: 'half' });
    await expect(createJournal(disk, path, head)).rejects.toMatchObject({ code: 'disk-full' });
    expect(memory.paths()).toEqual([]);
  });
});

describe('extents', () => {
  test('are doubtful until a sync that began after them is recorded', async () => {
    const at = await stage();
    await at.journal.recordExtents([extentOf(1, 0, 100)]);
    const mark = at.journal.mark();
    await at.journal.recordExtents([extentOf(1, 0, 150), extentOf(1, 200, 300)]);
    expect((await read(at)).trusted).toEqual([]);
    await at.journal.recordSynced(mark);
    expect(await read(at)).toMatchObject({
      trusted: [extentOf(1, 0, 100)],
      doubtful: [extentOf(1, 0, 150), extentOf(1, 200, 300)],
    });
    await at.journal.recordSynced(at.journal.mark());
    expect(await read(at)).toMatchObject({ trusted: [extentOf(1, 0, 150), extentOf(1, 200, 300)], doubtful: [] });
  });

  test('calls that overlap take effect in the order they were made', async () => {
    const at = await stage();
    const first = at.journal.recordExtents([extentOf(1, 0, 100)]);
    const mark = at.journal.mark();
    const second = at.journal.recordExtents([extentOf(1, 0, 120)]);
    await Promise.all([first, second, at.journal.recordSynced(mark)]);
    expect(await read(at)).toMatchObject({ trusted: [extentOf(1, 0, 100)], doubtful: [extentOf(1, 0, 120)] });
  });

  test('a sync that proves nothing new is not written', async () => {
    const at = await stage();
    await proveAll(at, [extentOf(1, 0, 100)]);
    const calls = at.disk.calls.length;
    await at.journal.recordSynced(at.journal.mark());
    expect(at.disk.calls).toHaveLength(calls);
  });

  test('that were given up are gone, proved or not, and so are those that share bytes with them', async () => {
    const at = await stage();
    await proveAll(at, [extentOf(1, 0, 100), extentOf(1, 100, 200), extentOf(1, 200, 300)]);
    await at.journal.recordExtents([extentOf(1, 150, 160), extentOf(1, 300, 400)]);
    await at.journal.recordLost([{ start: 150, end: 200 }]);
    expect(await read(at)).toMatchObject({
      trusted: [extentOf(1, 0, 100), extentOf(1, 200, 300)],
      doubtful: [extentOf(1, 300, 400)],
    });
  });

  test('that a failed sync left in doubt are forgotten, proved ones stay', async () => {
    const at = await stage();
    await proveAll(at, [extentOf(1, 0, 100)]);
    await at.journal.recordExtents([extentOf(1, 0, 200)]);
    await at.journal.recordSyncFailed();
    expect(await read(at)).toMatchObject({ trusted: [extentOf(1, 0, 100)], doubtful: [] });
  });

  test('a mark from before a failed sync proves nothing recorded after it', async () => {
    const at = await stage();
    await at.journal.recordExtents([extentOf(1, 0, 100)]);
    const mark = at.journal.mark();
    await at.journal.recordSyncFailed();
    await at.journal.recordExtents([extentOf(1, 100, 200)]);
    await at.journal.recordSynced(mark);
    expect(await read(at)).toMatchObject({ trusted: [], doubtful: [extentOf(1, 100, 200)] });
  });
});

describe('the resource', () => {
  test('is written once, however often it is said', async () => {
    const at = await stage();
    await at.journal.recordResource(resourceOf(1));
    const calls = at.disk.calls.length;
    await at.journal.recordResource(resourceOf(1));
    expect(at.disk.calls).toHaveLength(calls);
    await at.journal.recordResource(resourceOf(1, 500));
    expect((await read(at)).resource).toEqual(resourceOf(1, 500));
  });

  test('another version takes all extents with it, durably and at once', async () => {
    const at = await stage();
    await at.journal.recordResource(resourceOf(1));
    await proveAll(at, [extentOf(1, 0, 100)]);
    await at.journal.recordExtents([extentOf(1, 100, 200)]);
    await at.journal.reset(resourceOf(2));
    at.memory.crash(loseAll);
    expect(await read(at)).toMatchObject({ resource: resourceOf(2), trusted: [], doubtful: [], head });
  });
});

describe('a full disk', () => {
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

describe('a failed sync of the journal', () => {
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

describe('a journal that goes on after a restart', () => {
  test('cuts a torn tail off before it appends', async () => {
    const at = await stage();
    await proveAll(at, [extentOf(1, 0, 100)]);
    await at.journal.close();
    const whole = at.memory.contents(path) ?? new Uint8Array();
    const file = await at.memory.open(path);
    await file.write(Buffer.from(`0badc0de {"kind":"extents"${'x'.repeat(500)}`), whole.length);
    await file.close();
    const { journal } = await loadJournal(at.memory, path);
    await proveAll({ journal }, [extentOf(1, 100, 200)]);
    const again = await read(at);
    expect(again.trusted).toEqual([extentOf(1, 0, 100), extentOf(1, 100, 200)]);
    expect(Buffer.from(at.memory.contents(path) ?? []).toString()).not.toContain('xxx');
  });

  test('with damage in the middle is written anew before it appends', async () => {
    const at = await stage();
    await at.journal.recordResource(resourceOf(1));
    const middle = (at.memory.contents(path)?.length ?? 0) - 10;
    await proveAll(at, [extentOf(1, 0, 100)]);
    await at.journal.close();
    const file = await at.memory.open(path);
    await file.write(Buffer.from([0]), middle);
    await file.close();
    const loaded = await loadJournal(at.memory, path);
    expect(loaded).toMatchObject({ trusted: [], doubtful: [extentOf(1, 0, 100)], resource: null });
    await loaded.journal.recordExtents([extentOf(1, 100, 200)]);
    const again = await read(at);
    expect(again).toMatchObject({ trusted: [], doubtful: [extentOf(1, 0, 100), extentOf(1, 100, 200)] });
  });

  test('numbers its records on from where it was', async () => {
    const at = await stage();
    await at.journal.recordExtents([extentOf(1, 0, 100)]);
    await at.journal.close();
    const { journal } = await loadJournal(at.memory, path);
    const mark = journal.mark();
    await journal.recordExtents([extentOf(1, 100, 200)]);
    await journal.recordSynced(mark);
    expect(await read(at)).toMatchObject({ trusted: [extentOf(1, 0, 100)], doubtful: [extentOf(1, 100, 200)] });
  });

  test('that is missing, unreadable or from a newer release says so and is left alone', async () => {
    const at = await stage();
    await at.journal.delete();
    await expect(loadJournal(at.memory, path)).rejects.toMatchObject({ code: 'file-missing' });
    const file = await at.memory.create(path);
    await file.write(Buffer.from('not a journal\n'), 0);
    await expect(loadJournal(at.memory, path)).rejects.toMatchObject({ code: 'journal-unreadable' });
    expect(Buffer.from(at.memory.contents(path) ?? []).toString()).toBe('not a journal\n');
  });
});

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

describe('the end', () => {
  test('an orderly one says how the partial was left, until extents follow', async () => {
    const at = await stage();
    await at.journal.close({ sizeBytes: 500, modifiedAtMs: 1234.5, identity: 'inode-7', linkCount: 1 });
    const loaded = await loadJournal(at.memory, path);
    expect(loaded.rest).toEqual({ sizeBytes: 500, modifiedAtMs: 1234.5 });
    await loaded.journal.recordExtents([extentOf(1, 0, 10)]);
    expect((await read(at)).rest).toBeNull();
  });

  test('closing waits for what is under way, may be done twice, and nothing works after it', async () => {
    const at = await stage();
    const recorded = at.journal.recordExtents([extentOf(1, 0, 10)]);
    await Promise.all([at.journal.close(), at.journal.close(), recorded]);
    expect((await read(at)).doubtful).toEqual([extentOf(1, 0, 10)]);
    await expect(at.journal.recordExtents([extentOf(1, 10, 20)])).rejects.toMatchObject({ code: 'internal' });
  });

  test('deleting takes the file away', async () => {
    const at = await stage();
    await at.journal.delete();
    expect(at.memory.paths()).toEqual([]);
  });
});
