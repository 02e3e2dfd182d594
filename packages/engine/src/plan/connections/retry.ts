/** Decides whether a failed run is tried again, and when. */
import type { ErrorCode, Settings } from '@sluice/contract';
import { classify, SluiceError } from '../../errors.ts';
import { maxRetryAfterMs } from '../response/headers.ts';

/** Added at most to what a server asked for. */
const mostExtraMs = 5000;

/** How long and how often to try again. With the default settings, runs that bring no byte are repeated for about an hour. */
export interface RetryPolicy {
  /** Failures in a row without a new byte after which it is over; null means without end. */
  readonly maxAttempts: number | null;
  /** Doubled with each failure in a row. */
  readonly baseDelayMs: number;
  /** No step grows beyond it. */
  readonly maxDelayMs: number;
  /** Without a list: how long a network that is away is waited for, using up no attempt. Default 0. */
  readonly waitNetworkMs?: number;
}

/** @param ownMaxAttempts what the download asks for, 0 meaning without end; null follows the settings */
export function retryPolicy(
  settings: Pick<Settings, 'maxAttempts' | 'retryWaitMs' | 'retryWaitLimitMs'>,
  ownMaxAttempts: number | null,
): RetryPolicy {
  return {
    maxAttempts: (ownMaxAttempts ?? settings.maxAttempts) || null,
    baseDelayMs: settings.retryWaitMs,
    maxDelayMs: settings.retryWaitLimitMs,
  };
}

/**
 * How long to wait before the next run: half fixed and half random within an exponential step, so that many
 * downloads that failed together do not come back together.
 * @param question `failures`: failed runs in a row without a new byte, 1 or more; `retryAfterMs`: what the server
 *   asked for, honoured up to an hour and never undercut; `random`: in [0, 1)
 */
export function retryDelayMs(question: {
  readonly failures: number;
  readonly retryAfterMs: number | null;
  readonly random: number;
  readonly policy: Pick<RetryPolicy, 'baseDelayMs' | 'maxDelayMs'>;
}): number {
  const { baseDelayMs, maxDelayMs } = question.policy;
  const doublings = Math.min(Math.max(0, question.failures - 1), 30);
  const stepMs = Math.min(maxDelayMs, baseDelayMs * 2 ** doublings);
  const backoffMs = stepMs / 2 + (stepMs / 2) * question.random;
  if (question.retryAfterMs === null) return Math.round(backoffMs);
  const askedMs = Math.min(Math.max(0, question.retryAfterMs), maxRetryAfterMs);
  // Up to a tenth more than asked, for the same reason.
  return Math.round(Math.max(backoffMs, askedMs + Math.min(askedMs / 10, mostExtraMs) * question.random));
}

/**
 * Whether a wait that was to end at `retryAtMs` is over. One that would last longer than any wait is given was
 * reckoned by a clock that has been set back since: it is over too.
 */
export function isWaitOver(retryAtMs: number, nowMs: number, settings: Pick<Settings, 'retryWaitLimitMs'>): boolean {
  const leftMs = retryAtMs - nowMs;
  return leftMs <= 0 || leftMs > Math.max(settings.retryWaitLimitMs, maxRetryAfterMs + mostExtraMs);
}

/** What failed in a row so far; a new byte starts it afresh. */
export interface RetryState {
  /** Runs that count against the attempts. */
  readonly failures: number;
  /** Runs lost to an outage of this machine's own: they lengthen the wait and nothing else. */
  readonly losses: number;
}

export const freshRetryState: RetryState = { failures: 0, losses: 0 };

export interface Failure {
  readonly code: ErrorCode;
  /** Whether the run made bytes durable before it failed. */
  readonly bytesAdvanced: boolean;
  readonly retryAfterMs: number | null;
}

/** The state after one more failed run. */
export function countFailure(state: RetryState, failure: Pick<Failure, 'code' | 'bytesAdvanced'>): RetryState {
  const before = failure.bytesAdvanced ? freshRetryState : state;
  return isOutage(failure.code)
    ? { failures: before.failures, losses: before.losses + 1 }
    : { failures: before.failures + 1, losses: 0 };
}

/**
 * Whether to try again by itself: only what may pass, and only while attempts are left. The network being away
 * uses none up.
 * @param question `state`: with this failure counted; `maxAttempts`: null means without end
 */
export function shouldRetry(question: {
  readonly code: ErrorCode;
  readonly state: RetryState;
  readonly maxAttempts: number | null;
}): boolean {
  if (classify(new SluiceError(question.code)) !== 'transient') return false;
  if (isOutage(question.code)) return true;
  return question.maxAttempts === null || question.state.failures < question.maxAttempts;
}

export type RetryDecision =
  | { readonly kind: 'retry'; readonly state: RetryState; readonly delayMs: number }
  | { readonly kind: 'give-up'; readonly state: RetryState };

/** Counts a failure and decides, in one step. */
export function decideRetry(
  state: RetryState,
  failure: Failure,
  options: { readonly random: number; readonly policy: RetryPolicy },
): RetryDecision {
  const next = countFailure(state, failure);
  const { random, policy } = options;
  if (!shouldRetry({ code: failure.code, state: next, maxAttempts: policy.maxAttempts }))
    return { kind: 'give-up', state: next };
  const failures = Math.max(1, next.failures + next.losses);
  const delayMs = retryDelayMs({ failures, retryAfterMs: failure.retryAfterMs, random, policy });
  return { kind: 'retry', state: next, delayMs };
}

/**
 * Codes that blame no server: this machine's way out is down, or its disk has no room. Such a failure passes when
 * the condition does, so it uses up no attempts; each new run asks for room before it asks any server.
 */
function isOutage(code: ErrorCode): boolean {
  return code === 'unreachable' || code === 'dns-temporary' || code === 'disconnected' || code === 'disk-full';
}
