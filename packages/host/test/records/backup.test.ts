/** Tests that a good backup is kept while the list changes. */
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { silentLog } from '@sluice/engine';
import { expect, test, vi } from 'vitest';
import { backUpDatabase, type CopyDatabase, keepBackup } from '../../src/records/backup.ts';
import { databaseFiles } from '../../src/records/database-files.ts';
import { tempFolder } from '../temp-folder.ts';

function openList(path: string): Database.Database {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE IF NOT EXISTS wishes (link TEXT)');
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
    return database.prepare('SELECT link FROM wishes').pluck().all();
  } finally {
    database.close();
  }
}

test('copies what is committed, write-ahead log included, while the list is open', async () => {
  const folder = await tempFolder();
  const files = databaseFiles(folder);
  const list = openList(files.databasePath);
  list.exec(`INSERT INTO wishes VALUES ('a')`);
  expect(await backUpDatabase(files.backupPath, copier(list))).toBe(true);
  list.exec(`INSERT INTO wishes VALUES ('b')`);
  expect(linksIn(files.backupPath)).toEqual(['a']);
  expect(await backUpDatabase(files.backupPath, copier(list))).toBe(true);
  expect(linksIn(files.backupPath)).toEqual(['a', 'b']);
  list.close();
  expect((await stat(files.backupPath)).mode & 0o777).toBe(0o600);
  expect((await readdir(folder)).filter((name) => name.startsWith('sluice-backup'))).toEqual(['sluice-backup.db']);
});

test('a damaged list never replaces a good backup', async () => {
  const files = databaseFiles(await tempFolder());
  const list = openList(files.databasePath);
  const insert = list.prepare('INSERT INTO wishes VALUES (?)');
  for (let row = 0; row < 500; row += 1) insert.run(`link ${row} ${'x'.repeat(200)}`);
  expect(await backUpDatabase(files.backupPath, copier(list))).toBe(true);
  list.close();
  const bytes = await readFile(files.databasePath);
  bytes.fill(0x5a, 3 * 4096, 6 * 4096);
  expect(await backUpDatabase(files.backupPath, (path) => writeFile(path, bytes))).toBe(false);
  await expect(backUpDatabase(files.backupPath, copier(list))).rejects.toThrow('not open');
  expect(linksIn(files.backupPath)).toHaveLength(500);
});

test('backs up when due and changed, not otherwise, and not after stop', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const files = databaseFiles(await tempFolder());
    const list = openList(files.databasePath);
    const timer = keepBackup({ files, copyTo: copier(list), log: silentLog, firstDelayMs: 10, intervalMs: 100 });
    const due = async (delayMs: number): Promise<void> => {
      await vi.advanceTimersByTimeAsync(delayMs);
      // The copy moves in steps of the real event loop; the next timer is set once it is over.
      await vi.waitUntil(() => vi.getTimerCount() > 0);
    };
    await due(10);
    const first = await stat(files.backupPath);
    await due(100);
    expect((await stat(files.backupPath)).ino).toBe(first.ino);
    list.exec(`INSERT INTO wishes VALUES ('a')`);
    await due(100);
    expect(linksIn(files.backupPath)).toEqual(['a']);
    await timer.stop();
    expect(vi.getTimerCount()).toBe(0);
    list.close();
  } finally {
    vi.useRealTimers();
  }
});
