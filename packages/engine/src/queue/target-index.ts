/** Finds downloads by what they fetch and where to, without a text of its own for each of a hundred thousand. */
import type { Entry } from './entry.ts';

export class TargetIndex {
  /** Most targets have one entry; several, where a file has changed and its new version is fetched beside. Oldest first. */
  readonly #byFolder = new Map<string, Map<string, Entry | readonly Entry[]>>();

  /** The newest that was set for this link and folder, of those that are wanted. */
  get(url: string, folder: string, isWanted: (entry: Entry) => boolean = () => true): Entry | undefined {
    return entriesIn(this.#byFolder.get(folder)?.get(url)).findLast(isWanted);
  }

  set(entry: Entry): void {
    const { url, folder } = entry.record;
    let byUrl = this.#byFolder.get(folder);
    if (byUrl === undefined) {
      byUrl = new Map();
      this.#byFolder.set(folder, byUrl);
    }
    const others = entriesIn(byUrl.get(url)).filter((one) => one !== entry);
    byUrl.set(url, others.length === 0 ? entry : [...others, entry]);
  }

  /** Forgets this very download; others with the same target stay. */
  delete(entry: Entry): void {
    const { url, folder } = entry.record;
    const byUrl = this.#byFolder.get(folder);
    if (byUrl === undefined) return;
    const [only, ...others] = entriesIn(byUrl.get(url)).filter((one) => one !== entry);
    if (only === undefined) byUrl.delete(url);
    else byUrl.set(url, others.length === 0 ? only : [only, ...others]);
    if (byUrl.size === 0) this.#byFolder.delete(folder);
  }
}

function entriesIn(found: Entry | readonly Entry[] | undefined): readonly Entry[] {
  if (found === undefined) return [];
  return 'record' in found ? [found] : found;
}
