/** What an error status means for a download (RFC 9110 section 15). */
import type { ErrorCode } from '@sluice/contract';

const codes: ReadonlyMap<number, ErrorCode> = new Map<number, ErrorCode>([
  // "Not ready yet": exports and archives that are still being prepared.
  [202, 'http-unavailable'],
  // Success without content: there is no file here.
  [204, 'http-not-found'],
  [205, 'http-not-found'],
  [401, 'http-unauthorized'],
  [403, 'http-forbidden'],
  [404, 'http-not-found'],
  [407, 'proxy-auth-required'],
  [408, 'http-unavailable'],
  [410, 'http-gone'],
  [416, 'range-not-satisfiable'],
  [421, 'http-unavailable'],
  [425, 'http-unavailable'],
  [429, 'http-too-many-requests'],
  [451, 'http-forbidden'],
  [503, 'http-unavailable'],
  // Not registered, used for exhausted bandwidth.
  [509, 'http-unavailable'],
]);

/** The code for a status that brings no bytes of the file. */
export function statusErrorCode(status: number): ErrorCode {
  const code = codes.get(status);
  if (code !== undefined) return code;
  if (status >= 400 && status < 500) return 'http-client-error';
  if (status >= 500 && status < 600) return 'http-server-error';
  return 'http-malformed';
}

/** 300 counts too: a Location there names the server's own choice. 304 and 305 do not lead to a file. */
const redirects: ReadonlySet<number> = new Set([300, 301, 302, 303, 307, 308]);

export function isRedirect(status: number): boolean {
  return redirects.has(status);
}

/** 203 is a 200 that a proxy touched; 201 is what some servers answer with a file made on request. */
export function isWhole(status: number): boolean {
  return status === 200 || status === 201 || status === 203;
}

/** Done, or going to be, with nothing to show for it. */
export function isBareSuccess(status: number): boolean {
  return status === 202 || status === 204 || status === 205;
}
