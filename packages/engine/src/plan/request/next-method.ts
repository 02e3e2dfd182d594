/** What a request's method allows, and with which one a redirect is followed. */
import type { RequestOptions } from '@sluice/contract';

export type Method = NonNullable<RequestOptions['method']>;

/**
 * RFC 9110 section 15.4: 307 and 308 keep the method; 303 sends to something to be fetched. With the others, all but a
 * form keep theirs, and that is fetched with GET, as browsers do.
 */
export function nextMethod(method: Method, status: number): Method {
  if (status === 307 || status === 308 || isSafe(method)) return method;
  return status === 303 || method === 'POST' ? 'GET' : method;
}

/** Asks for something and changes nothing (RFC 9110 section 9.2.1). */
export function isSafe(method: Method): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Done twice it comes to the same as done once (RFC 9110 section 9.2.2). */
export function isIdempotent(method: Method): boolean {
  return method !== 'POST' && method !== 'PATCH';
}
