/** Follows the downloads of a `sluice get` until all have come to an end or the user has had enough. */
import type { DownloadView, EngineApi } from '@sluice/contract';
import { followUntil } from '../../report/follow-until.ts';
import type { Reporter } from '../../report/reporter.ts';
import type { Progress } from './progress.ts';

export interface Fetching {
  readonly ids: readonly string[];
  readonly progress: Progress;
  readonly reporter: Reporter;
  readonly interrupted: AbortSignal;
}

export async function fetchAll(api: EngineApi, { ids, progress, reporter, interrupted }: Fetching): Promise<void> {
  if (interrupted.aborted) return;
  await api.resume({ ids: [...ids] });
  await followUntil(api, interrupted, (end) => {
    function tell(changed: readonly DownloadView[]): void {
      const isPresent = ({ id }: DownloadView): boolean => progress.verdictOf(id)?.kind === 'present';
      reporter.changed(
        changed.filter((download) => !isPresent(download)),
        progress.downloads,
      );
      for (const download of changed) {
        const verdict = progress.verdictOf(download.id);
        if (verdict === undefined) continue;
        if (verdict.kind === 'present') {
          reporter.present({ url: download.url, path: verdict.path });
          continue;
        }
        reporter.settled(download, verdict);
        // Given up here, it would still be tried again there.
        if (verdict.kind === 'failed') api.pause({ ids: [download.id] }).catch((error: unknown) => end.reject(error));
      }
      if (progress.over) end.resolve();
    }
    return {
      onSnapshot: (snapshot) => tell(progress.takeSnapshot(snapshot)),
      onDelta: (delta) => tell(progress.takeDelta(delta)),
    };
  });
}
