/** Turns the options of one link into the contract's new download, or says which of them is wrong. */
import { resolve } from 'node:path';
import type { NewDownload } from '@sluice/contract';
import { type Parsed, wrongUsage } from './usage-error.ts';
import { parseHeaders } from './parse-headers.ts';
import { parseRate } from './parse-rate.ts';
import { type RawRetryOptions, readMaxAttempts, readTimeouts } from './retry-options.ts';
import { readRequestOptions, type RawRequestOptions } from './request-options.ts';
import { parseWholeNumber } from './whole-number.ts';

/** As commander hands them over, or a list gives them: every value still the text that was typed. */
export interface RawLinkOptions extends RawRequestOptions, RawRetryOptions {
  readonly dir?: string;
  readonly out?: string;
  readonly connections?: string;
  /** aria2's second number for the same: the smaller of the two holds. */
  readonly split?: string;
  readonly maxDownloadLimit?: string;
  readonly checksum?: string;
  readonly findChecksum?: boolean;
  readonly verify?: boolean;
  readonly header?: readonly string[];
}

/** A new download without its link, name and proxy. */
export type LinkOptions = Omit<NewDownload, 'url' | 'name'>;

export interface Reading {
  readonly workingFolder: string;
  /** Reads a file that an option names; throws when it cannot. */
  readonly readText: (path: string) => string;
}

/** What the contract allows. */
const mostConnections = 64;
/** Whatever algorithm it names, a checksum is hex digits: aria2's `sha-256=…`, or the digits alone. */
const checksumForm = /^(?:[a-z][a-z\d_-]*\s*[=:]\s*)?[\da-f]{32,128}$/i;

export function readLinkOptions(raw: RawLinkOptions, { workingFolder, readText }: Reading): Parsed<LinkOptions> {
  const maxConnections = readConnections(raw);
  if (typeof maxConnections === 'string') return wrongUsage({ kind: 'connections', text: maxConnections });
  const limit = raw.maxDownloadLimit === undefined ? undefined : parseRate(raw.maxDownloadLimit);
  if (limit === null) {
    return wrongUsage({ kind: 'rate', option: '--max-download-limit', text: raw.maxDownloadLimit ?? '' });
  }
  const maxAttempts = readMaxAttempts(raw);
  if (maxAttempts.kind === 'usage-error') return maxAttempts;
  const timeouts = readTimeouts(raw);
  if (timeouts.kind === 'usage-error') return timeouts;
  if (raw.checksum !== undefined && !checksumForm.test(raw.checksum)) return wrongUsage({ kind: 'checksum' });
  const read = parseHeaders(raw.header ?? []);
  if (read.kind === 'usage-error') return wrongUsage({ kind: 'header', text: read.text });
  const asked = readRequestOptions(raw, (path) => readText(resolve(workingFolder, path)));
  if (asked.kind === 'usage-error') return asked;
  return {
    kind: 'ok',
    value: {
      ...(raw.dir === undefined ? {} : { folder: resolve(workingFolder, raw.dir) }),
      ...(maxConnections === null ? {} : { maxConnections }),
      ...(limit === undefined ? {} : { speedLimitBytesPerSecond: limit }),
      ...(raw.checksum === undefined ? {} : { checksum: raw.checksum }),
      ...(raw.findChecksum === false ? { findChecksum: false } : {}),
      ...(raw.verify === true ? { verify: true } : {}),
      ...(maxAttempts.value === null ? {} : { maxAttempts: maxAttempts.value }),
      headers: read.headers,
      request: { ...asked.value, ...(timeouts.value === null ? {} : { timeouts: timeouts.value }) },
    },
  };
}

/** @returns null when nothing was said; the text that is no number when something else was */
function readConnections({ connections, split }: RawLinkOptions): number | null | string {
  let least: number | null = null;
  for (const text of [connections, split]) {
    if (text === undefined) continue;
    const number = parseWholeNumber(text, [1, mostConnections]);
    if (number === null) return text;
    least = Math.min(least ?? number, number);
  }
  return least;
}
