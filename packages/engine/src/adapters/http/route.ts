/** The way to a server as the backends use it: the proxy taken apart, and a key for connections that may be shared. */
import { createHash } from 'node:crypto';
import { SluiceError } from '@sluice/contract';
import type { ClientCertificate, HttpRoute } from '../../ports/http.ts';

export interface Proxy {
  readonly kind: 'http' | 'socks';
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

export interface Trust {
  readonly certificateAuthorities: readonly string[];
  readonly clientCertificate: ClientCertificate | null;
  readonly isInsecure: boolean;
}

export interface Route {
  readonly proxy: Proxy | null;
  /** 0: whichever answers first. */
  readonly family: 0 | 4 | 6;
  readonly trust: Trust;
  /** Equal for routes that may share a connection; tells nothing of what is in them. */
  readonly key: string;
}

const families = { any: 0, ipv4: 4, ipv6: 6 } as const;

export const directRoute: Route = {
  proxy: null,
  family: 0,
  trust: { certificateAuthorities: [], clientCertificate: null, isInsecure: false },
  key: '',
};

/** @throws `request-invalid` for a proxy that is none, naming nothing of it */
export function parseRoute(route: HttpRoute | undefined): Route {
  if (route === undefined || isPlain(route)) return directRoute;
  const { certificateAuthorities, clientCertificate, isInsecure } = route;
  return {
    proxy: route.proxy === null ? null : parseProxy(route.proxy),
    family: families[route.ipFamily],
    trust: { certificateAuthorities, clientCertificate, isInsecure },
    key: createHash('sha256').update(JSON.stringify(route)).digest('base64url'),
  };
}

/** `Proxy-Authorization` (RFC 9110 section 11.7.2): for the proxy alone. Null without a login. */
export function proxyAuthorization(proxy: Proxy): string | null {
  const { username, password } = proxy;
  if (username === '' && password === '') return null;
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

function isPlain(route: HttpRoute): boolean {
  const trustsMore = route.certificateAuthorities.length > 0 || route.clientCertificate !== null || route.isInsecure;
  return route.proxy === null && route.ipFamily === 'any' && !trustsMore;
}

function parseProxy(link: string): Proxy {
  const url = URL.parse(link);
  const scheme = url?.protocol ?? '';
  const kind = scheme === 'http:' ? 'http' : scheme === 'socks5:' || scheme === 'socks5h:' ? 'socks' : null;
  if (url === null || kind === null || url.hostname === '') {
    throw new SluiceError('request-invalid', 'the proxy is not an http or socks5 link', { facts: { name: 'proxy' } });
  }
  return {
    kind,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (kind === 'http' ? 80 : 1080) : Number(url.port),
    username: decode(url.username),
    password: decode(url.password),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
