/** Tells failures of the network, which may pass, from all others. */
import { type ErrorCode, SluiceError } from '@sluice/contract';

const networkCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'dns-not-found',
  'dns-temporary',
  'connect-refused',
  'connect-timeout',
  'unreachable',
  'connection-reset',
  'stalled',
  'tls-failed',
  'proxy-failed',
  'body-short',
  'disconnected',
  'timeout',
]);

/** What Node (libuv), its resolver, its TLS and undici call the same. */
const foreignCodes: ReadonlySet<string> = new Set(
  `ECONNRESET ECONNREFUSED ECONNABORTED EPIPE ETIMEDOUT ENOTFOUND EAI_AGAIN EAI_NODATA EAI_NONAME EAI_FAIL ENETUNREACH
  ENETDOWN ENETRESET EHOSTUNREACH EHOSTDOWN EADDRNOTAVAIL ENODATA ESERVFAIL ETIMEOUT ECONNECTIONREFUSED EPROTO
  ERR_SSL_WRONG_VERSION_NUMBER ERR_STREAM_PREMATURE_CLOSE ERR_SOCKET_CONNECTION_TIMEOUT
  UND_ERR_CONNECT_TIMEOUT UND_ERR_HEADERS_TIMEOUT UND_ERR_BODY_TIMEOUT UND_ERR_SOCKET UND_ERR_CLOSED
  UND_ERR_DESTROYED`.split(/\s+/u),
);

/** Deeper than errors are wrapped by anything; a chain may also bite its own tail. */
const deepestCause = 16;

/**
 * Whether an error is the network's doing: a name that does not resolve, a connection refused, reset, cut short or
 * silent, a time-out, a network that is away. Looks into `cause` and into the errors of an AggregateError, and knows
 * the codes of Node and undici. An answer with a status, however bad, is none; nor is a download that was stopped.
 */
export function isNetworkError(error: unknown): boolean {
  return isNetworkErrorAt(error, 0);
}

function isNetworkErrorAt(error: unknown, depth: number): boolean {
  if (!(error instanceof Error) || depth > deepestCause) return false;
  if (error instanceof SluiceError) {
    if (networkCodes.has(error.code)) return true;
    // It was sorted already: whatever is behind one of our own other codes is not the network.
    if (error.code !== 'internal') return false;
  }
  if ('code' in error && typeof error.code === 'string' && foreignCodes.has(error.code)) return true;
  if (error.name === 'TimeoutError') return true;
  if (error instanceof AggregateError && error.errors.some((one) => isNetworkErrorAt(one, depth + 1))) return true;
  return isNetworkErrorAt(error.cause, depth + 1);
}
