/** Opens what stands on the database, and when the database cannot be read, goes on from the last good backup or afresh. */
import { SluiceError } from '@sluice/contract';
import type { Log } from '@sluice/engine';
import type { HostNotice } from '../host.ts';
import { databaseFiles, makePrivateFile, restoreBackup, setAside } from './database-files.ts';

export interface Recovered<T> {
  readonly value: T;
  readonly notices: readonly HostNotice[];
}

/**
 * @param open opens the database at the path and everything built from its rows; must leave nothing open when it
 *   throws `database-unreadable`. Called again after each recovery: with the backup in place, then with an empty file.
 * @throws whatever else `open` throws, with the files left as they are
 */
export function openWithRecovery<T>(dataFolder: string, log: Log, open: (databasePath: string) => T): Recovered<T> {
  const files = databaseFiles(dataFolder);
  const notices: HostNotice[] = [];
  for (const source of ['as-is', 'backup', 'fresh'] as const) {
    if (source === 'backup' && !restoreBackup(files)) continue;
    makePrivateFile(files.databasePath);
    try {
      const value = open(files.databasePath);
      return { value, notices: notices.map((notice) => ({ ...notice, restoredFromBackup: source === 'backup' })) };
    } catch (error) {
      if (!(error instanceof SluiceError) || error.code !== 'database-unreadable' || source === 'fresh') throw error;
      const setAsidePath = setAside(files.databasePath, new Date());
      log.error('the database cannot be read and was set aside', { path: setAsidePath, reason: error.message, source });
      notices.push({ kind: 'database-set-aside', setAsidePath, restoredFromBackup: false });
    }
  }
  // The last round returns or throws.
  throw new SluiceError('internal', 'database recovery fell through');
}
