import { type ErrorCode, SluiceError } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import type { FailedAttempt } from '../../src/strategy/attempt.ts';
import { RequestStrategy, backOff, lenient, toRequestStrategy } from '../../src/strategy/request-strategy.ts';

function failed(code: ErrorCode, status: number | null = null, attempt = 1): FailedAttempt {
  return { url: 'http://a.test/', attempt, status, error: new SluiceError(code), retryAfterMs: null };
}

describe('lenient', () => {
  test('two at a time, a quarter of a second apart, five tries a minute apart', () => {
    expect(lenient).toMatchObject({ concurrency: 2, pauseMs: 250, maxAttempts: 5 });
    expect(lenient.waitMs(failed('http-server-error', 500))).toBe(60_000);
  });

  test.each([
    [200, true],
    [304, true],
    [399, true],
    [400, false],
    [404, false],
    [503, false],
  ])('status %i is success: %s', (status, success) => {
    expect(lenient.isSuccess(status)).toBe(success);
  });

  test.each<[ErrorCode, number | null, boolean]>([
    ['http-not-found', 404, false],
    ['http-server-error', 500, true],
    ['http-forbidden', 403, true],
    ['connection-reset', null, true],
    ['dns-not-found', null, true],
    ['url-invalid', null, false],
  ])('%s (%s) is tried again: %s', (code, status, again) => {
    expect(lenient.shouldRetry(failed(code, status))).toBe(again);
  });
});

test('backOff doubles its wait over ten tries', () => {
  expect(backOff.maxAttempts).toBe(10);
  const waits = [1, 2, 3, 9].map((attempt) => backOff.waitMs(failed('stalled', null, attempt)));
  expect(waits).toEqual([1000, 2000, 4000, 256_000]);
});

describe('a strategy of one’s own', () => {
  test('as an object: what it leaves out stays the default', () => {
    const strategy = toRequestStrategy({ concurrency: 9, isSuccess: (status) => status === 404 });
    expect(strategy).toMatchObject({ concurrency: 9, pauseMs: 0, maxAttempts: 5, timeoutMs: 0 });
    expect([strategy.isSuccess(200), strategy.isSuccess(404)]).toEqual([false, true]);
    expect(strategy.shouldRetry(failed('connection-reset'))).toBe(true);
    expect(strategy.shouldRetry(failed('http-forbidden', 403))).toBe(false);
  });

  test('as a subclass', () => {
    class Stubborn extends RequestStrategy {
      override shouldRetry(): boolean {
        return true;
      }
    }
    const strategy = toRequestStrategy(new Stubborn({ maxAttempts: 99 }));
    expect(strategy.maxAttempts).toBe(99);
    expect(strategy.shouldRetry(failed('url-invalid'))).toBe(true);
  });

  test.each([
    ['concurrency', { concurrency: 0 }],
    ['pauseMs', { pauseMs: -1 }],
    ['maxAttempts', { maxAttempts: 1.5 }],
    ['timeoutMs', { timeoutMs: Number.NaN }],
  ])('a senseless %s is refused', (name, rules) => {
    expect(() => new RequestStrategy(rules)).toThrow(
      expect.objectContaining({ code: 'request-invalid', facts: { name } }),
    );
  });
});
