/** Remembers for a while what remote folders have answered about checksums, so that not each of their files asks for all. */
import type { Clock } from '../../ports/clock.ts';

/** A list may be published after the first file of a release was. */
const lifetimeMs = 10 * 60 * 1000;
const mostFolders = 32;
/** A longer list is asked for again rather than kept. */
const longestKeptText = 128 * 1024;
/** After this many files without a checksum in a folder, none is expected for the next ones. */
const mostMisses = 2;

export class ChecksumFolders {
  readonly #clock: Clock;
  /** Oldest first. */
  readonly #known = new Map<string, { readonly folder: ChecksumFolder; readonly untilMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param link of the folder, ending in a slash */
  of(link: string): ChecksumFolder {
    const nowMs = this.#clock.monotonicMs();
    const known = this.#known.get(link);
    if (known !== undefined && nowMs < known.untilMs) return known.folder;
    const folder = new ChecksumFolder();
    this.#known.delete(link);
    this.#known.set(link, { folder, untilMs: nowMs + lifetimeMs });
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= mostFolders) break;
      this.#known.delete(oldest);
    }
    return folder;
  }

  /** What it has answered holds no longer. */
  forget(link: string): void {
    this.#known.delete(link);
  }
}

export class ChecksumFolder {
  readonly #lists = new Map<string, string | null>();
  #misses = 0;
  #isSilent = false;

  /** Whether files of this folder may have checksums of their own. */
  get mayHaveOwn(): boolean {
    return this.#misses < mostMisses;
  }

  /** Whether it is of no use to ask for anything here. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** A list that was asked for before; null when it is not there, undefined when it was not asked for. */
  list(url: string): string | null | undefined {
    return this.#lists.get(url);
  }

  noteList(url: string, text: string | null): void {
    if (text === null || text.length <= longestKeptText) this.#lists.set(url, text);
  }

  noteMiss(): void {
    this.#misses += 1;
  }

  /** The server answers whatever it is asked with something else. */
  noteSilence(): void {
    this.#isSilent = true;
  }
}
