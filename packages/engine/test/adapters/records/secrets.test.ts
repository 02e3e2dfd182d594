/** That secrets lie in a table of their own, and in no file once no request can need them. */
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { createKeyCipher } from '../../../src/adapters/records/key-cipher.ts';
import { openRecords, type RecordsOptions, type SqliteRecords } from '../../../src/adapters/records/sqlite-records.ts';
import { migrate, migrations } from '../../../src/adapters/records/sqlite-schema.ts';
import { scrubCopy } from '../../../src/adapters/records/sqlite-scrub.ts';
import { type DownloadRecord, downloadRecordSchema } from '../../../src/download/record.ts';
import { recordOf } from './records-of.ts';
import { temporaryFolder } from '../files/temporary-folder.ts';

/** Each ends in the mark, so that one search finds any of them. */
const mark = 'Xy7Secret9Q';

/** Something secret in every place that can hold it. */
function secretive(id: string, changes: Partial<DownloadRecord> = {}): DownloadRecord {
  return recordOf(id, {
    url: `https://u-${mark}:p-${mark}@example.com/${id}.bin?sized=1`,
    headers: { Authorization: `Bearer ${mark}`, 'X-Anything': `h-${mark}` },
    request: {
      username: `n-${mark}`,
      password: `w-${mark}`,
      cookies: `sid=${mark}`,
      cookieFile: `.example.com\tTRUE\t/\tTRUE\t0\tsid\t${mark}`,
      proxy: `http://x-${mark}:y-${mark}@proxy:3128`,
      clientCertificate: { certificate: 'c', key: `k-${mark}`, passphrase: `f-${mark}` },
      body: `password=${mark}`,
      referer: `https://example.com/page?session=${mark}`,
      method: 'POST',
      mirrors: [`https://m-${mark}:q-${mark}@mirror.example.com/a`],
      insecure: true,
    },
    ...changes,
  });
}

function holders(folder: string): string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(mark));
}

function openIn(
  options: RecordsOptions = {},
  path = join(temporaryFolder(), 'sluice.db'),
): {
  records: SqliteRecords;
  path: string;
  folder: string;
} {
  return { records: openRecords(path, options), path, folder: dirname(path) };
}

/** The database as the release before wrote it: version 3, everything in the record, nothing overwritten. */
function fromBefore(records: readonly DownloadRecord[]): string {
  const path = join(temporaryFolder(), 'sluice.db');
  const database = new Database(path);
  migrate(database, path, migrations.slice(0, 3));
  database.pragma('secure_delete = OFF');
  const insert = database.prepare('INSERT INTO downloads (id, record, seal) VALUES (?, ?, 0)');
  for (const { needsSignIn: _, ...record } of records) insert.run(record.id, JSON.stringify(record));
  database.close();
  return path;
}

describe('secrets', () => {
  test('stand in no row of the downloads, and come back with them', () => {
    const { records, path } = openIn();
    records.saveDownloads([secretive('a'), recordOf('b', { position: 2 })]);
    records.close();
    const database = new Database(path);
    expect(JSON.stringify(database.prepare('SELECT * FROM downloads').all())).not.toContain(mark);
    expect(database.prepare('SELECT id FROM secrets').pluck().all()).toEqual(['a']);
    database.close();
    const again = openRecords(path);
    expect(again.loadDownloads()).toEqual([secretive('a'), recordOf('b', { position: 2 })]);
    again.close();
  });

  test.each<[string, (records: SqliteRecords) => void]>([
    [
      'finished',
      (records) => records.saveDownloads([secretive('a', { state: { kind: 'finished', finishedAtMs: 1 } })]),
    ],
    ['removed', (records) => records.deleteDownloads(['a'])],
    ['given another login', (records) => records.saveDownloads([recordOf('a', { request: { username: 'ann' } })])],
  ])('F98 of a download that was %s are in no file after a purge', async (_, change) => {
    let dropped = 0;
    const { records, folder, path } = openIn({ onSecretsDropped: () => (dropped += 1) });
    records.saveDownloads([secretive('a'), recordOf('b')]);
    const copy = join(folder, 'sluice-backup.db');
    await records.backupTo(copy);
    expect(holders(folder)).toEqual(expect.arrayContaining(['sluice-backup.db', 'sluice.db-wal']));
    expect(dropped).toBe(0);
    change(records);
    expect(dropped).toBeGreaterThan(0);
    await records.purge();
    expect(await scrubCopy(copy, records.sealedSecrets())).toBe(true);
    expect(holders(folder)).toEqual([]);
    expect(await scrubCopy(copy, records.sealedSecrets())).toBe(false);
    expect(readdirSync(folder).toSorted()).toEqual(['sluice-backup.db', 'sluice.db', 'sluice.db-wal']);
    records.close();
    // The list in the copy is what it was.
    const restored = openRecords(copy);
    expect(restored.loadDownloads().map(({ id }) => id)).toEqual(['a', 'b']);
    restored.close();
    expect(existsSync(path)).toBe(true);
  });

  test('F98 of what is not finished stay, in the list and in its copies', async () => {
    const { records, folder } = openIn();
    records.saveDownloads([secretive('a'), secretive('b')]);
    const copy = join(folder, 'sluice-backup.db');
    await records.backupTo(copy);
    records.deleteDownloads(['b']);
    await scrubCopy(copy, records.sealedSecrets());
    records.close();
    const restored = openRecords(copy);
    const [first, second] = restored.loadDownloads();
    expect(first).toEqual(secretive('a'));
    // Its form would go out empty.
    expect(second).toMatchObject({ id: 'b', needsSignIn: true, headers: {} });
    restored.close();
  });

  test('of a save that failed are as they were', () => {
    const { records } = openIn();
    records.saveDownloads([secretive('a')]);
    const malformed = { ...recordOf('c'), receivedBytes: -1 };
    expect(() => records.saveDownloads([recordOf('a'), malformed])).toThrow();
    records.saveDownloads([secretive('a', { position: 9 })]);
    expect(records.loadDownloads()).toEqual([secretive('a', { position: 9 })]);
    records.close();
  });
});

describe('a database from before there was a table for secrets', () => {
  test('is taken along: nothing secret is left in a record, a free page or the copy of what was before', async () => {
    const path = fromBefore([secretive('a'), secretive('b', { state: { kind: 'finished', finishedAtMs: 1 } })]);
    const cut = new Database(path);
    cut.pragma('secure_delete = OFF');
    cut
      .prepare('INSERT INTO downloads (id, record, seal) VALUES (?, ?, 0)')
      .run('gone', JSON.stringify(secretive('gone')));
    cut.exec(`DELETE FROM downloads WHERE id = 'gone'`);
    cut.close();
    const { records, folder } = openIn({}, path);
    const [first, second] = records.loadDownloads();
    expect(first).toEqual(secretive('a'));
    expect(second).toMatchObject({ id: 'b', headers: {}, request: { method: 'POST', insecure: true } });
    records.deleteDownloads(['a']);
    await records.purge();
    await scrubCopy(`${path}.version-3`, records.sealedSecrets());
    expect(holders(folder)).toEqual([]);
    records.close();
    // As the release before reads it.
    const copy = new Database(`${path}.version-3`);
    expect(copy.pragma('user_version', { simple: true })).toBe(3);
    const rows = copy.prepare('SELECT record FROM downloads').pluck().all();
    expect(rows.map((row) => downloadRecordSchema.parse(JSON.parse(String(row))).id)).toEqual(['a', 'b']);
    copy.close();
  });

  test('is told from a newer one by the release before, which leaves it alone', () => {
    const { records, path } = openIn();
    records.saveDownloads([secretive('a')]);
    records.close();
    const database = new Database(path);
    // The release before refuses any version above its own.
    expect(Number(database.pragma('user_version', { simple: true }))).toBeGreaterThan(3);
    database.close();
  });
});

describe('with a key', () => {
  const key = randomBytes(32);
  const cipher = createKeyCipher(key);

  test('nothing readable is stored, and the same key reads it', () => {
    const { records, path, folder } = openIn({ cipher });
    records.saveDownloads([secretive('a')]);
    records.close();
    expect(holders(folder)).toEqual([]);
    const again = openRecords(path, { cipher: createKeyCipher(key) });
    expect(again.loadDownloads()).toEqual([secretive('a')]);
    again.close();
  });

  test('what was stored before there was one is encrypted at the next load', async () => {
    const { records, path, folder } = openIn();
    records.saveDownloads([secretive('a')]);
    records.close();
    let dropped = 0;
    const again = openRecords(path, { cipher, onSecretsDropped: () => (dropped += 1) });
    expect(again.loadDownloads()).toEqual([secretive('a')]);
    expect(dropped).toBe(1);
    await again.purge();
    expect(holders(folder)).toEqual([]);
    again.close();
  });

  test.each([
    ['without one', {}],
    ['with another', { cipher: createKeyCipher(randomBytes(32)) }],
  ])('a host %s keeps what it cannot read, whatever else it changes', (_, options: RecordsOptions) => {
    const { records, path } = openIn({ cipher });
    records.saveDownloads([secretive('a')]);
    records.close();
    const stranger = openRecords(path, options);
    const [locked] = stranger.loadDownloads();
    expect(locked).toMatchObject({ id: 'a', needsSignIn: true, headers: {}, url: 'https://example.com/a.bin?sized=1' });
    if (locked === undefined) throw new Error('lost');
    const error = { code: 'sign-in-needed' } as const;
    stranger.saveDownloads([{ ...locked, position: 5, state: { kind: 'failed', error } }]);
    stranger.close();
    // Where it can be read, the download goes on by itself.
    const home = openRecords(path, { cipher });
    expect(home.loadDownloads()).toEqual([secretive('a', { position: 5, state: { kind: 'queued' } })]);
    home.close();
  });

  test('what a host without the key was given anew replaces it', () => {
    const { records, path } = openIn({ cipher });
    records.saveDownloads([secretive('a')]);
    records.close();
    const given = recordOf('a', { request: { username: 'ann', password: 'other' } });
    const stranger = openRecords(path);
    stranger.loadDownloads();
    stranger.saveDownloads([given]);
    stranger.close();
    const home = openRecords(path, { cipher });
    expect(home.loadDownloads()).toEqual([given]);
    home.close();
  });

  test('secrets open for their own download alone', () => {
    const { records, path } = openIn({ cipher });
    records.saveDownloads([secretive('a'), secretive('b', { url: 'https://elsewhere.example.com/' })]);
    records.close();
    const database = new Database(path);
    database.exec(`UPDATE secrets SET sealed = (SELECT sealed FROM secrets WHERE id = 'a') WHERE id = 'b'`);
    database.close();
    const again = openRecords(path, { cipher });
    expect(again.loadDownloads().map(({ needsSignIn }) => needsSignIn)).toEqual([false, true]);
    again.close();
  });
});

test('a copy that is cut off in the middle of being scrubbed is whole', async () => {
  const { records, folder } = openIn();
  records.saveDownloads([secretive('a')]);
  const copy = join(folder, 'sluice-backup.db');
  await records.backupTo(copy);
  copyFileSync(copy, `${copy}.scrub`);
  records.deleteDownloads(['a']);
  expect(await scrubCopy(copy, records.sealedSecrets())).toBe(true);
  expect(readdirSync(folder).filter((name) => name.includes('scrub'))).toEqual([]);
  records.close();
});
