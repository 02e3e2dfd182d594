/** Opens TCP and TLS connections for both lanes: every address family is tried, and certificates are checked. */
import { type Socket, type TcpNetConnectOpts, connect as connectTcp } from 'node:net';
import { type SecureContext, connect as connectTls, createSecureContext, getCACertificates } from 'node:tls';
import type { Target } from './target.ts';

/** How long one address gets before the next is tried (RFC 8305 section 5); the last one is not cut off. */
const addressAttemptMs = 500;

export type OnRead = NonNullable<TcpNetConnectOpts['onread']>;

export interface Dialer {
  /** A socket that is still connecting; writes wait in it. `secureConnect` or `connect` says that it is open. */
  dial(target: Target, options?: DialOptions): Socket;
}

export interface DialOptions {
  /** Offered in this order by ALPN. Default: HTTP/1.1 alone. */
  readonly protocols?: readonly ('h2' | 'http/1.1')[];
  readonly onread?: OnRead;
}

/** @param certificateAuthorities PEM, trusted beside Node's own and those of the environment */
export function createDialer(certificateAuthorities: readonly string[]): Dialer {
  let context: SecureContext | null = null;
  // Made on first use and shared: reading all authorities takes milliseconds.
  const secureContext = (): SecureContext => {
    context ??= createSecureContext(
      certificateAuthorities.length === 0 ? {} : { ca: [...getCACertificates('default'), ...certificateAuthorities] },
    );
    return context;
  };
  return {
    dial(target, { protocols = ['http/1.1'], onread } = {}) {
      const options = {
        host: target.host,
        port: target.port,
        autoSelectFamily: true,
        autoSelectFamilyAttemptTimeout: addressAttemptMs,
        noDelay: true,
        ...(onread === undefined ? {} : { onread }),
      };
      if (!target.isSecure) return connectTcp(options);
      return connectTls({
        ...options,
        ...(target.serverName === null ? {} : { servername: target.serverName }),
        secureContext: secureContext(),
        ALPNProtocols: [...protocols],
      });
    },
  };
}
