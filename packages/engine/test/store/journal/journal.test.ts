import { createFaultyFiles, createMemoryFiles, loseAll } from '@sluice/testkit/disk';
import { describe, expect, test } from 'vitest';
import { createJournal, loadJournal } from '../../../src/store/journal/journal.ts';
import { extentOf, resourceOf } from '../bodies.ts';
import { head, path, proveAll, read, stage } from './journal-stage.ts';

describe('a new journal', () => {
  test('says what it was given', async () => {
    expect(await read(await stage())).toMatchObject({ head, resource: null, trusted: [], doubtful: [] });
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

  test('F44 that a failed sync left in doubt are forgotten, proved ones stay', async () => {
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

describe('the end', () => {
  test('an orderly one says how the partial was left, until extents follow', async () => {
    const at = await stage();
    await at.journal.close({
      sizeBytes: 500,
      allocatedBytes: 512,
      modifiedAtMs: 1234.5,
      ownerId: 1000,
      identity: 'inode-7',
      linkCount: 1,
    });
    const loaded = await loadJournal(at.memory, path);
    expect(loaded.rest).toEqual({ sizeBytes: 500, modifiedAtMs: 1234.5 });
    await loaded.journal.recordExtents([extentOf(1, 0, 10)]);
    await loaded.journal.close();
    expect((await loadJournal(at.memory, path)).rest).toBeNull();
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
