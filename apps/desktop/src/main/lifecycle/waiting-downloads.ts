/** Which downloads to try at once when the computer wakes: the network they waited for is likely back. Pure. */
import type { DownloadId, DownloadView } from '@sluice/contract';

export function waitingDownloads(downloads: Iterable<DownloadView>): DownloadId[] {
  return [...downloads].filter(({ state }) => state.kind === 'waiting').map(({ id }) => id);
}
