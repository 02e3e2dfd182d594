/** Tests that a good backup is kept while the list changes. */
import { existsSync } from 'node:fs';
import { readFile, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { silentLog } from '@sluice/engine';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { backUpDatabase, type CopyDatabase, keepBackup } from '../../src/records/backup.ts';
import { databaseFiles } from '../../src/records/database-files.ts';
import { tempFolder } from '../temp-folder.ts';

function openList(path: string): Database.Database {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE IF NOT EXISTS links (link TEXT)');
  return database;
}

function copier(list: Database.Database): CopyDatabase {
  return async (path) => {
    await list.backup(path);
  };
}

function linksIn(path: string): unknown[] {
  const database = new Database(path, { readonly: true });
  try {
    return database.prepare('SELECT link FROM links').pluck().all();
  } finally {
    database.close();
  }
}

test('copies what is committed, write-ahead log included, while the list is open', async () => {
  const folder = await tempFolder();
  const {
    databasePath,
    backupPaths: [backupPath = ''],
  } = databaseFiles(folder);
  const list = openList(databasePath);
  list.exec(`INSERT INTO links VALUES ('a')`);
  expect(await backUpDatabase([backupPath], copier(list))).toBe(true);
  list.exec(`INSERT INTO links VALUES ('b')`);
  expect(linksIn(backupPath)).toEqual(['a']);
  expect(await backUpDatabase([backupPath], copier(list))).toBe(true);
  expect(linksIn(backupPath)).toEqual(['a', 'b']);
  list.close();
  expect((await stat(backupPath)).mode & 0o777).toBe(0o600);
  expect((await readdir(folder)).filter((name) => name.startsWith('sluice-backup'))).toEqual(['sluice-backup.db']);
});

test('a damaged list never replaces a good backup', async () => {
  const { databasePath, backupPaths } = databaseFiles(await tempFolder());
  const [backupPath = ''] = backupPaths;
  const list = openList(databasePath);
  const insert = list.prepare('INSERT INTO links VALUES (?)');
  for (let row = 0; row < 500; row += 1) insert.run(`link ${row} ${'x'.repeat(200)}`);
  expect(await backUpDatabase(backupPaths, copier(list))).toBe(true);
  list.close();
  const bytes = await readFile(databasePath);
  bytes.fill(0x5a, 3 * 4096, 6 * 4096);
  expect(await backUpDatabase(backupPaths, (path) => writeFile(path, bytes))).toBe(false);
  await expect(backUpDatabase(backupPaths, copier(list))).rejects.toThrow('not open');
  expect(linksIn(backupPath)).toHaveLength(500);
});

test('backs up when due and changed, not otherwise, and not after stop', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const files = databaseFiles(await tempFolder());
    const [backupPath = ''] = files.backupPaths;
    const list = openList(files.databasePath);
    const timer = keepBackup({ files, copyTo: copier(list), log: silentLog, firstDelayMs: 10, intervalMs: 100 });
    const due = async (delayMs: number): Promise<void> => {
      await vi.advanceTimersByTimeAsync(delayMs);
      // The copy moves in steps of the real event loop; the next timer is set once it is over.
      await vi.waitUntil(() => vi.getTimerCount() > 0);
    };
    await due(10);
    const first = await stat(backupPath);
    await due(100);
    expect((await stat(backupPath)).ino).toBe(first.ino);
    list.exec(`INSERT INTO links VALUES ('a')`);
    await due(100);
    expect(linksIn(backupPath)).toEqual(['a']);
    await timer.stop();
    expect(vi.getTimerCount()).toBe(0);
    list.close();
  } finally {
    vi.useRealTimers();
  }
});

describe('F122 several copies', () => {
  const hourMs = 60 * 60_000;

  /** A list whose copies are made of what `fill` puts on it, each as old as its name says. */
  async function stage() {
    const { databasePath, backupPaths } = databaseFiles(await tempFolder());
    const list = openList(databasePath);
    onTestFinished(() => void list.close());
    const add = async (link: string, ageMs: number): Promise<void> => {
      list.prepare('INSERT INTO links VALUES (?)').run(link);
      expect(await backUpDatabase(backupPaths, copier(list))).toBe(true);
      const at = new Date(Date.now() - ageMs);
      await utimes(backupPaths[0] ?? '', at, at);
    };
    const linkCounts = (): number[] => backupPaths.map((path) => (existsSync(path) ? linksIn(path).length : 0));
    return { databasePath, backupPaths, list, add, linkCounts };
  }

  test('are of different ages, whatever the newest is replaced by', async () => {
    const { add, linkCounts } = await stage();
    await add('1', 30 * hourMs);
    await add('2', 29 * hourMs);
    expect(linkCounts()).toEqual([2, 1, 0]);
    await add('3', 2 * hourMs);
    expect(linkCounts()).toEqual([3, 2, 1]);
    // The second is old enough to go, and so is the third.
    await add('4', 0);
    expect(linkCounts()).toEqual([4, 3, 2]);
    // The second is more than an hour old, the third more than a day.
    await add('5', 0);
    expect(linkCounts()).toEqual([5, 4, 3]);
    await add('6', 0);
    expect(linkCounts()).toEqual([6, 4, 3]);
  });

  test('one that did not pass its check moves none of them', async () => {
    const { backupPaths, add, linkCounts } = await stage();
    await add('1', 30 * hourMs);
    await add('2', 29 * hourMs);
    expect(await backUpDatabase(backupPaths, (path) => writeFile(path, 'no database at all'.repeat(99)))).toBe(false);
    expect(linkCounts()).toEqual([2, 1, 0]);
  });

  test.each([
    ['closed', 1],
    ['open still, so that its log is not in it', 0],
  ])('one is made at the end of a list that was %s', async (what, copies) => {
    const { databasePath, backupPaths, list } = await stage();
    const files = { databasePath, backupPaths };
    list.exec(`INSERT INTO links VALUES ('a')`);
    const last = vi.fn<() => void>();
    const never = { firstDelayMs: 1_000_000, intervalMs: 1_000_000 };
    const timer = keepBackup({ files, copyTo: copier(list), onLastCopy: last, log: silentLog, ...never });
    if (what === 'closed') list.close();
    await timer.stop();
    await timer.stop();
    expect(last).toHaveBeenCalledTimes(copies);
    expect(existsSync(backupPaths[0] ?? '')).toBe(copies === 1);
    if (copies === 0) return;
    expect(linksIn(backupPaths[0] ?? '')).toEqual(['a']);
    // Nothing changed since: the copy is left as it is.
    const first = await stat(backupPaths[0] ?? '');
    await keepBackup({ files, copyTo: copier(list), log: silentLog, ...never }).stop();
    expect((await stat(backupPaths[0] ?? '')).ino).toBe(first.ino);
  });
});
