/** Puts what Node, OpenSSL and undici say about a network into the engine's error codes. */
import { type ErrorCode, SluiceError } from '@sluice/contract';

/** Who was being spoken to. Hosts and ports are no secrets; links are, and stay out. */
export interface NetworkErrorOptions {
  readonly host: string;
  readonly port: number;
}

const codesBySystemCode: Readonly<Record<string, ErrorCode>> = {
  ENOTFOUND: 'dns-not-found',
  ENODATA: 'dns-not-found',
  EAI_AGAIN: 'dns-temporary',
  EAI_FAIL: 'dns-temporary',
  ESERVFAIL: 'dns-temporary',
  ETIMEOUT: 'dns-temporary',
  ECONNREFUSED: 'connect-refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  ENONET: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ETIMEDOUT: 'connect-timeout',
  ERR_SOCKET_CONNECTION_TIMEOUT: 'connect-timeout',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  UND_ERR_HEADERS_TIMEOUT: 'stalled',
  UND_ERR_BODY_TIMEOUT: 'stalled',
  ECONNRESET: 'connection-reset',
  ECONNABORTED: 'connection-reset',
  ENETRESET: 'connection-reset',
  EPIPE: 'connection-reset',
  ERR_STREAM_PREMATURE_CLOSE: 'connection-reset',
  ERR_HTTP2_STREAM_ERROR: 'connection-reset',
  ERR_HTTP2_SESSION_ERROR: 'connection-reset',
  UND_ERR_SOCKET: 'connection-reset',
  UND_ERR_HEADERS_OVERFLOW: 'http-malformed',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'http-malformed',
  UND_ERR_INVALID_ARG: 'request-invalid',
  EMFILE: 'too-many-files',
  ENFILE: 'too-many-files',
  ENOBUFS: 'file-busy',
  ENOMEM: 'file-busy',
  EPROTO: 'tls-failed',
};

/** OpenSSL's verdicts on a certificate (X509_verify_cert_error), as Node names them. */
const certificateVerdicts: ReadonlySet<string> = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_CRL',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_DECRYPT_CRL_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'ERROR_IN_CRL_LAST_UPDATE_FIELD',
  'ERROR_IN_CRL_NEXT_UPDATE_FIELD',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'HOSTNAME_MISMATCH',
]);

/** What is wrong with a certificate, in a word for a sentence. */
const certificateProblems: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-yet-valid',
  CERT_REVOKED: 'revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'other-name',
  HOSTNAME_MISMATCH: 'other-name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-issuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-issuer',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'own-missing',
};

/**
 * The SluiceError for a failed exchange with a server. A SluiceError passes through; what no table knows is
 * `internal`. Facts: `host`, `port`, and `reason`, the system's own name for the failure; for a certificate also
 * `problem` (`expired`, `not-yet-valid`, `revoked`, `other-name`, `self-signed`, `unknown-issuer`, `own-missing` when
 * the server wants one of ours, `other`) and `names`, those the certificate is for where they are what is wrong.
 */
export function networkError(error: unknown, context: NetworkErrorOptions): SluiceError {
  if (error instanceof SluiceError) return error;
  // Undici's parser leaves the code out where llhttp has none.
  if (error instanceof Error && error.name === 'HTTPParserError') {
    return new SluiceError('http-malformed', 'the response cannot be parsed', { facts: { ...context }, cause: error });
  }
  const known = [...causesOf(error)].map(systemCodeOf).find((code) => code !== null && codeFor(code) !== null);
  const facts = { host: context.host, port: context.port };
  // TCP gave up on a connection that was there, as opposed to one that never came about.
  if (known === 'ETIMEDOUT' && [...causesOf(error)].some(wasConnected)) {
    return new SluiceError('stalled', `${known} at ${context.host}:${context.port}`, { facts, cause: error });
  }
  if (known === undefined || known === null) {
    return new SluiceError('internal', `unexpected network failure: ${nameOf(error)}`, { facts, cause: error });
  }
  return new SluiceError(codeFor(known) ?? 'internal', `${known} at ${context.host}:${context.port}`, {
    facts: { ...facts, reason: known, ...certificateFacts(known, error) },
    cause: error,
  });
}

function certificateFacts(known: string, error: unknown): Record<string, string> {
  if (codeFor(known) !== 'tls-certificate') return {};
  const certificate: unknown = error instanceof Error && 'cert' in error ? error.cert : null;
  const names: unknown =
    typeof certificate === 'object' && certificate !== null ? Reflect.get(certificate, 'subjectaltname') : null;
  const problem = certificateProblems[known] ?? 'other';
  return typeof names === 'string' ? { problem, names: names.slice(0, 500) } : { problem };
}

function codeFor(systemCode: string): ErrorCode | null {
  const code = codesBySystemCode[systemCode];
  if (code !== undefined) return code;
  if (isCertificateVerdict(systemCode) || systemCode in certificateProblems) return 'tls-certificate';
  if (systemCode.startsWith('HPE_')) return 'http-malformed';
  if (/^(ERR_SSL_|ERR_TLS_|ERR_OSSL_)/.test(systemCode)) return 'tls-failed';
  return null;
}

function isCertificateVerdict(systemCode: string): boolean {
  if (systemCode.startsWith('CERT_') || systemCode.startsWith('CRL_')) return true;
  return systemCode.startsWith('ERR_TLS_CERT_') || certificateVerdicts.has(systemCode);
}

/** The error, its causes, and each attempt of a connection that tried several addresses; most telling first. */
function* causesOf(error: unknown): Generator<unknown> {
  if (error instanceof AggregateError) {
    // One address that answered with a refusal says more than others that never answered.
    const attempts: readonly unknown[] = error.errors;
    const refused = attempts.find((attempt) => systemCodeOf(attempt) === 'ECONNREFUSED');
    if (refused !== undefined) yield refused;
    yield* attempts;
  }
  // undici wraps the socket's own error, which is the more exact one.
  if (error instanceof Error && error.cause !== undefined) yield* causesOf(error.cause);
  yield error;
}

function systemCodeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function wasConnected(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && (error.syscall === 'read' || error.syscall === 'write');
}

/** An unknown error's text may quote a link; its class and code do not. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return systemCodeOf(error) ?? error.name;
}
