/** One download as the running engine holds it: its record, its state and what its run reports. */
import type { DownloadState } from '@sluice/contract';
import { type Progress, restingProgress } from '../download/progress.ts';
import type { DownloadRecord } from '../download/record.ts';
import { freshRetryState, type RetryState } from '../plan/connections/retry.ts';
import { chooseFileName } from '../plan/names/choose-file-name.ts';

export interface ActiveRun {
  /** Aborting it ends the run; `done` settles when everything it had is on disk and claimed. */
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

export interface Entry {
  record: DownloadRecord;
  state: DownloadState;
  progress: Progress;
  run: ActiveRun | null;
  /** Settles when commands that take its file away are done; no run starts before. Null when there is none. */
  lockedUntil: Promise<void> | null;
  /** What failed since bytes last advanced. */
  retries: RetryState;
}

export function entryFromRecord(record: DownloadRecord): Entry {
  return {
    record,
    state: record.state,
    progress: restingProgress(record.receivedBytes),
    run: null,
    lockedUntil: null,
    retries: freshRetryState,
  };
}

let lastHost = { url: '', host: '' };

/** Name and port, as in its link. Asked several times in a row for one download as it starts. */
export function hostOf(entry: Entry): string {
  const { url } = entry.record;
  if (url !== lastHost.url) lastHost = { url, host: new URL(url).host };
  return lastHost.host;
}

/** Those of its mirrors. */
export function mirrorHosts(entry: Entry): string[] {
  return (entry.record.request.mirrors ?? []).map((mirror) => new URL(mirror).host);
}

/** What to call a download before any response has named it. */
export function suggestedName(record: DownloadRecord, platform: 'linux' | 'darwin' | 'win32'): string {
  return chooseFileName({ url: record.url, platform });
}
