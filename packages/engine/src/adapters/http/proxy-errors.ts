/** Says that it was the proxy, and not the server behind it, that failed. */
import { type ErrorCode, SluiceError } from '@sluice/contract';
import { networkError } from './network-errors.ts';
import type { Proxy } from './route.ts';
import type { Target } from './target.ts';

/** Before a connection is open, these are about the host that was dialled. */
const dialFailures: ReadonlySet<ErrorCode> = new Set([
  'dns-not-found',
  'dns-temporary',
  'connect-refused',
  'connect-timeout',
  'unreachable',
  'connection-reset',
]);

/** The error of a connection that never came about, blamed on the proxy where it was the proxy that was dialled. */
export function routedError(error: unknown, target: Target): unknown {
  const { proxy } = target.route;
  return proxy === null || !target.isForwarded ? error : proxyError(error, proxy);
}

/** Names the proxy by host and port, and keeps the system's name for the failure. */
export function proxyError(error: unknown, proxy: Proxy): unknown {
  const { host, port } = proxy;
  const known = networkError(error, { host, port });
  if (!dialFailures.has(known.code)) return known;
  const reason = known.facts?.['reason'] ?? known.code;
  return new SluiceError('proxy-failed', `the proxy ${host}:${port} could not be reached: ${reason}`, {
    facts: { host, port, reason },
  });
}
