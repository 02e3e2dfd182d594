/** Counts connections per host over all downloads, so that many downloads do not add up to a siege. */
import type { HostAllowance } from '../transfer/run-context.ts';

export class HostSlots {
  readonly #taken = new Map<string, number>();
  readonly #cap: () => number;

  /** @param cap read at each use: connections to one host; a download's first one is never refused */
  constructor(cap: () => number) {
    this.#cap = cap;
  }

  /** A download's share: its first connection is counted at once and until `end`. */
  open(host: string): HostAllowance & { readonly end: () => void } {
    this.#add(host, 1);
    return {
      tryTake: () => {
        if ((this.#taken.get(host) ?? 0) >= this.#cap()) return false;
        this.#add(host, 1);
        return true;
      },
      release: () => this.#add(host, -1),
      end: () => this.#add(host, -1),
    };
  }

  #add(host: string, count: number): void {
    const taken = (this.#taken.get(host) ?? 0) + count;
    if (taken > 0) this.#taken.set(host, taken);
    else this.#taken.delete(host);
  }
}
