/** Reads headers in any of the ways to write them down, into lower-case names in alphabetical order. */
import { SluiceError } from '@sluice/contract';
import type { RequestDescription } from './description.ts';

type HeadersGiven = NonNullable<RequestDescription['headers']>;

/**
 * A repeated name becomes one line, as RFC 9110 section 5.2 says.
 * @throws SluiceError `request-invalid` (facts: `name`) for what would not be one line
 */
export function readHeaders(headers: HeadersGiven): Readonly<Record<string, string>> {
  const lines = new Map<string, string>();
  for (const [name, value] of pairsIn(headers)) {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || /[\r\n\0]/.test(value)) {
      const detail = 'a header that cannot be sent: its name is no token, or its value is not one line';
      throw new SluiceError('request-invalid', detail, { facts: { name: 'headers' } });
    }
    const key = name.toLowerCase();
    const before = lines.get(key);
    lines.set(key, before === undefined ? value.trim() : `${before}${key === 'cookie' ? ';' : ','} ${value.trim()}`);
  }
  return Object.fromEntries([...lines].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function pairsIn(headers: HeadersGiven): Iterable<readonly [string, string]> {
  if (headers instanceof Headers) return headers;
  return isPairs(headers) ? headers : Object.entries(headers);
}

function isPairs(headers: HeadersGiven): headers is readonly (readonly [string, string])[] {
  return Array.isArray(headers);
}
