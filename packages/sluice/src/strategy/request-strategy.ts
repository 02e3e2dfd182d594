/** How a crowd of requests treats the servers: how many at once, how fast, how often again. */
import { SluiceError } from '@sluice/contract';
import { classify } from '@sluice/engine';
import type { FailedAttempt } from './attempt.ts';

export interface RequestRules {
  /** Requests under way at the same time. Default 4. */
  readonly concurrency: number;
  /** From the start of one request to the start of the next, retries included. Default 0. */
  readonly pauseMs: number;
  /** Tries of one download, the first included. Default 5. */
  readonly maxAttempts: number;
  /** For one try as a whole; 0 for no limit. Default 0: silence is limited anyway. */
  readonly timeoutMs: number;
  /**
   * Whether the status of an answer without a file counts as success. Default: below 400. One that counts, such as a
   * 404 that is fine, ends the tries without an error and without a file.
   */
  isSuccess(status: number): boolean;
  /** Whether to try again; asked only while tries are left. Default: when the failure may pass by itself. */
  shouldRetry(failed: FailedAttempt): boolean;
  /** How long to wait before the next try. Default: doubling from one second, at most a minute. */
  waitMs(failed: FailedAttempt): number;
}

/** To be used as it is, with other numbers, or subclassed for other rules. */
export class RequestStrategy implements RequestRules {
  readonly concurrency: number;
  readonly pauseMs: number;
  readonly maxAttempts: number;
  readonly timeoutMs: number;

  /** @throws SluiceError `request-invalid` (facts: `name`) for a number that makes no sense */
  constructor(rules: Partial<RequestRules> = {}) {
    this.concurrency = wholeNumber('concurrency', rules.concurrency ?? 4);
    this.pauseMs = notNegative('pauseMs', rules.pauseMs ?? 0);
    this.maxAttempts = wholeNumber('maxAttempts', rules.maxAttempts ?? 5);
    this.timeoutMs = notNegative('timeoutMs', rules.timeoutMs ?? 0);
    if (rules.isSuccess !== undefined) this.isSuccess = rules.isSuccess.bind(rules);
    if (rules.shouldRetry !== undefined) this.shouldRetry = rules.shouldRetry.bind(rules);
    if (rules.waitMs !== undefined) this.waitMs = rules.waitMs.bind(rules);
  }

  isSuccess(status: number): boolean {
    return status < 400;
  }

  shouldRetry({ error }: FailedAttempt): boolean {
    return classify(error) === 'transient';
  }

  waitMs({ attempt }: FailedAttempt): number {
    return Math.min(60_000, doubled(1000, attempt));
  }
}

/** A strategy as it is, or rules over the defaults. */
export function toRequestStrategy(given: RequestStrategy | Partial<RequestRules>): RequestStrategy {
  return given instanceof RequestStrategy ? given : new RequestStrategy(given);
}

/** The rules of a strategy with other numbers. */
export function adjusted(strategy: RequestStrategy, numbers: Partial<RequestRules>): RequestStrategy {
  const { concurrency, pauseMs, maxAttempts, timeoutMs } = strategy;
  return new RequestStrategy({
    concurrency,
    pauseMs,
    maxAttempts,
    timeoutMs,
    isSuccess: (status) => strategy.isSuccess(status),
    shouldRetry: (failed) => strategy.shouldRetry(failed),
    waitMs: (failed) => strategy.waitMs(failed),
    ...numbers,
  });
}

/**
 * Easy on a server: two requests at a time, their starts a quarter of a second apart; five tries a minute apart of
 * everything but a 404, and a status from 400 up is a failure.
 */
export const lenient: RequestStrategy = new RequestStrategy({
  concurrency: 2,
  pauseMs: 250,
  maxAttempts: 5,
  isSuccess: (status) => status < 400,
  shouldRetry: ({ status, error }) => status !== 404 && classify(error) !== 'permanent',
  waitMs: () => 60_000,
});

/** Ten tries; the wait between them doubles from one second to more than four minutes. */
export const backOff: RequestStrategy = new RequestStrategy({
  maxAttempts: 10,
  waitMs: ({ attempt }) => doubled(1000, attempt),
});

function doubled(baseMs: number, attempt: number): number {
  return baseMs * 2 ** Math.min(attempt - 1, 30);
}

function wholeNumber(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new SluiceError('request-invalid', `${name} wants a whole number from 1 up`, { facts: { name } });
}

function notNegative(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new SluiceError('request-invalid', `${name} wants a number from 0 up`, { facts: { name } });
}
