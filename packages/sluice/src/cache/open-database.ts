/** Opens the index of a cache: an SQLite database that several processes may share. */
import { closeSync, openSync } from 'node:fs';
import { SluiceError } from '@sluice/contract';
import type Sqlite from 'better-sqlite3';

/** Numbered, appended to and never changed: an index of an older release is brought up to date. */
const migrations: readonly string[] = [
  `CREATE TABLE entries (
     key TEXT PRIMARY KEY,
     url TEXT NOT NULL,
     finalUrl TEXT NOT NULL,
     method TEXT NOT NULL,
     status INTEGER NOT NULL,
     requestHeaders TEXT NOT NULL,
     responseHeaders TEXT NOT NULL,
     policy TEXT NOT NULL,
     sizeBytes INTEGER NOT NULL,
     sha256 TEXT NOT NULL,
     storedAtMs INTEGER NOT NULL,
     validatedAtMs INTEGER NOT NULL,
     usedAtMs INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX entriesByContent ON entries (sha256);
   CREATE TABLE claims (key TEXT PRIMARY KEY, owner TEXT NOT NULL) STRICT;`,
];

/** How long one process waits for another to finish a transaction. */
const busyTimeoutMs = 10_000;

/** @throws SluiceError `unsupported` without better-sqlite3, `database-unreadable` */
export async function openDatabase(path: string): Promise<Sqlite.Database> {
  const Database = await loadSqlite();
  let database: Sqlite.Database | null = null;
  try {
    // Made before SQLite would make it, for everybody to read; its log takes the rights of the file.
    closeSync(openSync(path, 'a', 0o600));
    database = new Database(path, { timeout: busyTimeoutMs });
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    migrate(database);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof SluiceError) throw error;
    throw new SluiceError('database-unreadable', 'the index of the cache cannot be opened', {
      facts: { path },
      cause: error,
    });
  }
}

async function loadSqlite(): Promise<typeof Sqlite> {
  try {
    return (await import('better-sqlite3')).default;
  } catch (error) {
    const detail = 'the cache needs the package better-sqlite3: npm install better-sqlite3';
    throw new SluiceError('unsupported', detail, { facts: { name: 'better-sqlite3' }, cause: error });
  }
}

function migrate(database: Sqlite.Database): void {
  const bringUp = database.transaction(() => {
    const version = Number(database.pragma('user_version', { simple: true }));
    if (version > migrations.length) {
      throw new SluiceError('database-unreadable', 'the cache is from a newer release: update, or use another folder');
    }
    for (const step of migrations.slice(version)) database.exec(step);
    database.pragma(`user_version = ${migrations.length}`);
  });
  bringUp.immediate();
}
