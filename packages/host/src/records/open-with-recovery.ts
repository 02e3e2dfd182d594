/** Opens what stands on the database, and when the database cannot be read, goes on from the last good backup or afresh. */
import { existsSync } from 'node:fs';
import { SluiceError } from '@sluice/contract';
import type { Log } from '@sluice/engine';
import type { HostNotice } from '../host.ts';
import { databaseFiles, isDatabaseLost, requireUsableFile, restoreBackup, setAside } from './database-files.ts';

export interface Recovered<T> {
  readonly value: T;
  readonly notices: readonly HostNotice[];
}

/**
 * @param open opens the database at the path and everything built from its rows; must leave nothing open when it
 *   throws `database-unreadable`. Called again after each recovery: with the backup in place, then with an empty file.
 * @throws whatever else `open` throws, with the files left as they are; `database-unreadable` for one that a newer
 *   release wrote, which is sound and stays in its place
 */
export function openWithRecovery<T>(dataFolder: string, log: Log, open: (databasePath: string) => T): Recovered<T> {
  const files = databaseFiles(dataFolder);
  const setAsidePaths: string[] = [];
  // Asked first, so that nothing is taken for lost that is only in the way.
  if (existsSync(files.databasePath)) requireUsableFile(files.databasePath);
  const sources = isDatabaseLost(files) ? (['backup', 'fresh'] as const) : (['as-is', 'backup', 'fresh'] as const);
  for (const source of sources) {
    if (source === 'backup' && !restoreBackup(files)) continue;
    requireUsableFile(files.databasePath);
    try {
      const value = open(files.databasePath);
      const notices = source === 'as-is' ? [] : [noticeOf(setAsidePaths, source === 'backup')];
      if (source !== 'as-is') log.warn('the list was recovered', { source });
      return { value, notices };
    } catch (error) {
      if (!isDamage(error) || source === 'fresh') throw error;
      const path = setAside(files.databasePath, new Date());
      setAsidePaths.push(path);
      log.error('the database cannot be read and was set aside', { path, reason: String(error), source });
    }
  }
  // The last round returns or throws.
  throw new SluiceError('internal', 'database recovery fell through');
}

function noticeOf(setAsidePaths: readonly string[], restoredFromBackup: boolean): HostNotice {
  return { kind: 'database-recovered', setAsidePaths, restoredFromBackup };
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
