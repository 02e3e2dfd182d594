/** Turns the words of `sluice get` into a request that has been checked, or says what is wrong with them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RequestOptions } from '@sluice/contract';
import { readLinkList } from './link-list.ts';
import type { Mistake, Parsed } from './mistake.ts';
import { parseHeaders } from './parse-headers.ts';
import { parseRate } from './parse-rate.ts';
import { readRequestWords, type RequestWords } from './request-words.ts';
import { parseWholeNumber } from './whole-number.ts';

/** As commander hands them over: every value still the text that was typed. */
export interface GetWords extends RequestWords {
  readonly dir?: string;
  readonly output?: string;
  readonly connections?: string;
  readonly limitRate?: string;
  readonly header?: readonly string[];
  readonly retries?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** A file of further links, or `-`. */
  readonly input?: string;
}

export interface GetRequest {
  readonly links: readonly string[];
  /** Absolute. */
  readonly folder: string;
  readonly name: string | null;
  /** Ceiling for each download; 0 leaves it to the engine. */
  readonly maxConnections: number;
  /** Over all downloads together; 0 means no limit. */
  readonly bytesPerSecond: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly request: RequestOptions;
  /** Logins may come from the person's .netrc. */
  readonly usesNetrc: boolean;
  /** Failed attempts in a row, without a new byte, after which a download is given up; null: never. */
  readonly retries: number | null;
  readonly output: 'progress' | 'quiet' | 'json';
}

export const defaultRetries = 5;
/** What the contract allows. */
const mostConnections = 64;
const mostRetries = 1000;

/** @param workingFolder what a relative `--dir` is relative to, and where files go without one */
export function readGetRequest(typed: readonly string[], words: GetWords, workingFolder: string): Parsed<GetRequest> {
  const listed = words.input === undefined ? [] : readLinkList(words.input, workingFolder);
  if (listed === null) return mistaken({ kind: 'request', option: '--input' });
  const links = [...typed, ...listed];
  if (links.length === 0) return mistaken({ kind: 'no-link' });
  const nameMistake = checkName(words.output, links.length);
  if (nameMistake !== null) return mistaken(nameMistake);
  const maxConnections =
    words.connections === undefined ? 0 : parseWholeNumber(words.connections, [1, mostConnections]);
  if (maxConnections === null) return mistaken({ kind: 'connections', text: words.connections ?? '' });
  const retries = readRetries(words.retries);
  if (retries === undefined) return mistaken({ kind: 'retries', text: words.retries ?? '' });
  const bytesPerSecond = words.limitRate === undefined ? 0 : parseRate(words.limitRate);
  if (bytesPerSecond === null) return mistaken({ kind: 'rate', text: words.limitRate ?? '' });
  const read = parseHeaders(words.header ?? []);
  if (read.kind === 'mistake') return mistaken({ kind: 'header', text: read.text });
  const asked = readRequestWords(words, (path) => readFileSync(resolve(workingFolder, path), 'utf8'));
  if (asked.kind === 'mistake') return mistaken({ kind: 'request', option: asked.option });
  return {
    kind: 'ok',
    value: {
      links,
      folder: resolve(workingFolder, words.dir ?? ''),
      name: words.output ?? null,
      maxConnections,
      bytesPerSecond,
      headers: read.headers,
      request: asked.request,
      usesNetrc: words.netrc !== false,
      retries,
      output: words.json === true ? 'json' : words.quiet === true ? 'quiet' : 'progress',
    },
  };
}

function checkName(name: string | undefined, links: number): Mistake | null {
  if (name === undefined) return null;
  if (links > 1) return { kind: 'one-name-several-links', links };
  if (name.trim() === '') return { kind: 'name-empty' };
  const slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
  return slash === -1
    ? null
    : { kind: 'name-has-path', folder: name.slice(0, slash) || '/', name: name.slice(slash + 1) };
}

/** Undefined when the words are wrong. */
function readRetries(text: string | undefined): number | null | undefined {
  if (text === undefined) return defaultRetries;
  if (text === 'forever') return null;
  return parseWholeNumber(text, [0, mostRetries]) ?? undefined;
}

function mistaken(mistake: Mistake): Parsed<never> {
  return { kind: 'mistake', mistake };
}
