/** Gives turns: a bounded number at once, with a least time between their starts. */
import type { Clock } from '@sluice/engine';

export interface TurnRules {
  readonly concurrency: number;
  /** From one start to the next. */
  readonly pauseMs: number;
}

/** Held from a start to its end; giving it back twice does no harm. */
export interface Turn {
  giveBack(): void;
}

/** First come, first served. */
export class Turns {
  readonly #rules: TurnRules;
  readonly #clock: Clock;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;
  #nextStartMs = Number.NEGATIVE_INFINITY;

  constructor(rules: TurnRules, clock: Clock) {
    this.#rules = rules;
    this.#clock = clock;
  }

  /**
   * Settles when a request may start.
   * @throws `signal.reason`
   */
  async take(signal: AbortSignal): Promise<Turn> {
    await this.#place(signal);
    let isTaken = true;
    const giveBack = () => {
      if (isTaken) this.#giveBack();
      isTaken = false;
    };
    try {
      await this.#pause(signal);
    } catch (error) {
      giveBack();
      throw error;
    }
    return { giveBack };
  }

  async #place(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#taken < this.#rules.concurrency) {
      this.#taken += 1;
      return;
    }
    const place = Promise.withResolvers<void>();
    const leave = () => {
      const index = this.#waiting.indexOf(place.resolve);
      // Once it has been called up the turn is taken, and must be given back.
      if (index < 0) return;
      this.#waiting.splice(index, 1);
      place.reject(signal.reason);
    };
    this.#waiting.push(place.resolve);
    signal.addEventListener('abort', leave, { once: true });
    try {
      await place.promise;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  /** Starts are given out one after the other, so that two who wait do not start together. */
  async #pause(signal: AbortSignal): Promise<void> {
    const nowMs = this.#clock.monotonicMs();
    const startMs = Math.max(nowMs, this.#nextStartMs);
    this.#nextStartMs = startMs + this.#rules.pauseMs;
    if (startMs > nowMs) await this.#clock.sleep(startMs - nowMs, signal);
    signal.throwIfAborted();
  }

  /** A turn passes directly to the next waiter: the count changes only when none waits. */
  #giveBack(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken -= 1;
    else next();
  }
}
