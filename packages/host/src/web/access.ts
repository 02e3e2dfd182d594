/** Who may talk to the web server: rules on the Host and Origin headers and the token, all pure. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';

export interface AccessRules {
  /** The port the server listens on. */
  readonly port: number;
  /** Whether machines other than this one may connect. */
  readonly remote: boolean;
}

/**
 * Against DNS rebinding: a page on a name of its attacker's that resolves to this server sends that name as Host.
 * Loopback names are fine; with `remote`, every address literal is too, since no rebinding can make a browser send one.
 */
export function isAllowedHost(host: string | undefined, rules: AccessRules): boolean {
  const parts = /^(\[[0-9a-f:.]+\]|[^:[\]\s@/\\]+)(?::(\d{1,5}))?$/i.exec(host ?? '');
  if (parts === null) return false;
  // Browsers leave the port out only when it is http's own.
  if (Number(parts[2] ?? 80) !== rules.port) return false;
  const name = (parts[1] ?? '').toLowerCase();
  if (name === 'localhost' || name === '127.0.0.1' || name === '[::1]') return true;
  return rules.remote && isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
}

/** Same origin or nothing: the page must come from the very host and port that the request names. */
export function isSameOrigin(origin: string | undefined, host: string | undefined): boolean {
  return origin !== undefined && host !== undefined && origin.toLowerCase() === `http://${host.toLowerCase()}`;
}

/** Constant time in the contents, whatever the lengths. */
export function isSameToken(given: string | null | undefined, expected: string): boolean {
  if (given === null || given === undefined) return false;
  return timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(expected).digest());
}

/** Cookies are not kept apart by port, so that two servers on one machine need two names. */
export function cookieName(port: number): string {
  return `sluice-${port}`;
}

/** @returns the value of the first cookie of that name, or null. RFC 6265 section 4.2 */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return null;
}

/** Not readable by scripts, not sent from other sites; renewed each time the tokened link is opened. */
export function sessionCookie(port: number, token: string): string {
  return `${cookieName(port)}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${90 * 24 * 3600}`;
}
