/** Finds downloads by what they fetch and where to, without a text of its own for each of a hundred thousand. */
import type { Entry } from './entry.ts';

export class WishIndex {
  readonly #byFolder = new Map<string, Map<string, Entry>>();

  /** The newest that was set for this link and folder. */
  get(url: string, folder: string): Entry | undefined {
    return this.#byFolder.get(folder)?.get(url);
  }

  set(entry: Entry): void {
    const { url, folder } = entry.record;
    let byUrl = this.#byFolder.get(folder);
    if (byUrl === undefined) {
      byUrl = new Map();
      this.#byFolder.set(folder, byUrl);
    }
    byUrl.set(url, entry);
  }

  /** Forgets this very download; a newer one with the same wish stays. */
  delete(entry: Entry): void {
    const { url, folder } = entry.record;
    const byUrl = this.#byFolder.get(folder);
    if (byUrl?.get(url) !== entry) return;
    byUrl.delete(url);
    if (byUrl.size === 0) this.#byFolder.delete(folder);
  }
}
