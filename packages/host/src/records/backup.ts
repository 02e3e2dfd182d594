/** Keeps a good copy of the database beside it, made while the engine goes on writing. */
import { renameSync, rmSync, statSync } from 'node:fs';
import type { Log } from '@sluice/engine';
import Database from 'better-sqlite3';
import { type DatabaseFiles, makePrivateFile } from './database-files.ts';

/** 4 MiB at SQLite's usual page size: a step holds the process up for a few milliseconds. */
const pagesPerStep = 1024;

/**
 * Copies through a connection of its own, checks the copy, and only then replaces the last one: whatever happens
 * on the way, a good backup stays a good backup.
 * @param signal gives up between two steps, a few pages each
 * @returns false when the copy did not pass its check
 */
export async function backUpDatabase(files: DatabaseFiles, signal?: AbortSignal): Promise<boolean> {
  const draftPath = `${files.backupPath}.new`;
  rmSync(draftPath, { force: true });
  makePrivateFile(draftPath);
  const source = new Database(files.databasePath, { readonly: true });
  try {
    await source.backup(draftPath, {
      progress() {
        signal?.throwIfAborted();
        return pagesPerStep;
      },
    });
  } finally {
    source.close();
  }
  if (!isSound(draftPath)) {
    rmSync(draftPath, { force: true });
    return false;
  }
  renameSync(draftPath, files.backupPath);
  return true;
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
  /** No backup starts after this; one under way is given up. */
  stop(): Promise<void>;
}

export interface BackupTimes {
  readonly firstDelayMs: number;
  readonly intervalMs: number;
}

/** Backs up soon after start, when the database was just read without fault, and then whenever it changed. */
export function keepBackup(files: DatabaseFiles, log: Log, times: BackupTimes): BackupTimer {
  let underWay = Promise.resolve();
  const stopping = new AbortController();
  let savedVersion = '';
  let timer = setTimeout(run, times.firstDelayMs).unref();

  function run(): void {
    underWay = backUpIfChanged()
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) log.warn('the database backup failed', { reason: String(error) });
      })
      .then(() => {
        if (!stopping.signal.aborted) timer = setTimeout(run, times.intervalMs).unref();
      });
  }

  async function backUpIfChanged(): Promise<void> {
    const version = fileVersion(files.databasePath);
    if (version === savedVersion) return;
    if (await backUpDatabase(files, stopping.signal)) savedVersion = version;
    else log.error('the database backup did not pass its check and was dropped');
  }

  return {
    async stop() {
      stopping.abort();
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
