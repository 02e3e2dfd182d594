/** What a host found damaged when it started, and what is in use now. Each surface adds what to do next in its own way. */

interface ListRecovery {
  /** Where the unreadable files are now; none when the list was simply gone. */
  readonly setAsidePaths: readonly string[];
  readonly restoredFromBackup: boolean;
}

interface RecordsRecovery {
  /** Names of entries that come from a backup. */
  readonly restored: readonly string[];
  /** Names of those that are in none. */
  readonly lost: readonly string[];
}

export function listRecovered({ setAsidePaths, restoredFromBackup }: ListRecovery): string {
  const isGone = setAsidePaths.length === 0;
  const what = isGone ? 'The list of downloads was gone' : 'The list of downloads could not be read';
  const now = restoredFromBackup ? 'its last good backup is in use' : 'a new one was started';
  const kept = isGone ? '' : ` The damaged one is kept: ${setAsidePaths.join(', ')}.`;
  return `${what}, so ${now}.${kept}`;
}

export function recordsRecovered({ restored, lost }: RecordsRecovery): string {
  const back = restored.length === 0 ? '' : ` Restored from the last good backup: ${restored.join(', ')}.`;
  const gone = lost.length === 0 ? '' : ` In no backup, and lost: ${lost.join(', ')}.`;
  return `Some entries of the list of downloads could not be read and were set aside.${back}${gone}`;
}
