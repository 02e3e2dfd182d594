/** Reads how long and how often a server is tried. */
import type { RequestOptions } from '@sluice/contract';
import { type Parsed, wrongUsage } from './usage-error.ts';
import { parseWholeNumber } from './whole-number.ts';

export interface RawRetryOptions {
  readonly retries?: string;
  /** aria2's way to say the same, counting the first attempt as well; 0 is for ever. */
  readonly maxTries?: string;
  readonly connectTimeout?: string;
  readonly timeout?: string;
}

/** What the contract allows. */
const mostAttempts = 1000;
const leastSeconds = 0.1;
const mostSeconds = 3600;

/** @returns failed attempts in a row after which it is over, 0 for no end of them; null when nothing was said */
export function readMaxAttempts({ retries, maxTries }: RawRetryOptions): Parsed<number | null> {
  if (retries === 'forever') return { kind: 'ok', value: 0 };
  if (retries !== undefined) {
    const number = parseWholeNumber(retries, [0, mostAttempts - 1]);
    return number === null ? wrongUsage({ kind: 'retries', text: retries }) : { kind: 'ok', value: number + 1 };
  }
  if (maxTries === undefined) return { kind: 'ok', value: null };
  const tries = parseWholeNumber(maxTries, [0, mostAttempts]);
  return tries === null ? wrongUsage({ kind: 'tries', text: maxTries }) : { kind: 'ok', value: tries };
}

/** One number for both kinds of silence, and another for the one before the answer. */
export function readTimeouts(raw: RawRetryOptions): Parsed<RequestOptions['timeouts'] | null> {
  const connectMs = readSeconds('--connect-timeout', raw.connectTimeout);
  if (connectMs.kind === 'usage-error') return connectMs;
  const timeoutMs = readSeconds('--timeout', raw.timeout);
  if (timeoutMs.kind === 'usage-error') return timeoutMs;
  const headTimeoutMs = connectMs.value ?? timeoutMs.value;
  const idleTimeoutMs = timeoutMs.value;
  if (headTimeoutMs === null && idleTimeoutMs === null) return { kind: 'ok', value: null };
  return {
    kind: 'ok',
    value: {
      ...(headTimeoutMs === null ? {} : { headTimeoutMs }),
      ...(idleTimeoutMs === null ? {} : { idleTimeoutMs }),
    },
  };
}

/** @returns milliseconds; null when nothing was said */
export function readSeconds(option: string, text: string | undefined): Parsed<number | null> {
  if (text === undefined) return { kind: 'ok', value: null };
  const seconds = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return seconds >= leastSeconds && seconds <= mostSeconds
    ? { kind: 'ok', value: Math.round(seconds * 1000) }
    : wrongUsage({ kind: 'seconds', option, text, least: leastSeconds, most: mostSeconds });
}
