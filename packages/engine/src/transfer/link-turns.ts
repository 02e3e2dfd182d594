/** Which of a download's links is asked: its own, and when that fails each mirror in turn. */
import type { SluiceError } from '../errors.ts';
import { isFaultOfLink } from '../plan/link-faults.ts';

export class LinkTurns {
  #current: string;
  #left: readonly string[];
  #first: SluiceError | null = null;

  constructor(link: string, mirrors: readonly string[]) {
    this.#current = link;
    this.#left = [...new Set(mirrors)].filter((mirror) => mirror !== link);
  }

  get current(): string {
    return this.#current;
  }

  /** Those whose turn has not come: they may help the current one. */
  get others(): readonly string[] {
    return this.#left;
  }

  /** The link that is current has failed. @throws the error of the first one when no other may do better */
  next(error: unknown): void {
    if (!isFaultOfLink(error)) throw error;
    this.#first ??= error;
    const [next, ...others] = this.#left;
    if (next === undefined) throw this.#first;
    this.#current = next;
    this.#left = others;
  }
}
