/** That a damaged row of the list is taken from the newest copy that has it whole, and named where none has. */
import { join } from 'node:path';
import { defaultSettings } from '@sluice/contract';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { openRecords, type RecordsOptions, type SqliteRecords } from '../../src/adapters/sqlite-records.ts';
import { recordOf } from './records-of.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A list of `a` and `b` with two copies: the newer has `a` alone as of later. */
async function stage() {
  const folder = temporaryFolder();
  const path = join(folder, 'sluice.db');
  const copyPaths = [join(folder, 'newer.db'), join(folder, 'older.db')];
  const [newer = '', older = ''] = copyPaths;
  const records = openRecords(path);
  records.saveDownloads([recordOf('a'), recordOf('b')]);
  records.saveSettings({ ...defaultSettings, maxRunning: 7 });
  await records.backupTo(older);
  records.saveDownloads([{ ...recordOf('a'), fileName: 'a.iso' }]);
  await records.backupTo(newer);
  records.close();
  for (const copy of copyPaths) meddle(copy, 'PRAGMA journal_mode = DELETE');
  return { path, newer, older, copyPaths };
}

function meddle(path: string, sql: string): void {
  const database = new Database(path).unsafeMode();
  database.exec(sql);
  database.close();
}

function open(path: string, options: RecordsOptions): SqliteRecords {
  const records = openRecords(path, options);
  onTestFinished(() => records.close());
  return records;
}

function cut(id: string): string {
  return `UPDATE downloads SET record = substr(record, 1, 60) WHERE id = '${id}'`;
}

test('F122 a damaged row comes from the newest copy that has it whole, and stays', async () => {
  const { path, newer, copyPaths } = await stage();
  meddle(path, cut('a'));
  meddle(path, cut('b'));
  meddle(newer, cut('b'));
  const records = open(path, { copyPaths });
  expect(records.loadDownloads()).toEqual([{ ...recordOf('a'), fileName: 'a.iso' }, recordOf('b')]);
  expect(records.damage().restored).toHaveLength(2);
  expect(records.damage().lost).toEqual([]);
  expect(records.setAside().map(({ origin }) => origin)).toEqual(['a', 'b']);
  records.close();
  const again = open(path, {});
  expect(again.loadDownloads()).toHaveLength(2);
  expect(again.damage()).toEqual({ restored: [], lost: [] });
});

test('F122 what no copy has whole is set aside and named by what can be read of it, without secrets', async () => {
  const { path, copyPaths } = await stage();
  for (const one of [path, ...copyPaths]) {
    meddle(one, `UPDATE downloads SET record = '{"url":"https://u:p@e.org/x.bin?key=k","fileNa' WHERE id = 'a'`);
    meddle(
      one,
      `UPDATE downloads SET record = '{"url":"https://u:p@e.org/x.bin","fileName":"x.b\\"in"' WHERE id = 'b'`,
    );
  }
  const records = open(path, { copyPaths: [...copyPaths, join(path, 'not there')] });
  expect(records.loadDownloads()).toEqual([]);
  expect(records.damage()).toEqual({ restored: [], lost: ['https://e.org/x.bin', 'x.b"in'] });
});

test('F122 a copy that is no database, or has no such tables, does not keep the list from the others', async () => {
  const { path, newer, copyPaths } = await stage();
  meddle(path, cut('a'));
  meddle(newer, 'DROP TABLE downloads');
  expect(open(path, { copyPaths: [path.replace('sluice.db', ''), ...copyPaths] }).loadDownloads()).toHaveLength(2);
});

test('F122 damaged settings come from a copy', async () => {
  const { path, newer, copyPaths } = await stage();
  meddle(path, `UPDATE settings SET settings = '{"maxRun'`);
  meddle(newer, `UPDATE settings SET settings = 'x'`);
  const records = open(path, { copyPaths });
  expect(records.loadSettings().maxRunning).toBe(7);
  expect(records.damage().restored).toEqual(['settings']);
  records.close();
  expect(open(path, {}).loadSettings().maxRunning).toBe(7);
});

test('F122 every page is looked at where that is asked for', async () => {
  const { path } = await stage();
  const elsewhere = `(SELECT rootpage FROM sqlite_schema WHERE name = 'queues')`;
  meddle(path, `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = ${elsewhere} WHERE name = 'settings'`);
  openRecords(path).close();
  expect(() => openRecords(path, { checksPages: true })).toThrow(
    expect.objectContaining({ code: 'database-unreadable' }),
  );
});
