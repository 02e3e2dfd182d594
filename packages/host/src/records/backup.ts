/** Keeps a good copy of the database beside it, made while the engine goes on writing. */
import { renameSync, rmSync, statSync } from 'node:fs';
import type { Log } from '@sluice/engine';
import Database from 'better-sqlite3';
import { type DatabaseFiles, makePrivateFile } from './database-files.ts';

/** Writes a whole copy of the open database to a path. */
export type CopyDatabase = (path: string) => Promise<void>;

/**
 * Checks the copy, and only then replaces the last one: whatever happens on the way, a good backup stays a good
 * backup.
 * @returns false when the copy did not pass its check
 */
export async function backUpDatabase(backupPath: string, copyTo: CopyDatabase): Promise<boolean> {
  const draftPath = `${backupPath}.new`;
  try {
    rmSync(draftPath, { force: true });
    makePrivateFile(draftPath);
    await copyTo(draftPath);
    if (!isSound(draftPath)) return false;
    renameSync(draftPath, backupPath);
    return true;
  } finally {
    rmSync(draftPath, { force: true });
  }
}

function isSound(path: string): boolean {
  const copy = new Database(path);
  try {
    // The copy carries its source's write-ahead mode; a single file is what may be restored later.
    copy.pragma('journal_mode = DELETE');
    return copy.pragma('quick_check(1)', { simple: true }) === 'ok';
  } catch {
    return false;
  } finally {
    copy.close();
  }
}

export interface BackupTimer {
  /** No backup starts after this. One under way ends with the database it copies. */
  stop(): Promise<void>;
}

export interface BackupOptions {
  readonly files: DatabaseFiles;
  readonly copyTo: CopyDatabase;
  readonly log: Log;
  readonly firstDelayMs: number;
  readonly intervalMs: number;
}

/** Backs up soon after start, when the database was just read without fault, and then whenever it changed. */
export function keepBackup({ files, copyTo, log, firstDelayMs, intervalMs }: BackupOptions): BackupTimer {
  let underWay = Promise.resolve();
  let stopped = false;
  let savedVersion = '';
  let timer = setTimeout(run, firstDelayMs).unref();

  function run(): void {
    underWay = backUpIfChanged()
      .catch((error: unknown) => {
        // The database was closed under it: the last backup stays.
        if (!stopped) log.warn('the database backup failed', { reason: String(error) });
      })
      .then(() => {
        if (!stopped) timer = setTimeout(run, intervalMs).unref();
      });
  }

  async function backUpIfChanged(): Promise<void> {
    const version = fileVersion(files.databasePath);
    if (version === savedVersion) return;
    if (await backUpDatabase(files.backupPath, copyTo)) savedVersion = version;
    else log.error('the database backup did not pass its check and was dropped');
  }

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}

/** Changes whenever the database or its write-ahead log was written. */
function fileVersion(databasePath: string): string {
  return ['', '-wal']
    .map((suffix) => {
      const facts = statSync(databasePath + suffix, { throwIfNoEntry: false });
      return facts === undefined ? '' : `${facts.size}:${facts.mtimeMs}`;
    })
    .join(' ');
}
