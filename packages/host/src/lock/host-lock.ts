/**
 * Lets one host own a data folder at a time. The lock is the operating system's (SQLite's exclusive file lock on
 * an empty file), so it is gone the moment its process is, however that ended: there is no stale state to detect.
 */
import { chmodSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SluiceError } from '@sluice/contract';
import Database from 'better-sqlite3';

export interface HostLock {
  release(): void;
}

/** Keeps a reference to each open lock: garbage collection would close its database. */
const owned = new Set<Database.Database>();

/** @throws `host-busy` when another host, in this process or another, owns the folder */
export function claimHostLock(dataFolder: string): HostLock {
  const path = join(dataFolder, 'host.lock');
  try {
    return lockFile(path, dataFolder);
  } catch (error) {
    if (sqliteCode(error) !== 'SQLITE_NOTADB') throw error;
    // Nothing is ever written to the file, so emptying a scribbled one takes nothing from a host that holds it.
    truncateSync(path, 0);
    return lockFile(path, dataFolder);
  }
}

/**
 * The file is touched through SQLite alone: closing any other descriptor of it would drop the lock of a host that
 * this process already runs (POSIX record locks belong to the process, not to the descriptor).
 */
function lockFile(path: string, dataFolder: string): HostLock {
  const database = openDatabase(path);
  try {
    // The journal would be a second file; the transaction writes nothing, so memory will do.
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
    if (process.platform !== 'win32') chmodSync(path, 0o600);
  } catch (cause) {
    database.close();
    const code = sqliteCode(cause) ?? '';
    if (code.startsWith('SQLITE_BUSY')) {
      throw new SluiceError('host-busy', 'another host owns this data folder', { facts: { path: dataFolder }, cause });
    }
    throw code === 'SQLITE_NOTADB' ? cause : deniedError(path, cause);
  }
  owned.add(database);
  return {
    release() {
      owned.delete(database);
      database.close();
    },
  };
}

function openDatabase(path: string): Database.Database {
  try {
    return new Database(path, { timeout: 0 });
  } catch (cause) {
    throw deniedError(path, cause);
  }
}

function deniedError(path: string, cause: unknown): SluiceError {
  return new SluiceError('file-access-denied', `cannot lock ${path}: ${String(cause)}`, {
    facts: { path: dirname(path), of: 'list' },
    cause,
  });
}

function sqliteCode(error: unknown): string | undefined {
  return error instanceof Database.SqliteError ? error.code : undefined;
}
