/** Opens TCP and TLS connections for both backends: every address family is tried, and certificates are checked. */
import { type Socket, type TcpNetConnectOpts, connect as connectTcp } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { createSecureContexts } from './secure-contexts.ts';
import type { Target } from './target.ts';

/** How long one address gets before the next is tried (RFC 8305 section 5); the last one is not cut off. */
const addressAttemptMs = 500;

export type OnRead = NonNullable<TcpNetConnectOpts['onread']>;

export interface Dialer {
  /**
   * A socket that is still connecting; writes wait in it. `secureConnect` or `connect` says that it is open.
   * Over a tunnel it is deaf to `onread`; without TLS it is the tunnel itself, open already.
   */
  dial(target: Target, options?: DialOptions): Socket;
}

export interface DialOptions {
  /** Offered in this order by ALPN. Default: HTTP/1.1 alone. */
  readonly protocols?: readonly ('h2' | 'http/1.1')[];
  readonly onread?: OnRead;
  /** As `openTunnel` made it for this target. */
  readonly tunnel?: Socket | null;
}

/** @param certificateAuthorities PEM, trusted beside Node's own and those of the environment */
export function createDialer(certificateAuthorities: readonly string[]): Dialer {
  const contexts = createSecureContexts(certificateAuthorities);
  return {
    dial(target, { protocols = ['http/1.1'], onread, tunnel = null } = {}) {
      // Node takes `onread` where it opens the TCP connection itself; a TLSSocket over a given socket is made without it.
      const reading = onread === undefined || tunnel !== null ? {} : { onread };
      if (!target.isSecure) return tunnel ?? connectTcp({ ...addressOf(target), ...reading });
      const { trust } = target.route;
      const options: ConnectionOptions = {
        ...(tunnel === null ? addressOf(target) : { socket: tunnel, host: target.host }),
        ...(target.serverName === null ? {} : { servername: target.serverName }),
        secureContext: contexts.for(trust),
        rejectUnauthorized: !trust.isInsecure,
        ALPNProtocols: [...protocols],
      };
      return connectTls({ ...options, ...reading });
    },
  };
}

/** Whom to dial: the server, or the proxy that forwards to it. */
function addressOf(target: Target): TcpNetConnectOpts {
  const { proxy, family } = target.route;
  const { host, port } = target.isForwarded && proxy !== null ? proxy : target;
  return {
    host,
    port,
    noDelay: true,
    ...(family === 0
      ? { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: addressAttemptMs }
      : { family, autoSelectFamily: false }),
  };
}
