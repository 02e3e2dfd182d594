/** Time, so that tests can own it. */
import type { LocalTime } from '../plan/schedule.ts';

export type { LocalTime } from '../plan/schedule.ts';

export interface Clock {
  /** Milliseconds that never jump, from an arbitrary start. For durations and deadlines. */
  monotonicMs(): number;
  /** Milliseconds since the Unix epoch. For showing and storing; may jump. */
  wallMs(): number;
  /** What the clock on the wall shows at `epochMs`, as clocks are put on and back where the user is. */
  localTime(epochMs: number): LocalTime;
  /** Resolves after `delayMs`, or rejects at once with `signal.reason`. Any delay is safe, beyond 2^31 ms too. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
  /** Calls back every `intervalMs` until the returned function is called. Never overlaps with itself. */
  every(intervalMs: number, callback: () => void, options?: { readonly keepsProcessAlive?: boolean }): () => void;
}
