/** Changes some of the ways in which a link is asked for, and leaves the rest as it was given. */
import type { RequestOptions } from '@sluice/contract';

/** What is given replaces the option of its name; an empty text or an empty list takes that option away. */
export function mergeRequest(before: RequestOptions, change: RequestOptions): RequestOptions {
  const merged = Object.entries({ ...before, ...change }).filter(([, value]) => !isEmpty(value));
  return Object.fromEntries(merged);
}

function isEmpty(value: RequestOptions[keyof RequestOptions]): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Said to the link's own server or about what it sends, and not meant for others. */
const personal: ReadonlySet<string> = new Set<keyof RequestOptions>([
  'username',
  'password',
  'cookies',
  'clientCertificate',
  'method',
  'body',
  'bodyEncoding',
  'contentType',
  'acceptPage',
]);

/** What may go along to a link of another party. */
export function forOtherParty(request: RequestOptions): RequestOptions {
  return Object.fromEntries(Object.entries(request).filter(([name]) => !personal.has(name)));
}
