/** The list as a follower of an engine keeps it: snapshots replace it, deltas change it. */
import type { DownloadId, DownloadView } from './download.ts';
import type { Delta, DownloadPatch } from './events.ts';
import type { Snapshot } from './methods.ts';

export interface ListChange {
  readonly added: readonly DownloadView[];
  readonly changed: readonly { readonly before: DownloadView; readonly after: DownloadView }[];
  readonly removed: readonly DownloadId[];
}

export class FollowedList {
  #downloads = new Map<DownloadId, DownloadView>();

  /** In the order of the list. Another map after each snapshot; deltas change it in place, and never its values. */
  get downloads(): ReadonlyMap<DownloadId, DownloadView> {
    return this.#downloads;
  }

  takeSnapshot({ downloads }: Snapshot): void {
    this.#downloads = new Map(downloads.map((download) => [download.id, download]));
  }

  /** @param delta the next one: deltas that come out of order or twice are kept away by `followEngine` */
  takeDelta({ added = [], changed = [], removed = [] }: Delta): ListChange {
    for (const download of added) this.#downloads.set(download.id, download);
    const patched = changed.flatMap((patch) => {
      const before = this.#downloads.get(patch.id);
      if (before === undefined) return [];
      const after = applyPatch(before, patch);
      this.#downloads.set(patch.id, after);
      return { before, after };
    });
    for (const id of removed) this.#downloads.delete(id);
    return { added, changed: patched, removed };
  }
}

/** A field that is absent has not changed. One that came as undefined, over a channel without JSON, has not either. */
function applyPatch(before: DownloadView, patch: DownloadPatch): DownloadView {
  return { ...before, ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) };
}
