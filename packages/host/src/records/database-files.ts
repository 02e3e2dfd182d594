/** The database's files in a data folder: their names, and how a broken one is put aside. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fchmodSync,
  fstatSync,
  lstatSync,
  openSync,
  renameSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { SluiceError } from '@sluice/contract';

export interface DatabaseFiles {
  readonly databasePath: string;
  /** Good copies, newest first. */
  readonly backupPaths: readonly string[];
}

export function databaseFiles(dataFolder: string): DatabaseFiles {
  const backupNames = ['sluice-backup.db', 'sluice-backup-2.db', 'sluice-backup-3.db'];
  return {
    databasePath: join(dataFolder, 'sluice.db'),
    backupPaths: backupNames.map((name) => join(dataFolder, name)),
  };
}

/**
 * Links and headers hold secrets: the file is private before SQLite opens it, and its companions inherit the mode. A program
 * that copies files about may have opened it to others.
 */
export function makePrivateFile(path: string): void {
  const file = openSync(path, 'a', 0o600);
  try {
    if (process.platform !== 'win32' && (fstatSync(file).mode & 0o077) !== 0) fchmodSync(file, 0o600);
  } catch {
    // Some disks have one mode for all files.
  } finally {
    closeSync(file);
  }
}

/**
 * @throws SluiceError `database-unreadable`, `file-access-denied`: what is in the way is not the list, so nothing is
 *   put aside for it
 */
export function requireUsableFile(path: string): void {
  const facts = { path, of: 'list' } as const;
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory() === true) {
    throw new SluiceError('database-unreadable', 'a folder is in its place', { facts: { ...facts, is: 'folder' } });
  }
  try {
    makePrivateFile(path);
  } catch (cause) {
    throw new SluiceError('file-access-denied', 'the database cannot be written', { facts, cause });
  }
}

/**
 * Renames a database and its write-ahead log under one dated name; the evidence is never deleted.
 * @returns the new path of the database itself
 */
export function setAside(databasePath: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '-');
  const target = freeName(databasePath.replace(/\.db$/, ''), stamp);
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(databasePath + suffix)) renameSync(databasePath + suffix, target + suffix);
  }
  return target;
}

/** Whether there was a list and its file is gone or empty: SQLite would take that for a new one. */
export function isDatabaseLost(files: DatabaseFiles): boolean {
  const sizeOf = (path: string): number | null => statSync(path, { throwIfNoEntry: false })?.size ?? null;
  const isEmpty = (path: string): boolean => (sizeOf(path) ?? 0) === 0;
  // An empty file is not the beginning of a list: the first commit of a new list is there before anything is put on it.
  const wasThere = files.backupPaths.some((path) => !isEmpty(path)) || sizeOf(files.databasePath) === 0;
  return isEmpty(files.databasePath) && isEmpty(`${files.databasePath}-wal`) && wasThere;
}

/** The backup stays where it is: it may be needed again. @returns when it was made; null when there is none */
export function restoreBackup(backupPath: string, databasePath: string): number | null {
  const facts = statSync(backupPath, { throwIfNoEntry: false });
  // Something else has its name.
  if (facts?.isFile() !== true) return null;
  copyFileSync(backupPath, databasePath);
  return facts.mtimeMs;
}

function freeName(stem: string, stamp: string): string {
  for (let attempt = 1; ; attempt += 1) {
    const name = `${stem}-damaged-${stamp}${attempt === 1 ? '' : `-${attempt}`}.db`;
    if (!existsSync(name)) return name;
  }
}
