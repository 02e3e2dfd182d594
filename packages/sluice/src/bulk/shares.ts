/** Fetches equal requests of one round once: those that come later wait for the first and take what it brought. */

/** What the first of several equal requests came to. */
export interface Share<Result> {
  readonly path: string;
  readonly result: Promise<Result>;
}

export class Shares {
  readonly #byKey = new Map<string, Share<unknown>>();

  /** @returns what an equal request came to, or is coming to; null for the first */
  find<Result>(key: string): Share<Result> | null {
    return (this.#byKey.get(key) as Share<Result> | undefined) ?? null;
  }

  keep(key: string, share: Share<unknown>): void {
    // A caller that waits for it meets its failure; the round itself has its own way to it.
    share.result.catch(() => {});
    this.#byKey.set(key, share);
  }
}
