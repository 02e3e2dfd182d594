/** Time that stands still until a test moves it. */
import { setImmediate as settle } from 'node:timers/promises';
import type { Clock, LocalTime } from '@sluice/engine';

export interface FakeClock extends Clock {
  /**
   * Lets `durationMs` pass: whatever falls due happens in order, each at its own moment, and everything that
   * follows from it without waiting has happened before the next. Durations beyond any timer's are fine.
   */
  advance(durationMs: number): Promise<void>;
  /** Lets time pass until the next thing falls due. @returns false when nothing is waited for */
  advanceToNext(): Promise<boolean>;
  /** How far the wall's clock is ahead of UTC at a moment, in minutes; 0 at first. */
  utcOffsetMinutes: (epochMs: number) => number;
  /** Moves the wall clock alone, as a person or a time server does. */
  jumpWall(byMs: number): void;
  /** Sleeps and intervals not yet over: 0 once everything was cleaned up. */
  readonly pending: number;
}

interface Waiting {
  readonly dueAtMs: number;
  readonly order: number;
  readonly fire: () => void;
}

/** @param startWallMs what the wall clock shows at first */
export function createFakeClock(startWallMs = Date.UTC(2030, 0, 1)): FakeClock {
  return new ManualClock(startWallMs);
}

class ManualClock implements FakeClock {
  utcOffsetMinutes: (epochMs: number) => number = () => 0;
  readonly #waiting = new Set<Waiting>();
  #nowMs = 0;
  #wallOffsetMs: number;
  #order = 0;

  constructor(startWallMs: number) {
    this.#wallOffsetMs = startWallMs;
  }

  get pending(): number {
    return this.#waiting.size;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return this.#nowMs + this.#wallOffsetMs;
  }

  /** As a clock in UTC would show it, moved by the offset. */
  localTime(epochMs: number): LocalTime {
    const shifted = new Date(epochMs + this.utcOffsetMinutes(epochMs) * 60_000);
    return { day: shifted.getUTCDay(), minute: shifted.getUTCHours() * 60 + shifted.getUTCMinutes() };
  }

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason);
        return;
      }
      if (!(delayMs > 0)) {
        resolve();
        return;
      }
      const onAbort = () => {
        this.#waiting.delete(waiting);
        reject(signal?.reason);
      };
      const waiting = this.#wait(delayMs, () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      });
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  every(intervalMs: number, callback: () => void): () => void {
    if (!(intervalMs > 0)) throw new RangeError('an interval needs a length');
    let waiting = this.#wait(intervalMs, tick.bind(this));
    function tick(this: ManualClock): void {
      waiting = this.#wait(intervalMs, tick.bind(this));
      callback();
    }
    return () => this.#waiting.delete(waiting);
  }

  async advance(durationMs: number): Promise<void> {
    const untilMs = this.#nowMs + durationMs;
    await settle();
    for (let next = this.#next(); next !== null && next.dueAtMs <= untilMs; next = this.#next()) await this.#fire(next);
    this.#nowMs = untilMs;
  }

  async advanceToNext(): Promise<boolean> {
    await settle();
    const next = this.#next();
    if (next !== null) await this.#fire(next);
    return next !== null;
  }

  jumpWall(byMs: number): void {
    this.#wallOffsetMs += byMs;
  }

  #wait(delayMs: number, fire: () => void): Waiting {
    this.#order += 1;
    const waiting = { dueAtMs: this.#nowMs + delayMs, order: this.#order, fire };
    this.#waiting.add(waiting);
    return waiting;
  }

  #next(): Waiting | null {
    let next: Waiting | null = null;
    for (const waiting of this.#waiting) {
      if (next === null || waiting.dueAtMs < next.dueAtMs) next = waiting;
      else if (waiting.dueAtMs === next.dueAtMs && waiting.order < next.order) next = waiting;
    }
    return next;
  }

  async #fire(waiting: Waiting): Promise<void> {
    this.#waiting.delete(waiting);
    this.#nowMs = Math.max(this.#nowMs, waiting.dueAtMs);
    waiting.fire();
    await settle();
  }
}
