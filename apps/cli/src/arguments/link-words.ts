/** Turns the options that hold for one link into the contract's wish, or says which of them is wrong. */
import { resolve } from 'node:path';
import type { NewDownload } from '@sluice/contract';
import { type Parsed, mistaken } from './mistake.ts';
import { parseHeaders } from './parse-headers.ts';
import { parseRate } from './parse-rate.ts';
import { type PatienceWords, readMaxAttempts, readTimeouts } from './patience-words.ts';
import { readRequestWords, type RequestWords } from './request-words.ts';
import { parseWholeNumber } from './whole-number.ts';

/** As commander hands them over, or a list gives them: every value still the text that was typed. */
export interface LinkWords extends RequestWords, PatienceWords {
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

/** A wish without its link, name and proxy. */
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

export function readLinkWords(words: LinkWords, { workingFolder, readText }: Reading): Parsed<LinkOptions> {
  const maxConnections = readConnections(words);
  if (typeof maxConnections === 'string') return mistaken({ kind: 'connections', text: maxConnections });
  const limit = words.maxDownloadLimit === undefined ? undefined : parseRate(words.maxDownloadLimit);
  if (limit === null) {
    return mistaken({ kind: 'rate', option: '--max-download-limit', text: words.maxDownloadLimit ?? '' });
  }
  const maxAttempts = readMaxAttempts(words);
  if (maxAttempts.kind === 'mistake') return maxAttempts;
  const timeouts = readTimeouts(words);
  if (timeouts.kind === 'mistake') return timeouts;
  if (words.checksum !== undefined && !checksumForm.test(words.checksum)) return mistaken({ kind: 'checksum' });
  const read = parseHeaders(words.header ?? []);
  if (read.kind === 'mistake') return mistaken({ kind: 'header', text: read.text });
  const asked = readRequestWords(words, (path) => readText(resolve(workingFolder, path)));
  if (asked.kind === 'mistake') return asked;
  return {
    kind: 'ok',
    value: {
      ...(words.dir === undefined ? {} : { folder: resolve(workingFolder, words.dir) }),
      ...(maxConnections === null ? {} : { maxConnections }),
      ...(limit === undefined ? {} : { speedLimitBytesPerSecond: limit }),
      ...(words.checksum === undefined ? {} : { checksum: words.checksum }),
      ...(words.findChecksum === false ? { findChecksum: false } : {}),
      ...(words.verify === true ? { verify: true } : {}),
      ...(maxAttempts.value === null ? {} : { maxAttempts: maxAttempts.value }),
      headers: read.headers,
      request: { ...asked.value, ...(timeouts.value === null ? {} : { timeouts: timeouts.value }) },
    },
  };
}

/** @returns null when nothing was said; the text that is no number when something else was */
function readConnections({ connections, split }: LinkWords): number | null | string {
  let least: number | null = null;
  for (const text of [connections, split]) {
    if (text === undefined) continue;
    const number = parseWholeNumber(text, [1, mostConnections]);
    if (number === null) return text;
    least = Math.min(least ?? number, number);
  }
  return least;
}
