/** Time as the network has had it: without the stretches in which this process stood still and read nothing. */

/** Between two looks that follow each other in milliseconds. A longer gap was a suspended machine, or a stopped process. */
const longestGapMs = 1000;

export class AwakeTime {
  readonly #usualMs: number;
  #lastMs: number | null = null;
  #lostMs = 0;

  /** @param usualMs from one look to the next */
  constructor(usualMs: number) {
    this.#usualMs = usualMs;
  }

  /** To be called at each look, before anything is judged by time. */
  note(atMs: number): void {
    const gapMs = this.#lastMs === null ? 0 : atMs - this.#lastMs;
    if (gapMs > longestGapMs) this.#lostMs += gapMs - this.#usualMs;
    this.#lastMs = atMs;
  }

  /** @param atMs by the clock, not before the last look */
  at(atMs: number): number {
    const sinceSampleMs = this.#lastMs === null ? 0 : atMs - this.#lastMs;
    // The clock was not read since the process woke.
    const unseenMs = sinceSampleMs > longestGapMs ? sinceSampleMs - this.#usualMs : 0;
    return atMs - this.#lostMs - unseenMs;
  }
}
