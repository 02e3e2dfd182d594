import { createFaultyFiles, createMemoryFiles, type MemoryFiles } from '@sluice/testkit/disk';
import { describe, expect, test } from 'vitest';
import type { Extent } from '../../src/plan/ranges/extent.ts';
import type { OpenFile } from '../../src/ports/files.ts';
import { createJournal, loadJournal, type LoadedJournal } from '../../src/store/journal/journal.ts';
import { recoverExtents } from '../../src/store/recover.ts';
import { bodyBytes, extentOf } from './bodies.ts';

const partialPath = '/downloads/file.bin.sluice';
const journalPath = '/downloads/file.bin.sluice-journal';

interface Left {
  readonly memory: MemoryFiles;
  readonly partial: OpenFile;
  readonly loaded: LoadedJournal;
}

interface History {
  readonly sizeBytes?: number;
  readonly proved?: readonly Extent[];
  readonly written?: readonly Extent[];
  /** Ended in order, so that the journal knows how the partial was left. */
  readonly rested?: boolean;
  /** What happened to the partial since. */
  readonly since?: (partial: OpenFile, memory: MemoryFiles) => Promise<void>;
}

/** A partial of version 1's bytes with a journal, as found after a restart. */
async function leave(history: History): Promise<Left> {
  const memory = createMemoryFiles();
  const partial = await memory.create(partialPath);
  await partial.write(bodyBytes(1, 0, history.sizeBytes ?? 10_000), 0);
  const { identity } = await partial.facts();
  const journal = await createJournal(memory, journalPath, {
    url: 'https://example.com/file.bin',
    fileName: 'file.bin',
    createdAtMs: 0,
    partialIdentity: identity,
  });
  await journal.recordExtents(history.proved ?? []);
  await journal.recordSynced(journal.mark());
  for (const extent of history.written ?? []) await journal.recordExtents([extent]);
  await journal.close(history.rested === true ? await partial.facts() : undefined);
  await history.since?.(partial, memory);
  return { memory, partial: await memory.open(partialPath), loaded: await loadJournal(memory, journalPath) };
}

/** Recovers, and checks that a second recovery from the disk's journal finds the same. */
async function recover(left: Left): Promise<readonly Extent[]> {
  const kept = await recoverExtents(left.partial, left.loaded);
  await left.loaded.journal.close();
  const again = await loadJournal(left.memory, journalPath);
  expect(await recoverExtents(left.partial, again)).toEqual(kept);
  await again.journal.close();
  return kept;
}

async function spoil(partial: OpenFile, position: number): Promise<void> {
  const byte = new Uint8Array(1);
  await partial.read(byte, position);
  await partial.write(new Uint8Array([(byte[0] ?? 0) ^ 0xff]), position);
}

describe('in the same file', () => {
  test('proved extents are kept without reading them', async () => {
    const left = await leave({ proved: [extentOf(1, 0, 1000), extentOf(1, 1000, 2000)] });
    const disk = createFaultyFiles(left.memory);
    const partial = await disk.open(partialPath);
    expect(await recoverExtents(partial, left.loaded)).toEqual([extentOf(1, 0, 1000), extentOf(1, 1000, 2000)]);
    expect(disk.calls.filter((call) => call.kind === 'read')).toEqual([]);
  });

  test('written ones are kept when their checksum fits, dropped when not', async () => {
    const left = await leave({
      written: [extentOf(1, 0, 1000), extentOf(1, 1000, 2000), extentOf(1, 5000, 6000)],
      since: (partial) => spoil(partial, 1500),
    });
    expect(await recover(left)).toEqual([extentOf(1, 0, 1000), extentOf(1, 5000, 6000)]);
  });

  test('a block that grew keeps the longest form that fits', async () => {
    const left = await leave({
      proved: [extentOf(1, 0, 1000)],
      written: [extentOf(1, 0, 1500), extentOf(1, 0, 2000), extentOf(1, 0, 2500)],
      since: (partial) => spoil(partial, 2100),
    });
    expect(await recover(left)).toEqual([extentOf(1, 0, 2000)]);
  });

  test('a block whose growth was torn keeps what was proved', async () => {
    const left = await leave({
      proved: [extentOf(1, 0, 1000)],
      written: [extentOf(1, 0, 1500)],
      since: (partial) => spoil(partial, 1200),
    });
    expect(await recover(left)).toEqual([extentOf(1, 0, 1000)]);
  });

  test('proved bytes beside a torn write are read again too', async () => {
    const left = await leave({
      proved: [extentOf(1, 0, 1000), extentOf(1, 3000, 4000)],
      written: [extentOf(1, 0, 1500)],
      since: (partial) => spoil(partial, 900),
    });
    expect(await recover(left)).toEqual([extentOf(1, 3000, 4000)]);
  });

  test('F48 nothing is claimed beyond the end of a file that became shorter', async () => {
    const left = await leave({
      proved: [extentOf(1, 0, 1000), extentOf(1, 1000, 2000)],
      written: [extentOf(1, 2000, 3000)],
      since: (partial) => partial.truncate(1500),
    });
    expect(await recover(left)).toEqual([extentOf(1, 0, 1000)]);
  });

  test('what was dropped cannot be proved by a later sync', async () => {
    const left = await leave({ written: [extentOf(1, 0, 1000)], since: (partial) => spoil(partial, 10) });
    await recoverExtents(left.partial, left.loaded);
    const { journal } = left.loaded;
    await journal.recordExtents([extentOf(1, 500, 600)]);
    await journal.recordSynced(journal.mark());
    await journal.close();
    expect(await loadJournal(left.memory, journalPath)).toMatchObject({
      trusted: [extentOf(1, 500, 600)],
      doubtful: [],
    });
  });
});

describe('in another file', () => {
  const replace = async (_: OpenFile, memory: MemoryFiles) => {
    const bytes = memory.contents(partialPath) ?? new Uint8Array();
    await memory.delete(partialPath);
    const copy = await memory.create(partialPath);
    await copy.write(bytes, 0);
    await spoil(copy, 1500);
  };

  test('F48 a copy is read again whole, and keeps what fits', async () => {
    const left = await leave({
      proved: [extentOf(1, 0, 1000), extentOf(1, 1000, 2000)],
      written: [extentOf(1, 2000, 3000)],
      since: replace,
    });
    expect(await recover(left)).toEqual([extentOf(1, 0, 1000), extentOf(1, 2000, 3000)]);
  });

  test('and is not read again the next time, once synced', async () => {
    const left = await leave({ proved: [extentOf(1, 0, 1000)], since: replace });
    await recoverExtents(left.partial, left.loaded);
    await left.partial.sync();
    await left.loaded.journal.recordSynced(left.loaded.journal.mark());
    await left.loaded.journal.close();
    const again = await loadJournal(left.memory, journalPath);
    expect(again).toMatchObject({
      head: { partialIdentity: (await left.partial.facts()).identity },
      trusted: [extentOf(1, 0, 1000)],
      doubtful: [],
    });
  });
});

describe('after an orderly end', () => {
  test('an untouched file is believed unread', async () => {
    const left = await leave({ proved: [extentOf(1, 0, 1000)], rested: true });
    const disk = createFaultyFiles(left.memory);
    expect(await recoverExtents(await disk.open(partialPath), left.loaded)).toEqual([extentOf(1, 0, 1000)]);
    expect(disk.calls.filter((call) => call.kind === 'read')).toEqual([]);
  });

  test('F48 a file that somebody wrote to is read again', async () => {
    const left = await leave({
      proved: [extentOf(1, 0, 1000), extentOf(1, 1000, 2000)],
      rested: true,
      since: (partial) => spoil(partial, 1100),
    });
    expect(await recover(left)).toEqual([extentOf(1, 0, 1000)]);
  });
});

describe('the work itself', () => {
  test('reads large extents piece by piece, and says how far it is', async () => {
    const sizeBytes = 5 * 1024 * 1024;
    const left = await leave({ sizeBytes, written: [extentOf(1, 0, sizeBytes)] });
    const seen: [number, number][] = [];
    await recoverExtents(left.partial, left.loaded, { onProgress: (done, total) => seen.push([done, total]) });
    expect(seen.map(([done]) => done)).toEqual([1, 2, 3, 4, 5].map((mebibytes) => mebibytes * 1024 * 1024));
    expect(new Set(seen.map(([, total]) => total))).toEqual(new Set([sizeBytes]));
  });

  test('stops at once when aborted, and leaves the journal as it was', async () => {
    const left = await leave({ written: [extentOf(1, 0, 100), extentOf(1, 100, 200)] });
    const before = left.memory.contents(journalPath);
    const controller = new AbortController();
    const done = recoverExtents(left.partial, left.loaded, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(done).rejects.toThrow('enough');
    expect(left.memory.contents(journalPath)).toEqual(before);
  });

  test('a disk that cannot be read is an error, not a reason to drop bytes', async () => {
    const left = await leave({ written: [extentOf(1, 0, 100)] });
    const disk = createFaultyFiles(left.memory);
    disk.fail({ kind: 'read', error: 'disk-io' });
    await expect(recoverExtents(await disk.open(partialPath), left.loaded)).rejects.toMatchObject({ code: 'disk-io' });
    await left.loaded.journal.close();
    expect((await loadJournal(left.memory, journalPath)).doubtful).toEqual([extentOf(1, 0, 100)]);
  });
});
