/** The folders people used lately, newest first. */
import type { DownloadView } from '@sluice/contract';

const mostFolders = 8;

export function recentFolders(downloads: Iterable<DownloadView>): string[] {
  const usedAtMs = new Map<string, number>();
  for (const { folder, addedAtMs } of downloads) {
    usedAtMs.set(folder, Math.max(addedAtMs, usedAtMs.get(folder) ?? addedAtMs));
  }
  return [...usedAtMs]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostFolders)
    .map(([folder]) => folder);
}
