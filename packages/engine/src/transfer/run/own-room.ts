/** How many connections this machine had room for in a run: a fact about no host, and forgotten with the run. */

export class OwnRoom {
  #most = Number.POSITIVE_INFINITY;

  /** Whether it was ever short. */
  get isShort(): boolean {
    return this.#most < Number.POSITIVE_INFINITY;
  }

  /** @param open connections that are there although one more was impossible */
  noteShortage(open: number): void {
    this.#most = Math.max(1, Math.min(this.#most, open));
  }

  within(ceiling: number): number {
    return Math.min(ceiling, this.#most);
  }
}
