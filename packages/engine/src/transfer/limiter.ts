/** Speed limits: a bucket that says how long the reader of a connection must wait, so that the wire itself slows down. */
import type { Clock } from '../ports/clock.ts';

/** How much may burst through after idleness, in milliseconds of the limit. */
const burstMs = 100;

export class SpeedLimiter {
  readonly #clock: Clock;
  #bytesPerSecond: number;
  /** When the bucket will have paid for everything taken so far. */
  #paidAtMs = 0;

  /** @param bytesPerSecond 0 means no limit */
  constructor(clock: Clock, bytesPerSecond = 0) {
    this.#clock = clock;
    this.#bytesPerSecond = bytesPerSecond;
  }

  get bytesPerSecond(): number {
    return this.#bytesPerSecond;
  }

  /** Takes effect with the next bytes; debt made under the old limit is forgiven. */
  setLimit(bytesPerSecond: number): void {
    if (bytesPerSecond === this.#bytesPerSecond) return;
    this.#bytesPerSecond = bytesPerSecond;
    this.#paidAtMs = 0;
  }

  /** Accounts for bytes that arrived. @returns milliseconds to hold the next read; 0 when there is no need */
  take(sizeBytes: number): number {
    if (this.#bytesPerSecond === 0) return 0;
    const nowMs = this.#clock.monotonicMs();
    this.#paidAtMs = Math.max(this.#paidAtMs, nowMs - burstMs) + (sizeBytes / this.#bytesPerSecond) * 1000;
    return Math.max(0, this.#paidAtMs - nowMs);
  }

  /** Largest read that keeps the wire smooth under this limit; infinite without one. */
  get readBytes(): number {
    if (this.#bytesPerSecond === 0) return Number.POSITIVE_INFINITY;
    return Math.max(4096, Math.min(65_536, Math.floor(this.#bytesPerSecond / 20)));
  }
}
