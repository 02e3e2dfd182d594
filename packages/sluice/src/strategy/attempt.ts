/** One failed try to fetch something, as a strategy judges it. */

export interface FailedAttempt {
  readonly url: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** Of the server's answer; null when there was none. */
  readonly status: number | null;
  readonly error: unknown;
  /** What the server asked for (`Retry-After`); null when it did not. The wait is never shorter. */
  readonly retryAfterMs: number | null;
}
