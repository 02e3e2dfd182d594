/** Sorts the headers of a recorded request: those that are options of their own, those sent as they are, and the rest. */
import type { RequestOptions } from '@sluice/contract';

export type HeaderPair = readonly [name: string, value: string];

export interface SortedHeaders {
  readonly headers: Readonly<Record<string, string>>;
  readonly request: Pick<RequestOptions, 'cookies' | 'referer' | 'userAgent' | 'contentType'>;
  /** Names of fields that cannot be sent. */
  readonly leftOut: readonly string[];
}

/** Sluice says these itself: taken from a recording, they would break framing or ranges. */
const ownFields: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'range',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const optionFields: ReadonlyMap<string, keyof SortedHeaders['request']> = new Map([
  ['cookie', 'cookies'],
  ['referer', 'referer'],
  ['user-agent', 'userAgent'],
  ['content-type', 'contentType'],
]);

const token = /^[\w!#$%&'*+.^`|~-]+$/u;

/** @param isBodySent without one, its type is not sent either */
export function sortHeaders(pairs: readonly HeaderPair[], isBodySent: boolean): SortedHeaders {
  const headers = new Map<string, HeaderPair>();
  const request: { -readonly [Name in keyof SortedHeaders['request']]: string } = {};
  const leftOut: string[] = [];
  for (const [name, rawValue] of pairs) {
    const key = name.toLowerCase();
    const value = rawValue.trim();
    // Pseudo-headers of HTTP/2 repeat the link and the method.
    if (name.startsWith(':') || ownFields.has(key)) continue;
    const option = optionFields.get(key);
    if (!token.test(name) || !isFieldText(value)) leftOut.push(name.slice(0, 100));
    else if (option === undefined) {
      const before = headers.get(key);
      headers.set(key, before === undefined ? [name, value] : [before[0], `${before[1]}, ${value}`]);
    } else if (option !== 'contentType' || isBodySent) {
      const before = option === 'cookies' ? request.cookies : undefined;
      request[option] = before === undefined ? value : `${before}; ${value}`;
    }
  }
  return { headers: Object.fromEntries(headers.values()), request, leftOut };
}

const tab = 9;
const firstPrintable = 32;
const del = 127;

function isFieldText(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if ((code < firstPrintable && code !== tab) || code === del) return false;
  }
  return true;
}
