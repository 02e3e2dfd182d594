/** Puts what SQLite says into the engine's error codes. */
import { type ErrorCode, SluiceError } from '@sluice/contract';
import Database from 'better-sqlite3';

/** By SQLite's primary result code; an extended one (`SQLITE_IOERR_FSYNC`) starts with it. */
const codesByPrefix: readonly (readonly [prefix: string, code: ErrorCode])[] = [
  ['SQLITE_CORRUPT', 'database-unreadable'],
  ['SQLITE_NOTADB', 'database-unreadable'],
  ['SQLITE_FORMAT', 'database-unreadable'],
  ['SQLITE_BUSY', 'host-busy'],
  ['SQLITE_LOCKED', 'host-busy'],
  ['SQLITE_FULL', 'disk-full'],
  ['SQLITE_IOERR', 'disk-io'],
  ['SQLITE_CANTOPEN', 'file-access-denied'],
  ['SQLITE_READONLY', 'file-access-denied'],
  ['SQLITE_PERM', 'file-access-denied'],
  ['SQLITE_AUTH', 'file-access-denied'],
];

export function recordsError(error: unknown, path: string): SluiceError {
  if (error instanceof SluiceError) return error;
  if (!(error instanceof Database.SqliteError)) {
    const text = error instanceof Error ? error.message : String(error);
    return new SluiceError('internal', `database: ${text}`, { facts: { path }, cause: error });
  }
  const code = codesByPrefix.find(([prefix]) => error.code.startsWith(prefix))?.[1] ?? 'internal';
  return new SluiceError(code, `${error.code}: ${error.message}`, {
    facts: { path, of: 'list', sqlite: error.code },
    cause: error,
  });
}

/** Runs `action` and rethrows its failure as {@link recordsError} does. */
export function withRecordsErrors<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw recordsError(error, path);
  }
}
