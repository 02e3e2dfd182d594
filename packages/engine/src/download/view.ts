/** Projects a download onto the contract: what a window or a terminal is shown. */
import type { DownloadState, DownloadView } from '@sluice/contract';
import { wireUrl } from '../plan/request/request-headers.ts';
import type { Progress } from './progress.ts';
import type { DownloadRecord } from './record.ts';

/** @param suggestedName what to show until a name is settled */
export function toView(
  record: DownloadRecord,
  live: { readonly state: DownloadState; readonly progress: Progress },
  suggestedName: string,
): DownloadView {
  return {
    id: record.id,
    url: shownUrl(record.url),
    name: record.fileName ?? record.wantedName ?? suggestedName,
    folder: record.folder,
    state: live.state,
    sizeBytes: record.sizeBytes,
    receivedBytes: live.progress.receivedBytes,
    speedBytesPerSecond: live.progress.speedBytesPerSecond,
    remainingMs: live.progress.remainingMs,
    connections: live.progress.connections,
    resumable: record.resumable,
    addedAtMs: record.addedAtMs,
    queueId: record.queueId,
    priority: record.priority,
    position: record.position,
    speedLimitBytesPerSecond: record.speedLimitBytesPerSecond,
    maxConnections: record.maxConnections,
    maxAttempts: record.maxAttempts,
    ...(record.keptApart === null ? {} : { keptApart: record.keptApart }),
    ...(record.verifiedBy === null ? {} : { verifiedBy: record.verifiedBy }),
    ...(record.change === null ? {} : { change: record.change }),
    ...(record.verifiedFrom === null ? {} : { verifiedFrom: record.verifiedFrom }),
  };
}

/** Links are kept as the URL standard writes them, so that most have nothing to lose and need not be parsed again. */
function shownUrl(url: string): string {
  return /[@#]/.test(url) ? wireUrl(url) : url;
}

/** The fields of `next` that differ from `previous`, or null when none does. */
export function changedFields(previous: DownloadView, next: DownloadView): Partial<DownloadView> | null {
  const changed: Record<string, unknown> = {};
  for (const key of Object.keys(next) as (keyof DownloadView)[]) {
    if (key === 'state' ? !sameState(previous.state, next.state) : previous[key] !== next[key])
      changed[key] = next[key];
  }
  return Object.keys(changed).length === 0 ? null : changed;
}

/** A state's object is replaced by each transition, so identity is enough but for phases set twice. */
function sameState(left: DownloadState, right: DownloadState): boolean {
  if (left === right) return true;
  return left.kind === 'running' && right.kind === 'running' && left.phase === right.phase;
}
