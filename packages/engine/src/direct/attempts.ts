/** Tries again: counts failures in a row, decides whether another try is worth it, and waits for its time. */
import { SluiceError } from '../errors.ts';
import { decideRetry, freshRetryState, type RetryPolicy, type RetryState } from '../plan/retry.ts';
import type { LinksVerdict } from '../plan/link-failures.ts';
import type { Clock } from '../ports/clock.ts';
import type { Retry } from './wish.ts';

export interface AttemptRules {
  readonly clock: Clock;
  /** Between 0 and 1, for jitter. */
  readonly random: () => number;
  readonly policy: RetryPolicy;
  /** Asked before the wait; what it throws is what the download ends with. */
  readonly beforeRetry?: ((retry: Retry) => Promise<void>) | undefined;
}

export class Attempts {
  readonly #rules: AttemptRules;
  #state: RetryState = freshRetryState;

  constructor(rules: AttemptRules) {
    this.#rules = rules;
  }

  /**
   * Settles when the next try may begin.
   * @param failure `own`: what to end with when it is not what decides
   * @throws `own`, else `error`, when there is to be none; `signal.reason` when aborted
   */
  async waitAfter(
    error: unknown,
    failure: { readonly advanced: boolean; readonly retryAfterMs: number | null; readonly own?: SluiceError },
    signal: AbortSignal,
  ): Promise<void> {
    signal.throwIfAborted();
    if (!(error instanceof SluiceError)) throw error;
    const { clock, random, policy, beforeRetry } = this.#rules;
    const decision = decideRetry(
      this.#state,
      { code: error.code, bytesAdvanced: failure.advanced, retryAfterMs: failure.retryAfterMs },
      { random: random(), policy },
    );
    this.#state = decision.state;
    // Nobody looks on while a program waits: it is told of a network that is away as of anything else.
    const { failures, losses } = decision.state;
    const isSpent = policy.maxAttempts !== null && failures + losses >= policy.maxAttempts;
    if (decision.kind === 'give-up' || isSpent) throw failure.own ?? error;
    await beforeRetry?.({ error, failures: failures + losses, delayMs: decision.delayMs });
    await clock.sleep(decision.delayMs, signal);
  }

  /** As {@link waitAfter}, where none of the links brought a byte. */
  waitForLinks({ own, next }: LinksVerdict, signal: AbortSignal): Promise<void> {
    return this.waitAfter(next.error, { advanced: false, retryAfterMs: next.retryAfterMs, own }, signal);
  }
}
