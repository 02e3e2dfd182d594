/** Builds the header fields of a request, and keeps what is secret with the party it was meant for. */
import { formatRangeHeader } from '../response/content-range.ts';
import type { HeaderLines } from '../response/headers.ts';
import { isSameParty } from './redirect.ts';
import type { Resource } from '../response/resource.ts';
import { asksForEnd } from '../ranges/suffix-range.ts';

export interface RequestHeaderOptions {
  /** Where this request goes, after redirects; may carry user name and password. */
  readonly url: string;
  /** The link the user gave: its party alone receives `headers` and its own user name and password. */
  readonly link: string;
  readonly userAgent: string;
  /** The user's own fields. */
  readonly headers: Readonly<Record<string, string>>;
  /** Half-open. */
  readonly range: { readonly start: number; readonly end: number | null } | null;
  /** The number of bytes at the end, where `range` is null. */
  readonly suffixBytes?: number | null;
  /** What was agreed with the server; absent: what the links themselves hold. */
  readonly authorization?: string | null;
  /** Asks for nothing unless there is something newer (RFC 9110 section 13.1). */
  readonly unlessSame?: Pick<Resource, 'etag' | 'lastModified'> | null;
  /** From a jar: it belongs to `url` already. */
  readonly cookie?: string | null;
  /** The page that the link was found on. */
  readonly referer?: string | null;
  /** Of the body that goes with the request. */
  readonly contentType?: string | null;
}

/** Fields that the engine or an adapter owns: a user's word on them would break framing or the proof of ranges. */
const ownedFields: ReadonlySet<string> = new Set([
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

/**
 * Complete but for Host and Connection, in the order in which browsers send them. Identity is asked for always:
 * encoded bytes can neither be ranged nor joined.
 */
export function requestHeaders(options: RequestHeaderOptions): HeaderLines {
  const fields = new Map<string, string>([
    ['user-agent', toBytes(options.userAgent)],
    ['accept', '*/*'],
  ]);
  const authorization =
    options.authorization === undefined
      ? (basicAuthorization(options.url) ?? ownAuthorization(options))
      : options.authorization;
  if (authorization !== null) fields.set('authorization', authorization);
  // Before the user's own fields: one of them may say it better.
  if (options.contentType !== undefined && options.contentType !== null) {
    fields.set('content-type', toBytes(options.contentType));
  }
  const own = Object.entries(options.headers);
  if (own.length > 0 && isSameParty(options.link, options.url)) {
    for (const [name, value] of own) {
      if (isUserField(name, value)) fields.set(name.toLowerCase(), toBytes(value.trim()));
    }
  }
  const referer = refererFor(options);
  if (referer !== null) fields.set('referer', toBytes(referer));
  if (options.cookie !== undefined && options.cookie !== null) {
    const given = fields.get('cookie');
    fields.set('cookie', given === undefined ? toBytes(options.cookie) : `${given}; ${toBytes(options.cookie)}`);
  }
  fields.set('accept-encoding', 'identity');
  const { unlessSame } = options;
  if (unlessSame?.etag) fields.set('if-none-match', unlessSame.etag);
  if (unlessSame?.lastModified) fields.set('if-modified-since', unlessSame.lastModified);
  // Never with If-Range (RFC 9110 section 13.1.5): servers are about that answer it with the whole file although nothing
  // changed, and what a part belongs to is read off the answer before a byte of it is used in any case.
  if (options.range !== null) fields.set('range', formatRangeHeader(options.range.start, options.range.end));
  else if (asksForEnd(options.suffixBytes)) fields.set('range', `bytes=-${options.suffixBytes}`);
  return [...fields];
}

/** Whole for the link's own party; another learns the page's origin, and none of that beyond https. */
function refererFor({ referer, link, url }: RequestHeaderOptions): string | null {
  const page = referer === undefined || referer === null ? null : URL.parse(referer);
  if (referer === undefined || referer === null || page === null) return referer ?? null;
  if (page.protocol === 'https:' && URL.parse(url)?.protocol !== 'https:') return null;
  if (!isSameParty(link, url)) return page.origin === 'null' ? null : `${page.origin}/`;
  return wireUrl(referer);
}

/** The link's own user name and password also go to redirects within its party. */
function ownAuthorization(options: RequestHeaderOptions): string | null {
  return isSameParty(options.link, options.url) ? basicAuthorization(options.link) : null;
}

/** `Authorization: Basic` from a link's user name and password; null when it has none. */
export function basicAuthorization(url: string): string | null {
  const found = loginOfUrl(url);
  return found === null ? null : basicCredentials(found);
}

/** RFC 7617, in UTF-8. */
export function basicCredentials(login: { readonly username: string; readonly password: string }): string {
  return `Basic ${btoa(toBytes(`${login.username}:${login.password}`))}`;
}

/** The user name and password inside a link; null when it has neither. */
export function loginOfUrl(url: string): { readonly username: string; readonly password: string } | null {
  if (!url.includes('@')) return null;
  const parsed = URL.parse(url);
  if (parsed === null || (parsed.username === '' && parsed.password === '')) return null;
  return { username: unescape(parsed.username), password: unescape(parsed.password) };
}

/** The link as it may go on the wire: without user name, password and fragment. */
export function wireUrl(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return url;
  parsed.username = '';
  parsed.password = '';
  parsed.hash = '';
  return parsed.href;
}

/** Whether a user's header can be sent at all: a token, a value without line breaks or NUL, not an owned field. */
export function isUserField(name: string, value: string): boolean {
  return /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && !/[\r\n\0]/.test(value) && !ownedFields.has(name.toLowerCase());
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const isAscii = /^[\0-\x7f]*$/;

/** UTF-8 bytes, one char each: the form in which header values travel. */
function toBytes(text: string): string {
  if (isAscii.test(text)) return text;
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}
