/** One rule for what follows a failed run: the list waits for the network without end, a program only for so long. */
import { expect, it } from 'vitest';
import {
  afterFailure,
  type AfterFailureOptions,
  saysNetworkAway,
} from '../../../src/plan/connections/after-failure.ts';
import { freshRetryState } from '../../../src/plan/connections/retry.ts';

const policy = { maxAttempts: 3, baseDelayMs: 1000, maxDelayMs: 60_000, waitNetworkMs: 10_000 };
const patient = { policy, random: 0, hasWayOut: true, outages: { kind: 'patient' } } as const;
function unattended(awayForMs: number): AfterFailureOptions {
  return { ...patient, outages: { kind: 'unattended', awayForMs } };
}

const away = { code: 'unreachable', facts: { host: 'a.example' }, bytesAdvanced: false, retryAfterMs: null } as const;
const stalled = { ...away, code: 'stalled' } as const;

it('the list waits for the network and uses up no attempt, however often', () => {
  const worn = { failures: 2, losses: 500 };
  expect(afterFailure(worn, away, patient)).toEqual({
    kind: 'wait-for-network',
    state: { failures: 2, losses: 501 },
    delayMs: 60_000,
  });
});

it('bytes that came before the network went away start the count anew', () => {
  const after = afterFailure({ failures: 2, losses: 4 }, { ...away, bytesAdvanced: true }, patient);
  expect(after.state).toEqual({ failures: 0, losses: 1 });
});

it.each([
  [0, 'wait-for-network'],
  [9_999, 'wait-for-network'],
  [10_000, 'retry'],
] as const)('a program whose network has been away for %d ms: %s', (awayForMs, kind) => {
  expect(afterFailure(freshRetryState, away, unattended(awayForMs)).kind).toBe(kind);
});

it('a program counts an outage like any other failure once it no longer waits for it', () => {
  expect(afterFailure({ failures: 0, losses: 1 }, away, unattended(10_000)).kind).toBe('retry');
  expect(afterFailure({ failures: 0, losses: 2 }, away, unattended(10_000)).kind).toBe('give-up');
  expect(afterFailure({ failures: 1, losses: 1 }, away, unattended(10_000)).kind).toBe('give-up');
  const endless = { ...unattended(10_000), policy: { ...policy, maxAttempts: null } };
  expect(afterFailure({ failures: 9, losses: 9 }, away, endless).kind).toBe('retry');
});

it('a program without a wait for the network does not wait for it', () => {
  const { waitNetworkMs: _, ...rest } = policy;
  expect(afterFailure(freshRetryState, away, { ...unattended(0), policy: rest }).kind).toBe('retry');
});

it('a server that fails is retried by both until the attempts are used up', () => {
  for (const options of [patient, unattended(0)]) {
    expect(afterFailure({ failures: 1, losses: 0 }, stalled, options).kind).toBe('retry');
    expect(afterFailure({ failures: 2, losses: 0 }, stalled, options).kind).toBe('give-up');
  }
  expect(afterFailure(freshRetryState, { ...stalled, code: 'http-not-found' }, patient).kind).toBe('give-up');
});

it('the list does not count an outage of the disk as an attempt', () => {
  const full = { ...stalled, code: 'disk-full' } as const;
  expect(afterFailure({ failures: 2, losses: 9 }, full, patient).kind).toBe('retry');
});

it.each([
  [away, true, true],
  [stalled, true, false],
  [stalled, false, true],
  [{ ...away, facts: { host: 'localhost' } }, false, false],
] as const)('%j with a way out %s: the network is away %s', (failure, hasWayOut, expected) => {
  expect(saysNetworkAway(failure, hasWayOut)).toBe(expected);
});
