/** Which server a link names, and what to ask it for. */
import { isIP } from 'node:net';
import { SluiceError } from '@sluice/contract';
import { directRoute, proxyAuthorization, type Route } from './route.ts';

export interface Target {
  readonly isSecure: boolean;
  /** A name or an address, without the brackets of IPv6. */
  readonly host: string;
  readonly port: number;
  /** What a Host field says: brackets kept, the scheme's own port left out. */
  readonly authority: string;
  /** As sent on the request line: path and query, or all of the link where a proxy forwards it (RFC 9112 section 3.2.2). */
  readonly path: string;
  /** Scheme, host and port. */
  readonly origin: string;
  readonly route: Route;
  /** The proxy reads the request itself, as it does without TLS. */
  readonly isForwarded: boolean;
  /** For the proxy that forwards this request; null where no proxy reads it. */
  readonly proxyAuthorization: string | null;
  /** Equal for links that may share a connection. */
  readonly key: string;
  /** The name for SNI and the certificate; null for an address (RFC 6066 section 3). */
  readonly serverName: string | null;
}

/** @throws `url-invalid`, `url-unsupported` for a scheme other than http and https */
export function parseTarget(url: string, route: Route = directRoute): Target {
  const parsed = URL.parse(url);
  if (parsed === null) throw new SluiceError('url-invalid', 'not an absolute URL');
  const isSecure = parsed.protocol === 'https:';
  if (!isSecure && parsed.protocol !== 'http:') {
    throw new SluiceError('url-unsupported', `cannot speak ${parsed.protocol}`, { facts: { scheme: parsed.protocol } });
  }
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  const port = parsed.port === '' ? (isSecure ? 443 : 80) : Number(parsed.port);
  const { proxy } = route;
  const isForwarded = proxy?.kind === 'http' && !isSecure;
  const path = `${parsed.pathname}${parsed.search}`;
  return {
    isSecure,
    host,
    port,
    authority: parsed.host,
    path: isForwarded ? `${parsed.origin}${path}` : path,
    origin: parsed.origin,
    route,
    isForwarded,
    proxyAuthorization: isForwarded && proxy !== null ? proxyAuthorization(proxy) : null,
    key: `${parsed.origin} ${route.key}`,
    serverName: isIP(host) === 0 ? host : null,
  };
}
