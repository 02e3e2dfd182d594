/** What of a request curl needs to know: whom to ask, and as whom. */
import { SluiceError } from '@sluice/contract';
import { isFileScheme, isWebScheme, schemeOf } from '../../../plan/connections/choose-backend.ts';
import { linkPath } from '../../../plan/request/link-path.ts';
import type { HttpRequest } from '../../../ports/http.ts';
import { parseRoute, type Route } from '../route.ts';

export type CurlScheme = 'http' | 'https' | 'ftp' | 'ftps' | 'sftp' | 'scp';

export interface CurlTarget {
  readonly scheme: CurlScheme;
  readonly url: string;
  /** Without the brackets of IPv6. */
  readonly host: string;
  readonly port: number;
  readonly route: Route;
}

export interface CurlLogin {
  readonly username: string;
  readonly password: string;
}

const usualPorts: Readonly<Record<CurlScheme, number>> = {
  http: 80,
  https: 443,
  ftp: 21,
  ftps: 990,
  sftp: 22,
  scp: 22,
};

/** @throws `url-invalid`, `url-unsupported` for a scheme that this backend is not for */
export function parseCurlTarget(request: HttpRequest): CurlTarget {
  const url = URL.parse(request.url);
  if (url === null || url.hostname === '') throw new SluiceError('url-invalid', 'not an absolute URL');
  const scheme = schemeOf(request.url);
  if (!isCurlScheme(scheme)) {
    throw new SluiceError('url-unsupported', `curl is not asked for ${scheme}`, { facts: { scheme } });
  }
  if (isFileScheme(scheme)) {
    const path = linkPath(url);
    url.search = '';
    url.pathname = path;
  }
  url.hash = '';
  // Wherever it finds one in the path, curl takes `;type=` for an order (text, or a list of the folder) and cuts the name there.
  if (scheme.startsWith('ftp')) url.pathname = url.pathname.replace(/;(?=type=)/gi, '%3B');
  return {
    scheme,
    url: url.href,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? usualPorts[scheme] : Number(url.port),
    route: parseRoute(request.route),
  };
}

/** What an Authorization field holds for the schemes that log in by themselves; null without one. */
export function loginOf(request: HttpRequest): CurlLogin | null {
  const field = request.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/.exec(field)?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon === -1) return null;
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** `[start, end)`, half-open as everywhere; `end` null for all that follows. */
export function rangeOf(request: HttpRequest): { readonly start: number; readonly end: number | null } | null {
  const field = request.headers.find(([name]) => name.toLowerCase() === 'range')?.[1] ?? '';
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(field) ?? [];
  if (first === undefined) return null;
  return { start: Number(first), end: last === undefined || last === '' ? null : Number(last) + 1 };
}

function isCurlScheme(scheme: string): scheme is CurlScheme {
  return isWebScheme(scheme) || isFileScheme(scheme);
}
