/** That a damaged row of the list is taken from the newest copy that has it whole, and named where none has. */
import { renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultSettings, mainQueue, type Queue } from '@sluice/contract';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { openRecords, type RecordsOptions, type SqliteRecords } from '../../../src/adapters/records/sqlite-records.ts';
import { recordOf } from './records-of.ts';
import { temporaryFolder } from '../files/temporary-folder.ts';

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

test('F122 a copy that is not a database, or has no such tables, does not keep the list from the others', async () => {
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

const night: Queue = { ...mainQueue, id: 'night', name: 'Night', maxRunning: 2 };
const day: Queue = { ...mainQueue, id: 'day', name: 'Day' };

/** A list of three queues, and two copies of it: the newer one from after `day` got a limit. */
async function stageQueues() {
  const stage1 = await stage();
  const records = openRecords(stage1.path);
  records.saveQueues([mainQueue, day, night]);
  await records.backupTo(stage1.older);
  records.saveQueues([mainQueue, { ...day, maxRunning: 3 }, night]);
  await records.backupTo(stage1.newer);
  records.close();
  for (const copy of stage1.copyPaths) meddle(copy, 'PRAGMA journal_mode = DELETE');
  return stage1;
}

test.each([
  ['cut off behind its id', `UPDATE queues SET queue = substr(queue, 1, 20) WHERE place = 1`],
  ['of no text at all', `UPDATE queues SET queue = x'00ff' WHERE place = 1`],
  ['a number', `UPDATE queues SET queue = 42 WHERE place = 1`],
  ['with a limit that makes no sense', `UPDATE queues SET queue = json_set(queue, '$.maxRunning', -1) WHERE place = 1`],
])('F122 a queue %s comes from the newest copy, in its place, and stays', async (_, sql) => {
  const { path, copyPaths } = await stageQueues();
  meddle(path, sql);
  const records = open(path, { copyPaths });
  const whole = [mainQueue, { ...day, maxRunning: 3 }, night];
  expect(records.loadQueues()).toEqual(whole);
  expect(records.damage()).toEqual({ restored: ['Day'], lost: [] });
  expect(records.setAside()).toMatchObject([{ origin: 'queue' }]);
  records.close();
  const again = open(path, {});
  expect(again.loadQueues()).toEqual(whole);
  expect(again.damage()).toEqual({ restored: [], lost: [] });
});

test('F122 a queue that no copy has whole is named, and one that is there is not brought back twice', async () => {
  const { path, newer, older, copyPaths } = await stageQueues();
  meddle(path, `UPDATE queues SET queue = '{"id":"day","name":"Day","maxRun' WHERE place = 1`);
  // In the copies another queue has its place, which the list has elsewhere.
  for (const copy of [newer, older]) {
    meddle(copy, `DELETE FROM queues WHERE place = 1; UPDATE queues SET place = 1 WHERE place = 2`);
  }
  const records = open(path, { copyPaths });
  expect(records.loadQueues()).toEqual([mainQueue, night]);
  expect(records.damage()).toEqual({ restored: [], lost: ['Day'] });
});

test('F122 a copy with damaged queues is passed over for an older one', async () => {
  const { path, newer, copyPaths } = await stageQueues();
  for (const one of [path, newer]) meddle(one, `UPDATE queues SET queue = '{' WHERE place = 1`);
  const records = open(path, { copyPaths });
  expect(records.loadQueues()).toEqual([mainQueue, day, night]);
  expect(records.damage().restored).toEqual(['Day']);
});

test.each([
  ['a number', '42'],
  ['bytes', `x'ff00fe'`],
  ['empty', `''`],
  ['null in JSON', `'null'`],
])('F122 a column that holds %s keeps no list from opening', async (_, value) => {
  const { path, copyPaths } = await stage();
  {
    const records = openRecords(path);
    records.saveHostLesson({ host: 'e.org', level: 2, refusedAbove: null, learnedAtMs: 1 });
    records.saveQueues([mainQueue]);
    records.close();
  }
  meddle(
    path,
    `UPDATE downloads SET record = ${value} WHERE id = 'a'; UPDATE downloads SET seal = ${value} WHERE id = 'b'`,
  );
  meddle(path, `UPDATE settings SET settings = ${value}; UPDATE host_lessons SET lesson = ${value}`);
  meddle(path, `UPDATE queues SET queue = ${value}`);
  const records = open(path, { copyPaths });
  expect(new Set(records.loadDownloads().map(({ id }) => id))).toEqual(new Set(['a', 'b']));
  expect(records.loadSettings().maxRunning).toBe(7);
  expect(records.loadHostLessons()).toEqual([]);
  expect(records.loadQueues()).toEqual([]);
  expect(records.damage().lost).toEqual(['queue']);
  records.saveHostLesson({ host: 'e.org', level: 3, refusedAbove: null, learnedAtMs: 2 });
  expect(records.loadHostLessons()).toHaveLength(1);
});

test.each([`x''`, `x'ff'`, `'text'`, `9`])('F122 secrets that are %s ask for the sign-in again', async (value) => {
  const { path } = await stage();
  {
    const records = openRecords(path);
    records.saveDownloads([{ ...recordOf('c'), headers: { Authorization: 'Bearer key' } }]);
    records.close();
  }
  meddle(path, `UPDATE secrets SET sealed = ${value}`);
  const c = open(path, {})
    .loadDownloads()
    .find(({ id }) => id === 'c');
  expect(c).toMatchObject({ needsSignIn: true, headers: {} });
});

test('a list that is closed takes nothing more, and says so', async () => {
  const { path } = await stage();
  const records = openRecords(path);
  records.close();
  expect(() => records.deleteDownloads(['a'])).toThrow(expect.objectContaining({ code: 'aborted' }));
  expect(open(path, {}).loadDownloads()).toHaveLength(2);
});

test.skipIf(process.platform === 'win32')(
  'a list whose folder was deleted says so instead of saving into nothing',
  async () => {
    const { path } = await stage();
    const records = open(path, {});
    records.saveDownloads([recordOf('c')]);
    await records.flush();
    // Under another name it is still there.
    renameSync(dirname(path), `${dirname(path)}-moved`);
    records.saveDownloads([recordOf('d')]);
    rmSync(`${dirname(path)}-moved`, { recursive: true });
    expect(() => records.saveDownloads([recordOf('e')])).toThrow(expect.objectContaining({ code: 'file-missing' }));
  },
);
