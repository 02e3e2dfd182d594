/** How a crowd of requests treats the servers: how many at once, how fast, how often again. */
import { optionError, readOptions } from '../core/options/option-error.ts';
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
   * Whether an answer counts as success; asked for every answer, before a byte of it is used. Default: a status below
   * 400. One without a file that counts, such as a 404 that is fine, ends the tries without an error and without a
   * file. One with a file that does not count is a failure (`response-rejected`), and nothing of it is saved.
   * @param headers of the answer, by lower-case name; a round always gives them
   */
  isSuccess(status: number, headers?: Readonly<Record<string, string>>): boolean;
  /** Whether to try again; asked only while tries are left. Default: when the failure may pass by itself. */
  shouldRetry(failed: FailedAttempt): boolean;
  /** How long to wait before the next try. Default: doubling from one second, at most a minute. */
  waitMs(failed: FailedAttempt): number;
}

const known: readonly (keyof RequestRules)[] = [
  'concurrency',
  'pauseMs',
  'maxAttempts',
  'timeoutMs',
  'isSuccess',
  'shouldRetry',
  'waitMs',
];

/** To be used as it is, with other numbers, or subclassed for other rules. */
export class RequestStrategy implements RequestRules {
  readonly concurrency: number;
  readonly pauseMs: number;
  readonly maxAttempts: number;
  readonly timeoutMs: number;

  /** @throws SluiceError `request-invalid` (facts: `name`) for a number that makes no sense */
  constructor(rules: Partial<RequestRules> = {}) {
    const { isSuccess, shouldRetry, waitMs } = readOptions(rules, 'requestStrategy', known);
    checkFunctions({ isSuccess, shouldRetry, waitMs });
    this.concurrency = wholeNumber('concurrency', rules.concurrency ?? 4);
    this.pauseMs = notNegative('pauseMs', rules.pauseMs ?? 0);
    this.maxAttempts = wholeNumber('maxAttempts', rules.maxAttempts ?? 5);
    this.timeoutMs = notNegative('timeoutMs', rules.timeoutMs ?? 0);
    if (isSuccess !== undefined) this.isSuccess = isSuccess.bind(rules);
    if (shouldRetry !== undefined) this.shouldRetry = shouldRetry.bind(rules);
    if (waitMs !== undefined) this.waitMs = waitMs.bind(rules);
  }

  isSuccess(status: number, _headers?: Readonly<Record<string, string>>): boolean {
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
    isSuccess: (status, headers) => strategy.isSuccess(status, headers),
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

function checkFunctions(given: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && typeof value !== 'function') throw optionError(name, `${name} must be a function`);
  }
}

function wholeNumber(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw optionError(name, `${name} wants a whole number from 1 up`);
}

function notNegative(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw optionError(name, `${name} wants a number from 0 up`);
}
