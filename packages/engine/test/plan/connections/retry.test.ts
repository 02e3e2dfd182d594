import { defaultSettings, errorCodes } from '@sluice/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classify, SluiceError } from '../../../src/errors.ts';
import {
  countFailure,
  decideRetry,
  type Failure,
  freshRetryState,
  isWaitOver,
  retryDelayMs,
  retryPolicy,
  type RetryState,
  shouldRetry,
} from '../../../src/plan/connections/retry.ts';

const policy = retryPolicy(defaultSettings, null);
const failure: Failure = { code: 'connection-reset', bytesAdvanced: false, retryAfterMs: null };
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** Decides over and over, always with the same failure. */
function fail(times: number, changes: Partial<Failure> = {}, maxAttempts = 5): ReturnType<typeof decideRetry> {
  let state: RetryState = freshRetryState;
  let decision = decideRetry(state, { ...failure, ...changes }, { random: 0.5, policy: { ...policy, maxAttempts } });
  for (let count = 1; count < times && decision.kind === 'retry'; count += 1) {
    state = decision.state;
    decision = decideRetry(state, { ...failure, ...changes }, { random: 0.5, policy: { ...policy, maxAttempts } });
  }
  return decision;
}

describe('how long to wait', () => {
  test.each([
    [1, 500, 1000],
    [2, 1000, 2000],
    [3, 2000, 4000],
    [9, 128_000, 256_000],
    [10, 150_000, 300_000],
    [1000, 150_000, 300_000],
  ])('after %i failures between %i and %i ms', (failures, least, most) => {
    expect(retryDelayMs({ failures, retryAfterMs: null, random: 0, policy })).toBe(least);
    expect(retryDelayMs({ failures, retryAfterMs: null, random: 0.999_999, policy })).toBe(most);
  });

  test('F23 Retry-After is never undercut, and capped at an hour', () => {
    expect(retryDelayMs({ failures: 1, retryAfterMs: 60_000, random: 0, policy })).toBe(60_000);
    expect(retryDelayMs({ failures: 1, retryAfterMs: 60_000, random: 0.999_999, policy })).toBeLessThanOrEqual(65_000);
    // A tenth more at most, and no more than five seconds, so that many do not come back at once.
    expect(retryDelayMs({ failures: 1, retryAfterMs: 60_000, random: 0.5, policy })).toBe(62_500);
    expect(retryDelayMs({ failures: 1, retryAfterMs: 40_000, random: 0.5, policy })).toBe(42_000);
    expect(retryDelayMs({ failures: 1, retryAfterMs: 1e12, random: 0, policy })).toBe(3_600_000);
    expect(retryDelayMs({ failures: 1, retryAfterMs: 1e12, random: 0.5, policy })).toBe(3_602_500);
    expect(retryDelayMs({ failures: 5, retryAfterMs: 0, random: 0, policy })).toBe(8000);
  });

  test('F23 every delay is a whole number that any timer can hold', () => {
    const retryAfter = fc.option(fc.double({ min: -1e15, max: 1e15, noNaN: true }));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), retryAfter, random, (failures, retryAfterMs, chance) => {
        const delayMs = retryDelayMs({ failures, retryAfterMs, random: chance, policy });
        expect(Number.isSafeInteger(delayMs)).toBe(true);
        expect(delayMs).toBeGreaterThanOrEqual(500);
        expect(delayMs).toBeLessThan(2 ** 31);
      }),
    );
  });
});

describe('whether to try again', () => {
  test('only what may pass', () => {
    for (const code of errorCodes) {
      const decision = decideRetry(freshRetryState, { ...failure, code }, { random: 0.5, policy });
      expect([code, decision.kind === 'retry']).toEqual([code, classify(new SluiceError(code)) === 'transient']);
    }
  });

  test('as long as attempts are left', () => {
    expect(fail(4)).toMatchObject({ kind: 'retry', state: { failures: 4 } });
    expect(fail(5)).toMatchObject({ kind: 'give-up', state: { failures: 5 } });
  });

  test('without end when no number is given', () => {
    expect(shouldRetry({ code: 'stalled', state: { failures: 1e6, losses: 0 }, maxAttempts: null })).toBe(true);
  });

  test('F33 bytes that advanced give all attempts back', () => {
    expect(fail(100, { bytesAdvanced: true })).toMatchObject({ kind: 'retry', state: { failures: 1 } });
  });

  test('F36 the network being away uses no attempt up, and is asked ever less often', () => {
    expect(fail(1000, { code: 'unreachable' })).toMatchObject({
      kind: 'retry',
      state: { failures: 0 },
      delayMs: 225_000,
    });
    expect(fail(2, { code: 'unreachable' })).toMatchObject({ delayMs: 1500 });
    expect(fail(1000, { code: 'dns-temporary' })).toMatchObject({ kind: 'retry' });
  });

  test('F36 what failed before the network went is not forgotten by its return', () => {
    const before = countFailure({ failures: 3, losses: 0 }, { code: 'unreachable', bytesAdvanced: false });
    expect(before).toEqual({ failures: 3, losses: 1 });
    expect(countFailure(before, { code: 'connection-reset', bytesAdvanced: false })).toEqual({
      failures: 4,
      losses: 0,
    });
  });

  test('whatever happens, runs without bytes end within their attempts', () => {
    const code = fc.constantFrom('connection-reset', 'stalled', 'http-unavailable', 'unreachable', 'body-short');
    fc.assert(
      fc.property(fc.array(fc.record({ code, bytesAdvanced: fc.boolean() })), random, (failures, chance) => {
        let state: RetryState = freshRetryState;
        let counted = 0;
        for (const one of failures) {
          if (one.bytesAdvanced) counted = 0;
          if (one.code !== 'unreachable') counted += 1;
          const decision = decideRetry(
            state,
            { ...failure, ...one },
            { random: chance, policy: { ...policy, maxAttempts: 4 } },
          );
          expect(decision.state.failures).toBe(counted);
          expect(decision.kind).toBe(counted < 4 || one.code === 'unreachable' ? 'retry' : 'give-up');
          state = decision.state;
        }
      }),
    );
  });
});

describe('whether a wait is over', () => {
  const hourMs = 3_600_000;
  test.each([
    ['at its time', 0, true],
    ['a moment before', 1, false],
    ['after a night asleep', -8 * hourMs, true],
    ['in the middle of the longest wait that a server may ask for', hourMs + 5000, false],
    ['by a clock that was set back', hourMs + 5001, true],
  ])('%s', (_, leftMs, isOver) => {
    expect(isWaitOver(1e12 + leftMs, 1e12, defaultSettings)).toBe(isOver);
  });

  test('F37 never before its time while the clock goes on as it should, whatever was asked for', () => {
    const settings = fc.record({
      retryWaitMs: fc.integer({ min: 100, max: hourMs }),
      retryWaitLimitMs: fc.integer({ min: 100, max: 24 * hourMs }),
    });
    const failures = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(settings, failures, fc.option(fc.nat(2 * hourMs)), random, (waits, count, retryAfterMs, chance) => {
        const ofWaits = retryPolicy({ ...waits, maxAttempts: 0 }, null);
        const delayMs = retryDelayMs({ failures: count, retryAfterMs, random: chance, policy: ofWaits });
        expect(isWaitOver(delayMs, 0, waits)).toBe(false);
        expect(isWaitOver(delayMs, delayMs, waits)).toBe(true);
      }),
    );
  });
});

test('a download that says nothing follows the settings, and 0 means without end in both', () => {
  expect(retryPolicy(defaultSettings, null)).toMatchObject({ maxAttempts: 25, baseDelayMs: 1000, maxDelayMs: 300_000 });
  expect(retryPolicy({ ...defaultSettings, maxAttempts: 0 }, null).maxAttempts).toBeNull();
  expect(retryPolicy(defaultSettings, 0).maxAttempts).toBeNull();
  expect(retryPolicy({ ...defaultSettings, maxAttempts: 0 }, 3).maxAttempts).toBe(3);
});
