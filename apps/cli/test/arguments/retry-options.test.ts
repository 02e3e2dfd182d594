/** How long and how often a server is tried, as typed. */
import { describe, expect, test } from 'vitest';
import { type RawRetryOptions, readMaxAttempts, readTimeouts } from '../../src/arguments/retry-options.ts';

describe('readMaxAttempts', () => {
  test.each<[RawRetryOptions, number | null]>([
    [{}, null],
    [{ retries: '0' }, 1],
    [{ retries: '999' }, 1000],
    [{ retries: 'forever' }, 0],
    [{ maxTries: '1' }, 1],
    [{ maxTries: '0' }, 0],
    [{ retries: '2', maxTries: '9' }, 3],
  ])('%j', (words, expected) => {
    expect(readMaxAttempts(words)).toEqual({ kind: 'ok', value: expected });
  });

  test.each<[RawRetryOptions, string]>([
    [{ retries: '-1' }, 'retries'],
    [{ retries: '1000' }, 'retries'],
    [{ maxTries: '1001' }, 'tries'],
    [{ maxTries: 'many' }, 'tries'],
  ])('%j is refused', (words, kind) => {
    expect(readMaxAttempts(words)).toMatchObject({ kind: 'usage-error', usageError: { kind } });
  });
});

describe('readTimeouts', () => {
  test.each<[RawRetryOptions, object | null]>([
    [{}, null],
    [{ timeout: '10' }, { headTimeoutMs: 10_000, idleTimeoutMs: 10_000 }],
    [{ connectTimeout: '0.5' }, { headTimeoutMs: 500 }],
    [
      { timeout: '10', connectTimeout: '2' },
      { headTimeoutMs: 2000, idleTimeoutMs: 10_000 },
    ],
  ])('%j', (words, expected) => {
    expect(readTimeouts(words)).toEqual({ kind: 'ok', value: expected });
  });

  test.each(['0', '0.01', '3601', '-1', '1e2', 'soon', ''])('%j seconds are refused', (timeout) => {
    expect(readTimeouts({ timeout })).toMatchObject({
      usageError: { kind: 'seconds', option: '--timeout', text: timeout },
    });
  });
});
