/** Which server a link names, and what to ask it for. */
import { isIP } from 'node:net';
import { SluiceError } from '@sluice/contract';

export interface Target {
  readonly isSecure: boolean;
  /** A name or an address, without the brackets of IPv6. */
  readonly host: string;
  readonly port: number;
  /** What a Host field says: brackets kept, the scheme's own port left out. */
  readonly authority: string;
  /** Path and query as sent on the request line. */
  readonly path: string;
  /** Equal for links that may share a connection. */
  readonly key: string;
  /** The name for SNI and the certificate; null for an address (RFC 6066 section 3). */
  readonly serverName: string | null;
}

/** @throws `url-invalid`, `url-unsupported` for a scheme other than http and https */
export function parseTarget(url: string): Target {
  const parsed = URL.parse(url);
  if (parsed === null) throw new SluiceError('url-invalid', 'not an absolute URL');
  const isSecure = parsed.protocol === 'https:';
  if (!isSecure && parsed.protocol !== 'http:') {
    throw new SluiceError('url-unsupported', `cannot speak ${parsed.protocol}`, { facts: { scheme: parsed.protocol } });
  }
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  const port = parsed.port === '' ? (isSecure ? 443 : 80) : Number(parsed.port);
  return {
    isSecure,
    host,
    port,
    authority: parsed.host,
    path: `${parsed.pathname}${parsed.search}`,
    key: parsed.origin,
    serverName: isIP(host) === 0 ? host : null,
  };
}
