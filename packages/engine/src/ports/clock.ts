/** Time, so that tests can own it. */
export interface Clock {
  /** Milliseconds that never jump, from an arbitrary start. For durations and deadlines. */
  monotonicMs(): number;
  /** Milliseconds since the Unix epoch. For showing and storing; may jump. */
  wallMs(): number;
  /** Resolves after `delayMs`, or rejects at once with `signal.reason`. Any delay is safe, beyond 2^31 ms too. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
  /** Calls back every `intervalMs` until the returned function is called. Never overlaps with itself. */
  every(intervalMs: number, callback: () => void): () => void;
}
