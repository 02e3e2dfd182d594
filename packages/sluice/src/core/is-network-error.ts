/** Tells failures of the network, which may pass, from all others. */
import { errorCodes, errorTraits } from '@sluice/contract';

const ownCodes: ReadonlySet<string> = new Set(errorCodes);

const networkCodes: ReadonlySet<string> = new Set(errorCodes.filter((code) => errorTraits[code].fault === 'network'));

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

/** What has no code that says it: messages of browsers' and Node's `fetch`, of sockets and of other libraries. */
const messages: readonly RegExp[] = [
  /^(?:typeerror: )?(?:fetch failed|failed to fetch|load failed|network request failed|terminated)$/iu,
  /^networkerror when attempting to fetch resource\.?$/iu,
  /^(?:socket hang up|other side closed|network (?:error|timeout)|network is unreachable|no route to host)\b/iu,
  /^(?:the )?connection (?:was |has been )?(?:reset|refused|aborted|closed|lost|timed out)\b/iu,
  /^client network socket disconnected before secure tls connection was established$/iu,
  /\b(?:ECONNRESET|ECONNREFUSED|ECONNABORTED|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|EPIPE)\b/u,
];

/**
 * Whether an error is the network's doing: a name that does not resolve, a connection refused, reset, cut short or
 * silent, a time-out, a network that is away. Looks into `cause` and into the errors of an AggregateError, knows the
 * codes of Node and undici, also on plain objects (`{ code: 'ECONNRESET' }`, as they come over a wire), and the usual
 * messages of errors without a code. An answer with a status, however bad, is none; nor is a download that was stopped.
 * @param error whatever was thrown
 */
export function isNetworkError(error: unknown): boolean {
  try {
    return isNetworkErrorAt(error, 0);
  } catch {
    // What cannot be looked at says nothing; the caller is handling another error already.
    return false;
  }
}

function isNetworkErrorAt(error: unknown, depth: number): boolean {
  if (typeof error !== 'object' || error === null || depth > deepestCause) return false;
  const { code, name, message, cause, errors } = error as Readonly<Record<string, unknown>>;
  // Of this copy of the library or another, and what came over a wire as a plain object.
  if (typeof code === 'string' && ownCodes.has(code)) {
    if (networkCodes.has(code)) return true;
    // It was sorted already: whatever is behind one of our own other codes is not the network.
    if (code !== 'internal') return false;
  }
  if (typeof code === 'string' && foreignCodes.has(code)) return true;
  if (name === 'TimeoutError') return true;
  if (error instanceof DOMException || name === 'AbortError') return false;
  const isUnsorted = code === undefined || code === 'internal';
  if (isUnsorted && typeof message === 'string' && messages.some((known) => known.test(message))) return true;
  if (Array.isArray(errors) && errors.some((one) => isNetworkErrorAt(one, depth + 1))) return true;
  return isNetworkErrorAt(cause, depth + 1);
}
