/** What a download is after a delta. */
import type { DownloadPatch, DownloadView } from '@sluice/contract';

/** A field that is absent has not changed; one that came as undefined has not either. */
export function applyPatch(before: DownloadView, patch: DownloadPatch): DownloadView {
  return { ...before, ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) };
}
