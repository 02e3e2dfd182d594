import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultSettings, mainQueue } from '@sluice/contract';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openRecords } from '../../../src/adapters/records/sqlite-records.ts';
import { migrate, migrations } from '../../../src/adapters/records/sqlite-schema.ts';
import type { DownloadRecord } from '../../../src/download/record.ts';
import { recordOf } from './records-of.ts';
import { temporaryFolder } from '../files/temporary-folder.ts';

function databasePath(): string {
  return join(temporaryFolder(), 'sluice.db');
}

/** A database with these downloads, closed. */
function stored(records: readonly DownloadRecord[]): string {
  const path = databasePath();
  const store = openRecords(path);
  store.saveDownloads(records);
  store.close();
  return path;
}

/** Changes a database behind the store's back. */
function meddle(path: string, change: (database: Database.Database) => void): void {
  const database = new Database(path);
  change(database);
  database.close();
}

describe('the file', () => {
  test('is for its owner alone, the log too', () => {
    const path = databasePath();
    const records = openRecords(path);
    records.saveDownloads([recordOf('a')]);
    for (const name of [path, `${path}-wal`]) expect(statSync(name).mode & 0o777).toBe(0o600);
    records.close();
  });

  test('is one whole file after closing', () => {
    const path = stored([recordOf('a')]);
    expect(existsSync(`${path}-wal`)).toBe(false);
    expect(openRecords(path).loadDownloads()).toEqual([recordOf('a')]);
  });

  test('F55 belongs to one host at a time', () => {
    const path = databasePath();
    const first = openRecords(path);
    expect(() => openRecords(path)).toThrow(expect.objectContaining({ code: 'host-busy' }));
    first.close();
    openRecords(path).close();
  });

  test('that cannot be made says why', () => {
    const folder = temporaryFolder();
    expect(() => openRecords(join(folder, 'no', 'sluice.db'))).toThrow(
      expect.objectContaining({ code: 'folder-missing' }),
    );
    mkdirSync(join(folder, 'sluice.db'));
    expect(() => openRecords(join(folder, 'sluice.db'))).toThrow(
      expect.objectContaining({ code: 'file-access-denied' }),
    );
    expect(() => openRecords('/proc/sluice.db')).toThrow(expect.objectContaining({ code: 'file-access-denied' }));
  });
});

describe('F52 a process that is killed', () => {
  test('has kept all it saved', () => {
    const path = databasePath();
    const program = `
      import { openRecords } from ${JSON.stringify(join(import.meta.dirname, '../../../src/adapters/records/sqlite-records.ts'))};
      const records = openRecords(${JSON.stringify(path)});
      for (let index = 0; index < 200; index += 1) {
        records.saveDownloads([{ ...${JSON.stringify(recordOf('x'))}, id: 'id-' + index, position: index }]);
      }
      process.kill(process.pid, 'SIGKILL');
    `;
    const { signal } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', program]);
    expect(signal).toBe('SIGKILL');
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
    const records = openRecords(path);
    expect(records.loadDownloads().map((record) => record.id)).toEqual(
      Array.from({ length: 200 }, (_, index) => `id-${index}`),
    );
    records.close();
  });
});

describe('a save', () => {
  test('is all or nothing', () => {
    const records = openRecords(databasePath());
    records.saveDownloads([recordOf('a')]);
    const malformed = { ...recordOf('c'), receivedBytes: -1 };
    expect(() => records.saveDownloads([recordOf('a', { position: 5 }), recordOf('b'), malformed])).toThrow(
      expect.objectContaining({ code: 'internal' }),
    );
    expect(records.loadDownloads()).toEqual([recordOf('a')]);
    records.close();
  });

  test('is on the disk after a flush, and flushing before anything was saved is fine', async () => {
    const path = databasePath();
    const records = openRecords(path);
    await records.flush();
    records.saveDownloads([recordOf('a')]);
    await Promise.all([records.flush(), records.flush()]);
    // What a power cut would leave: the database and as much of the log as was synced.
    const copy = join(temporaryFolder(), 'sluice.db');
    copyFileSync(path, copy);
    copyFileSync(`${path}-wal`, `${copy}-wal`);
    records.close();
    const again = openRecords(copy);
    expect(again.loadDownloads()).toEqual([recordOf('a')]);
    again.close();
  });

  test('whose log is torn at any place is there or is not, with all before it', () => {
    const path = databasePath();
    const records = openRecords(path);
    for (let index = 0; index < 12; index += 1) {
      records.saveDownloads([
        recordOf(`id-${index}`, { position: index }),
        recordOf('newest', { position: 100 + index }),
      ]);
    }
    const [database, log] = [readFileSync(path), readFileSync(`${path}-wal`)];
    records.close();
    let most = -1;
    for (let cut = 0; cut <= log.length; cut += 1021) {
      const copy = databasePath();
      writeFileSync(copy, database);
      writeFileSync(`${copy}-wal`, log.subarray(0, cut));
      const loaded = openRecords(copy).loadDownloads();
      const newest = loaded.find((record) => record.id === 'newest')?.position ?? 99;
      expect(loaded.filter((record) => record.id !== 'newest').map((record) => record.position)).toEqual(
        Array.from({ length: newest - 99 }, (_, index) => index),
      );
      expect(newest).toBeGreaterThanOrEqual(most);
      most = newest;
    }
    expect(most).toBeGreaterThan(105);
  });
});

describe('F54 a row that makes no sense', () => {
  test.each<[string, string]>([
    ['text that is no JSON', '{"id":"b"'],
    ['a field of the wrong kind', JSON.stringify({ ...recordOf('b'), receivedBytes: 'many' })],
    ['a state there never was', JSON.stringify({ ...recordOf('b'), state: { kind: 'sleeping' } })],
    ['another download’s document', JSON.stringify(recordOf('c'))],
  ])('(%s) is set aside, and the list goes on without it', (_, document) => {
    const path = stored([recordOf('a'), recordOf('b'), recordOf('d')]);
    meddle(path, (database) => database.prepare('UPDATE downloads SET record = ? WHERE id = ?').run(document, 'b'));
    const records = openRecords(path);
    expect(records.loadDownloads().map((record) => record.id)).toEqual(['a', 'd']);
    expect(records.setAside()).toEqual([expect.objectContaining({ origin: 'b' })]);
    expect(JSON.stringify(records.setAside())).not.toContain('secret');
    expect(records.loadDownloads()).toHaveLength(2);
    expect(records.setAside()).toHaveLength(1);
    records.saveDownloads([recordOf('b')]);
    expect(records.loadDownloads()).toHaveLength(3);
    records.close();
    meddle(path, (database) => {
      expect(database.prepare('SELECT content FROM set_aside').pluck().all()).toEqual([document]);
    });
  });

  test('is read as it is when only its seal is of another schema', () => {
    const path = stored([recordOf('a')]);
    meddle(path, (database) => database.exec('UPDATE downloads SET seal = 0'));
    const records = openRecords(path);
    expect(records.loadDownloads()).toEqual([recordOf('a')]);
    expect(records.setAside()).toEqual([]);
    records.close();
  });

  test('does not pass for sealed when its text was changed', () => {
    const path = stored([recordOf('a')]);
    meddle(path, (database) =>
      database.exec(`UPDATE downloads SET record = replace(record, '"receivedBytes":0', '"receivedBytes":-1')`),
    );
    const records = openRecords(path);
    expect(records.loadDownloads()).toEqual([]);
    expect(records.setAside()).toHaveLength(1);
    records.close();
  });

  test('among the settings brings the defaults back', () => {
    const path = stored([]);
    for (const settings of ['{', '{"maxRunning":-4}']) {
      meddle(path, (database) =>
        database.prepare('INSERT OR REPLACE INTO settings (id, settings) VALUES (1, ?)').run(settings),
      );
      const records = openRecords(path);
      expect(records.loadSettings()).toEqual(defaultSettings);
      expect(records.setAside()).toContainEqual(expect.objectContaining({ origin: 'settings' }));
      records.close();
    }
  });

  test('among the queues is set aside, and the others stay', () => {
    const path = stored([]);
    const night = { ...mainQueue, id: 'night', name: 'Night' };
    meddle(path, (database) => {
      const insert = database.prepare('INSERT INTO queues (place, queue) VALUES (?, ?)');
      insert.run(0, JSON.stringify({ ...mainQueue, maxRunning: -1 }));
      insert.run(1, '{');
      insert.run(2, JSON.stringify(night));
    });
    const records = openRecords(path);
    expect(records.loadQueues()).toEqual([night]);
    expect(records.setAside().map(({ origin }) => origin)).toEqual(['queue', 'queue']);
    expect(records.loadQueues()).toEqual([night]);
    records.close();
  });

  test('settings from before a setting existed get its default', () => {
    const path = stored([]);
    meddle(path, (database) => database.exec(`INSERT INTO settings (id, settings) VALUES (1, '{"maxRunning":7}')`));
    const records = openRecords(path);
    expect(records.loadSettings()).toEqual({ ...defaultSettings, maxRunning: 7 });
    records.close();
  });
});

describe('F54 a database that cannot be trusted', () => {
  const unreadable = expect.objectContaining({ code: 'database-unreadable' });

  function expectUntouched(path: string): void {
    const before = readFileSync(path);
    expect(() => openRecords(path).loadDownloads()).toThrow(unreadable);
    expect(readFileSync(path).equals(before)).toBe(true);
  }

  test('because it is none is refused and left alone', () => {
    const path = databasePath();
    writeFileSync(path, 'this is not a database, but it is long enough to look like one '.repeat(100));
    expectUntouched(path);
  });

  test('because it is zeroed in the middle is refused', () => {
    const path = stored(Array.from({ length: 500 }, (_, index) => recordOf(`id-${index}`)));
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0, 4096, bytes.length - 4096));
    expect(() => openRecords(path).loadDownloads()).toThrow(unreadable);
  });

  test('because it was cut is refused', () => {
    const path = stored(Array.from({ length: 500 }, (_, index) => recordOf(`id-${index}`)));
    truncateSync(path, 20_000);
    expect(() => openRecords(path).loadDownloads()).toThrow(unreadable);
  });

  test('because its index lies is found out after an end that was not orderly', () => {
    const path = stored(Array.from({ length: 500 }, (_, index) => recordOf(`id-${index}`)));
    meddle(path, (database) => {
      database.unsafeMode();
      database.pragma('writable_schema = ON');
      const table = database.prepare(`SELECT rootpage FROM sqlite_schema WHERE type = 'index'`).pluck().get();
      expect(typeof table).toBe('number');
      database.exec(`UPDATE sqlite_schema SET rootpage = ${Number(table) + 1} WHERE type = 'index'`);
    });
    writeFileSync(`${path}-wal`, 'left behind');
    expect(() => openRecords(path)).toThrow(unreadable);
  });

  test('because another program made it is refused and left alone', () => {
    const path = databasePath();
    meddle(path, (database) => database.exec('CREATE TABLE theirs (x)'));
    expectUntouched(path);
    const other = databasePath();
    meddle(other, (database) => database.pragma('application_id = 7'));
    expectUntouched(other);
  });

  test('because a newer release wrote it is refused, named and left alone', () => {
    const path = stored([recordOf('a')]);
    meddle(path, (database) => database.pragma(`user_version = ${migrations.length + 1}`));
    const before = readFileSync(path);
    expect(() => openRecords(path)).toThrow(
      expect.objectContaining({
        code: 'database-unreadable',
        facts: expect.objectContaining({ version: migrations.length + 1, newestKnown: migrations.length }),
      }),
    );
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('migrations', () => {
  const next = [...migrations, 'ALTER TABLE downloads ADD COLUMN later TEXT'];

  test('take an older database along, with a copy of what was before', () => {
    const path = stored([recordOf('a')]);
    meddle(path, (database) => {
      migrate(database, path, next);
      expect(database.prepare('SELECT id, later FROM downloads').all()).toEqual([{ id: 'a', later: null }]);
      expect(database.pragma('user_version', { simple: true })).toBe(next.length);
    });
    const copy = openRecords(`${path}.version-${migrations.length}`);
    expect(copy.loadDownloads()).toEqual([recordOf('a')]);
    copy.close();
  });

  test('do nothing the second time', () => {
    const path = stored([]);
    meddle(path, (database) => {
      migrate(database, path, next);
      const before = database.prepare('SELECT sql FROM sqlite_schema').all();
      migrate(database, path, next);
      expect(database.prepare('SELECT sql FROM sqlite_schema').all()).toEqual(before);
    });
  });

  test('that fail leave the database at the step before', () => {
    const path = stored([recordOf('a')]);
    meddle(path, (database) => {
      expect(() =>
        migrate(database, path, [...next, 'ALTER TABLE downloads ADD COLUMN more TEXT; SELECT nonsense']),
      ).toThrow();
      expect(database.pragma('user_version', { simple: true })).toBe(next.length);
      expect(Object.keys(database.prepare('SELECT * FROM downloads').get() ?? {})).not.toContain('more');
    });
  });

  test('bring downloads from before there were queues into the main one, with no priority and no attempts of their own', () => {
    const path = databasePath();
    const { queueId, priority, maxAttempts, ...before } = recordOf('a');
    meddle(path, (database) => {
      migrate(database, path, migrations.slice(0, 2));
      database.prepare('INSERT INTO downloads (id, record, seal) VALUES (?, ?, 0)').run('a', JSON.stringify(before));
    });
    const records = openRecords(path);
    expect(records.loadDownloads()).toEqual([recordOf('a')]);
    expect({ queueId, priority, maxAttempts }).toEqual({ queueId: 'main', priority: 'normal', maxAttempts: null });
    expect(records.loadQueues()).toEqual([]);
    records.saveQueues([mainQueue]);
    expect(records.loadQueues()).toEqual([mainQueue]);
    expect(records.setAside()).toEqual([]);
    records.close();
  });

  test('from every released version end at the same tables', () => {
    const tables = (database: Database.Database) =>
      database.prepare('SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name').all();
    const whole = new Database(':memory:');
    migrate(whole, ':memory:');
    for (let version = 1; version < migrations.length; version += 1) {
      const path = databasePath();
      meddle(path, (database) => {
        migrate(database, path, migrations.slice(0, version));
        migrate(database, path);
        expect(tables(database)).toEqual(tables(whole));
      });
    }
    expect(tables(whole)).not.toEqual([]);
  });
});

describe('a backup', () => {
  test('is a whole database of its own, taken while the store is in use', async () => {
    const path = databasePath();
    const records = openRecords(path);
    records.saveDownloads(Array.from({ length: 300 }, (_, index) => recordOf(`id-${index}`, { position: index })));
    const target = join(temporaryFolder(), 'copy.db');
    await records.backupTo(target);
    records.deleteDownloads(['id-0']);
    records.close();
    const copy = openRecords(target);
    expect(copy.loadDownloads()).toHaveLength(300);
    copy.close();
  });

  test('that cannot be written says so', async () => {
    const records = openRecords(databasePath());
    await expect(records.backupTo('/proc/copy.db')).rejects.toMatchObject({
      code: expect.stringMatching(/^(file-access-denied|disk-io|internal)$/),
    });
    records.close();
  });
});

describe('a full list', () => {
  test('of 20 000 downloads comes back whole', () => {
    const all = Array.from({ length: 20_000 }, (_, index) => recordOf(`id-${index}`, { position: 20_000 - index }));
    const records = openRecords(stored(all));
    expect(records.loadDownloads()).toEqual(all.toReversed());
    records.close();
  });
});
