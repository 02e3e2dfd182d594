/** Tries again: counts failures in a row, decides whether another try is worth it, and waits for its time. */
import { SluiceError } from '../errors.ts';
import { afterFailure, saysNetworkAway } from '../plan/connections/after-failure.ts';
import { awayDelayMs } from '../plan/connections/network-away.ts';
import { freshRetryState, type RetryPolicy, type RetryState } from '../plan/connections/retry.ts';
import type { LinksVerdict } from '../plan/connections/link-failures.ts';
import type { Clock } from '../ports/clock.ts';
import type { Network } from '../ports/network.ts';
import type { Retry } from './spec.ts';

const checkEveryMs = 1000;

export interface AttemptRules {
  readonly clock: Clock;
  /** Between 0 and 1, for jitter. */
  readonly random: () => number;
  readonly policy: RetryPolicy;
  readonly network?: Network | undefined;
  /** Asked before the wait; what it throws is what the download ends with. */
  readonly beforeRetry?: ((retry: Retry) => Promise<void>) | undefined;
}

export class Attempts {
  readonly #rules: AttemptRules;
  #state: RetryState = freshRetryState;
  #awaySinceMs: number | null = null;

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
    const { clock, random, policy, beforeRetry, network } = this.#rules;
    if (failure.advanced) this.#awaySinceMs = null;
    const hasWayOut = network?.hasWayOut() ?? true;
    const { code, facts } = error;
    const failed = { code, facts, bytesAdvanced: failure.advanced, retryAfterMs: failure.retryAfterMs };
    const nowMs = clock.monotonicMs();
    this.#awaySinceMs = saysNetworkAway(failed, hasWayOut) ? (this.#awaySinceMs ?? nowMs) : null;
    const outages = { kind: 'unattended', awayForMs: nowMs - (this.#awaySinceMs ?? nowMs) } as const;
    const next = afterFailure(this.#state, failed, { policy, random: random(), hasWayOut, outages });
    if (next.kind === 'wait-for-network') return this.#waitForNetwork(hasWayOut, signal);
    this.#state = next.state;
    if (next.kind === 'give-up') throw failure.own ?? error;
    const { failures, losses } = next.state;
    let leftMs = next.delayMs;
    if (beforeRetry !== undefined) {
      const askedAtMs = clock.monotonicMs();
      await beforeRetry({ error, failures: failures + losses, delayMs: leftMs });
      // What is done before the retry is a part of the wait: the server counts from its answer.
      leftMs = Math.max(0, leftMs - (clock.monotonicMs() - askedAtMs));
    }
    await clock.sleep(leftMs, signal);
  }

  /** Until the next look, or until a way out is there again. */
  async #waitForNetwork(hadWayOut: boolean, signal: AbortSignal): Promise<void> {
    const { clock, network } = this.#rules;
    for (let waitedMs = 0; waitedMs < awayDelayMs(1, 0); waitedMs += checkEveryMs) {
      await clock.sleep(checkEveryMs, signal);
      if (!hadWayOut && network?.hasWayOut() === true) return;
    }
  }

  /** As {@link waitAfter}, where none of the links brought a byte. */
  waitForLinks({ own, next }: LinksVerdict, signal: AbortSignal): Promise<void> {
    return this.waitAfter(next.error, { advanced: false, retryAfterMs: next.retryAfterMs, own }, signal);
  }
}
