/** Opens the list. When its database cannot be read, it comes from the newest readable backup, or starts empty. */
import { existsSync, rmSync } from 'node:fs';
import { SluiceError } from '@sluice/contract';
import type { Log } from '@sluice/engine';
import type { HostNotice } from '../host.ts';
import {
  type DatabaseFiles,
  databaseFiles,
  isDatabaseLost,
  requireUsableFile,
  restoreBackup,
  setAside,
} from './database-files.ts';

export interface Recovered<T> {
  readonly value: T;
  readonly notices: readonly HostNotice[];
}

/** Where the list that is to be opened comes from. */
type Source = { readonly kind: 'as-is' | 'fresh' } | { readonly kind: 'backup'; readonly path: string };

/** A copy was checked when it was made, and by nothing since. */
export type OpenList<T> = (databasePath: string, from: { readonly isCopy: boolean }) => T;

/**
 * @param open opens the database at the path and everything built from its rows; must leave nothing open when it
 *   throws `database-unreadable`. Called again after each recovery: with one backup after the other in place, then with
 *   an empty file.
 * @throws whatever else `open` throws, with the files left as they are; `database-unreadable` for one that a newer
 *   release wrote, which is sound and stays in its place
 */
export function openWithRecovery<T>(dataFolder: string, log: Log, open: OpenList<T>): Recovered<T> {
  const files = databaseFiles(dataFolder);
  const setAsidePaths: string[] = [];
  // Asked first, so that nothing is taken for lost that is only in the way.
  if (existsSync(files.databasePath)) requireUsableFile(files.databasePath);
  for (const source of sourcesOf(files)) {
    const copiedAtMs = source.kind === 'backup' ? restoreBackup(source.path, files.databasePath) : null;
    if (source.kind === 'backup' && copiedAtMs === null) continue;
    requireUsableFile(files.databasePath);
    try {
      const value = open(files.databasePath, { isCopy: source.kind === 'backup' });
      if (source.kind === 'as-is') return { value, notices: [] };
      log.warn('the list was recovered', { source: source.kind });
      return { value, notices: [noticeOf(setAsidePaths, copiedAtMs)] };
    } catch (error) {
      if (!isDamage(error) || source.kind === 'fresh') throw error;
      const path = setAside(files.databasePath, new Date());
      setAsidePaths.push(path);
      // What is set aside is the same; the next copy must not push a good one out in its favour.
      if (source.kind === 'backup') rmSync(source.path, { force: true });
      log.error('the database cannot be read and was set aside', { path, reason: String(error), source: source.kind });
    }
  }
  // The last round returns or throws.
  throw new SluiceError('internal', 'database recovery fell through');
}

function sourcesOf(files: DatabaseFiles): readonly Source[] {
  const backups = files.backupPaths.map((path): Source => ({ kind: 'backup', path }));
  return [...(isDatabaseLost(files) ? [] : [{ kind: 'as-is' } as const]), ...backups, { kind: 'fresh' }];
}

function noticeOf(setAsidePaths: readonly string[], copiedAtMs: number | null): HostNotice {
  const notice = { kind: 'database-recovered', setAsidePaths, restoredFromBackup: copiedAtMs !== null } as const;
  return copiedAtMs === null ? notice : { ...notice, copiedAtMs };
}

/** A newer release's database says which version it is and which we know. */
function isDamage(error: unknown): boolean {
  return (
    error instanceof SluiceError &&
    error.code === 'database-unreadable' &&
    error.facts['newestKnown'] === undefined &&
    error.facts['is'] === undefined
  );
}
