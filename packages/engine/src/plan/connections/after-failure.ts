/** What follows a failed run, for the list and for a download without one: wait for the network, retry, or give up. */
import { awayDelayMs, isNetworkAway } from './network-away.ts';
import { decideRetry, type Failure, freshRetryState, type RetryPolicy, type RetryState } from './retry.ts';

export interface FailedRun extends Failure {
  readonly facts: Readonly<Record<string, string | number>>;
}

export interface AfterFailureOptions {
  readonly policy: RetryPolicy;
  /** Between 0 and 1, for jitter. */
  readonly random: number;
  /** Whether this machine has any address that others could answer to. */
  readonly hasWayOut: boolean;
  /**
   * `patient`: the list waits for the network without end, and an outage of this machine uses up no attempt.
   * `unattended`: a program waits for the network only for so long, and outages count like any other failure.
   */
  readonly outages:
    | { readonly kind: 'patient' }
    | { readonly kind: 'unattended'; /** Since when the network has been away. */ readonly awayForMs: number };
}

export type AfterFailure =
  /** Uses up no attempt, whatever failed before. */
  | { readonly kind: 'wait-for-network'; readonly state: RetryState; readonly delayMs: number }
  | { readonly kind: 'retry'; readonly state: RetryState; readonly delayMs: number }
  | { readonly kind: 'give-up'; readonly state: RetryState };

/** Whether the failure says that this machine has no network rather than that a server failed. */
export function saysNetworkAway({ code, facts }: FailedRun, hasWayOut: boolean): boolean {
  return isNetworkAway({ code, facts, hasWayOut });
}

export function afterFailure(state: RetryState, failure: FailedRun, options: AfterFailureOptions): AfterFailure {
  const { policy, random, hasWayOut, outages } = options;
  const mayWait = outages.kind === 'patient' || outages.awayForMs < (policy.waitNetworkMs ?? 0);
  if (mayWait && saysNetworkAway(failure, hasWayOut)) {
    const before = failure.bytesAdvanced ? freshRetryState : state;
    const losses = before.losses + 1;
    const delayMs = awayDelayMs(losses, policy.maxDelayMs);
    return { kind: 'wait-for-network', state: { failures: before.failures, losses }, delayMs };
  }
  const decision = decideRetry(state, failure, { random, policy });
  const { failures, losses } = decision.state;
  const isSpent =
    outages.kind === 'unattended' && policy.maxAttempts !== null && failures + losses >= policy.maxAttempts;
  return isSpent ? { kind: 'give-up', state: decision.state } : decision;
}
