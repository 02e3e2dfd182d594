/** Who may talk to the web server: rules on the Host and Origin headers, all pure. */
import { isIP } from 'node:net';

export interface AccessRules {
  /** The port the server listens on. */
  readonly port: number;
  /** Whether machines other than this one may connect. */
  readonly remote: boolean;
}

const hostPattern = /^(\[[0-9a-f:.]+\]|[^:[\]\s@/\\]+)(?::(\d{1,5}))?$/i;

/**
 * Against DNS rebinding: a page on a name of its attacker's that resolves to this server sends that name as Host.
 * Loopback names are fine; with `remote`, every address literal is too, since no rebinding can make a browser send one.
 */
export function isAllowedHost(host: string | undefined, rules: AccessRules): boolean {
  const parts = hostPattern.exec(host ?? '');
  if (parts === null) return false;
  // Browsers leave the port out only when it is http's own.
  if (Number(parts[2] ?? 80) !== rules.port) return false;
  const name = (parts[1] ?? '').toLowerCase();
  if (name === 'localhost' || name === '127.0.0.1' || name === '[::1]') return true;
  return rules.remote && isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
}

/**
 * `localhost` is two addresses, and another program may listen on the one that this server does not: a key kept under
 * that name would be within its reach. The page is sent on to the address, whose storage no other program can share.
 */
export function isAmbiguousHost(host: string | undefined): boolean {
  return (hostPattern.exec(host ?? '')?.[1] ?? '').toLowerCase() === 'localhost';
}

/** Same origin or nothing: the page must come from the very host and port that the request names. */
export function isSameOrigin(origin: string | undefined, host: string | undefined): boolean {
  return origin !== undefined && host !== undefined && origin.toLowerCase() === `http://${host.toLowerCase()}`;
}
