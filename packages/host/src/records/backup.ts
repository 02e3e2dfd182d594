/** Keeps good copies of the database beside it, made while the engine writes and when it has ended. */
import { constants, renameSync, rmSync, statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import type { Log } from '@sluice/engine';
import Database from 'better-sqlite3';
import { type DatabaseFiles, makePrivateFile } from './database-files.ts';

/** Writes a whole copy of the open database to a path. */
export type CopyDatabase = (path: string) => Promise<void>;

/**
 * How old the second and the third copy are at least before what is newer takes their places: damage that is noticed
 * late is in all copies of the last hour, and not in one of the day before.
 */
const restMs = [60 * 60_000, 24 * 60 * 60_000] as const;

/**
 * Checks the copy, and only then makes it the newest: whatever happens on the way, a good backup stays a good backup.
 * @param backupPaths newest first
 * @returns false when the copy did not pass its check
 */
export async function backUpDatabase(backupPaths: readonly string[], copyTo: CopyDatabase): Promise<boolean> {
  const [newest] = backupPaths;
  if (newest === undefined) return false;
  const draftPath = `${newest}.new`;
  try {
    rmSync(draftPath, { force: true });
    makePrivateFile(draftPath);
    await copyTo(draftPath);
    if (!isSound(draftPath)) return false;
    makeRoom(backupPaths, Date.now());
    renameSync(draftPath, newest);
    return true;
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(draftPath + suffix, { force: true });
  }
}

/** Moves copies one place back where the next one is old enough, or there is none. Each step leaves all that stays. */
function makeRoom(backupPaths: readonly string[], nowMs: number): void {
  let places = 0;
  while (places < restMs.length) {
    const [path, next] = [backupPaths[places], backupPaths[places + 1]];
    if (path === undefined || next === undefined || madeAtMs(path) === null) break;
    const nextAtMs = madeAtMs(next);
    // A clock that was put back makes none too young for ever.
    const isYoung = nextAtMs !== null && Math.abs(nowMs - nextAtMs) < (restMs[places] ?? 0);
    if (isYoung) break;
    places += 1;
  }
  for (let place = places; place > 0; place -= 1) {
    const [path, next] = [backupPaths[place - 1], backupPaths[place]];
    if (path !== undefined && next !== undefined) renameSync(path, next);
  }
}

function madeAtMs(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
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
  /** No backup starts after this but a last one, if the database changed and was closed in good order. */
  stop(): Promise<void>;
}

export interface BackupOptions {
  readonly files: DatabaseFiles;
  readonly copyTo: CopyDatabase;
  /** A copy was made of a list that was closed. */
  readonly onLastCopy?: () => void;
  readonly log: Log;
  readonly firstDelayMs: number;
  readonly intervalMs: number;
}

/** A command that changes one row does not wait for the copy of a list larger than this: the running host's timer does. */
const largestAtCloseBytes = 64 * 1024 * 1024;

/** Backs up soon after start, when the database was just read without fault, then whenever it changed, and at the end. */
export function keepBackup(options: BackupOptions): BackupTimer {
  const { files, copyTo, onLastCopy = () => {}, log, firstDelayMs, intervalMs } = options;
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
    if (await backUpDatabase(files.backupPaths, copyTo)) savedVersion = version;
    else log.error('the database backup did not pass its check and was dropped');
  }

  async function backUpClosed(): Promise<void> {
    if (!isCopyDue(files)) return;
    const copy = (path: string) => copyFile(files.databasePath, path, constants.COPYFILE_FICLONE);
    if (await backUpDatabase(files.backupPaths, copy)) onLastCopy();
    else log.error('the database backup at the end did not pass its check and was dropped');
  }

  return {
    async stop() {
      if (stopped) return;
      stopped = true;
      clearTimeout(timer);
      await underWay;
      await backUpClosed().catch((error: unknown) =>
        log.warn('the database backup at the end failed', { reason: String(error) }),
      );
    },
  };
}

/** Without its log the file is the whole list. One whose log is still there was not closed: alone it is not a good copy. */
function isCopyDue({ databasePath, backupPaths: [newest = ''] }: DatabaseFiles): boolean {
  const facts = statSync(databasePath, { throwIfNoEntry: false });
  if (facts === undefined || facts.size === 0 || facts.size > largestAtCloseBytes) return false;
  if ((statSync(`${databasePath}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return false;
  const copiedAtMs = madeAtMs(newest);
  // A copy from the future tells nothing: the clock was set back.
  return copiedAtMs === null || copiedAtMs > Date.now() || facts.mtimeMs >= copiedAtMs;
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
