/** The list as a follower of an engine keeps it: snapshots replace it, deltas change it. */
import type { DownloadId, DownloadView } from './download.ts';
import type { Delta, DownloadPatch } from './events.ts';
import type { Snapshot } from './methods.ts';

export interface ListChange {
  readonly added: readonly DownloadView[];
  readonly changed: readonly { readonly before: DownloadView; readonly after: DownloadView }[];
  /** As they were last. */
  readonly removed: readonly DownloadView[];
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
    const known = added.flatMap((after) => {
      const before = this.#downloads.get(after.id);
      return before === undefined ? [] : [{ before, after }];
    });
    const fresh = known.length === 0 ? added : added.filter(({ id }) => !this.#downloads.has(id));
    for (const download of added) this.#downloads.set(download.id, download);
    const patched = changed.flatMap((patch) => {
      const before = this.#downloads.get(patch.id);
      if (before === undefined) return [];
      const after = applyPatch(before, patch);
      this.#downloads.set(patch.id, after);
      return { before, after };
    });
    const gone = removed.flatMap((id) => this.#downloads.get(id) ?? []);
    for (const id of removed) this.#downloads.delete(id);
    return { added: fresh, changed: [...known, ...patched], removed: gone };
  }
}

/** A field that is absent has not changed. One that came as undefined, over a channel without JSON, has not either. */
function applyPatch(before: DownloadView, patch: DownloadPatch): DownloadView {
  return { ...before, ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) };
}
