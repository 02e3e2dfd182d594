/** The database's files in a data folder: their names, and how a broken one is put aside. */
import { closeSync, copyFileSync, existsSync, openSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface DatabaseFiles {
  readonly databasePath: string;
  readonly backupPath: string;
}

export function databaseFiles(dataFolder: string): DatabaseFiles {
  return { databasePath: join(dataFolder, 'sluice.db'), backupPath: join(dataFolder, 'sluice-backup.db') };
}

/** Links and headers hold secrets: the file is made private before SQLite opens it, and its companions inherit the mode. */
export function makePrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
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
  const isEmpty = (path: string): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0;
  return isEmpty(files.databasePath) && isEmpty(`${files.databasePath}-wal`) && !isEmpty(files.backupPath);
}

/** The backup stays where it is: it may be needed again. @returns whether there was one */
export function restoreBackup(files: DatabaseFiles): boolean {
  if (!existsSync(files.backupPath)) return false;
  copyFileSync(files.backupPath, files.databasePath);
  return true;
}

function freeName(stem: string, stamp: string): string {
  for (let attempt = 1; ; attempt += 1) {
    const name = `${stem}-damaged-${stamp}${attempt === 1 ? '' : `-${attempt}`}.db`;
    if (!existsSync(name)) return name;
  }
}
