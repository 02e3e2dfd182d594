/** Puts curl's exit codes into the engine's error codes; what curl adds in words only where a code says too little. */
import type { ErrorCode } from '@sluice/contract';
import type { CurlScheme } from './curl-target.ts';

/** How a transfer ended, and what had been heard until then. */
export interface CurlFailure {
  readonly exitCode: number;
  /** curl's own words (`errormsg`). They may hold a link or a server's text: they are read and not passed on. */
  readonly message: string;
  readonly scheme: CurlScheme;
  /** Through a proxy: what could not be reached is the proxy. */
  readonly isProxied: boolean;
  /** What the system said of each address that could not be connected to. */
  readonly dialReasons: readonly string[];
  /** The last reply of an FTP server (RFC 959 section 4.2); null before the first. */
  readonly reply: number | null;
  /** Whether the server's host key is among the known ones, then with another key; null when curl did not say. */
  readonly isHostKnown: boolean | null;
  readonly hasHead: boolean;
}

export interface CurlVerdict {
  readonly code: ErrorCode;
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** man curl, "EXIT CODES". Those that are not here cannot happen to a download, or say nothing: `internal`. */
const codes: Readonly<Record<number, ErrorCode>> = {
  1: 'unsupported',
  3: 'url-invalid',
  4: 'unsupported',
  5: 'proxy-failed',
  6: 'dns-not-found',
  7: 'connect-refused',
  8: 'http-malformed',
  9: 'http-forbidden',
  11: 'http-malformed',
  12: 'connect-timeout',
  13: 'http-malformed',
  14: 'http-malformed',
  15: 'http-malformed',
  16: 'connection-reset',
  17: 'http-malformed',
  18: 'body-short',
  19: 'http-forbidden',
  21: 'http-client-error',
  22: 'http-client-error',
  27: 'file-busy',
  28: 'stalled',
  30: 'connect-refused',
  31: 'range-ignored',
  33: 'range-ignored',
  35: 'tls-failed',
  36: 'range-not-satisfiable',
  45: 'unreachable',
  47: 'redirect-loop',
  48: 'unsupported',
  52: 'connection-reset',
  53: 'tls-failed',
  54: 'tls-failed',
  55: 'connection-reset',
  56: 'connection-reset',
  58: 'request-invalid',
  59: 'tls-failed',
  60: 'tls-certificate',
  61: 'http-malformed',
  64: 'tls-failed',
  66: 'tls-failed',
  67: 'http-unauthorized',
  77: 'request-invalid',
  78: 'http-not-found',
  79: 'connection-reset',
  80: 'tls-failed',
  82: 'tls-certificate',
  83: 'tls-certificate',
  84: 'http-malformed',
  90: 'tls-certificate',
  91: 'tls-certificate',
  92: 'connection-reset',
  94: 'http-unauthorized',
  97: 'proxy-failed',
};

const ssh: ReadonlySet<CurlScheme> = new Set(['sftp', 'scp'] as const);

export function judgeExit(failure: CurlFailure): CurlVerdict {
  const { exitCode, scheme, reply, hasHead } = failure;
  const facts = { exitCode };
  const proxied = judgeProxy(failure);
  if (proxied !== null) return proxied;
  // 4yz is a no for now (RFC 959 section 4.2.1); 421 also says that there are too many of us.
  if (reply !== null && reply >= 400 && reply < 500 && !hasHead && exitCode !== 7) {
    return { code: 'http-unavailable', facts: { ...facts, reply } };
  }
  if (exitCode === 7) return judgeDial(failure);
  if (!isFile(scheme) && isNotHttp(failure)) return { code: 'http-malformed', facts };
  if (exitCode === 2 && ssh.has(scheme)) return { code: 'tls-failed', facts };
  if (exitCode === 60) return ssh.has(scheme) ? judgeHostKey(failure) : judgeCertificate(failure);
  // 550 says only that the file cannot be had: for a folder on the way that is mostly a name that is wrong.
  if ((exitCode === 9 || exitCode === 19) && reply === 550)
    return { code: 'http-not-found', facts: { ...facts, reply } };
  if (exitCode === 28 && !hasHead && failure.dialReasons.length > 0) return { code: 'connect-timeout', facts };
  return { code: codes[exitCode] ?? 'internal', facts };
}

function isFile(scheme: CurlScheme): boolean {
  return scheme !== 'http' && scheme !== 'https';
}

/** 1: not even a status line; 27: more of a head than curl is ready to take; 56: chunks that are none. */
function isNotHttp({ exitCode, message, hasHead }: CurlFailure): boolean {
  if (exitCode === 1 || exitCode === 27) return !hasHead;
  return exitCode === 56 && /chunked|malformed/i.test(message);
}

function judgeProxy({ exitCode, isProxied, message, dialReasons }: CurlFailure): CurlVerdict | null {
  if (!isProxied) return null;
  const status = Number(/CONNECT.*?(\d{3})/i.exec(message)?.[1] ?? 0);
  if (status === 407 || status === 401) return { code: 'proxy-auth-required', facts: { status } };
  if (status !== 0) return { code: 'proxy-failed', facts: { status } };
  if (exitCode === 97 && /auth|user|login/i.test(message)) return { code: 'proxy-auth-required' };
  const reason = dialReasons.at(-1) ?? '';
  return exitCode === 7 || exitCode === 97 ? { code: 'proxy-failed', facts: reason === '' ? {} : { reason } } : null;
}

/** One address that answered with a refusal says more than others that never answered. */
function judgeDial({ dialReasons }: CurlFailure): CurlVerdict {
  const reasons = dialReasons.join('\n');
  if (reasons === '' || /refused/i.test(reasons)) return { code: 'connect-refused', facts: { reason: 'ECONNREFUSED' } };
  if (/timed? ?out/i.test(reasons)) return { code: 'connect-timeout', facts: { reason: 'ETIMEDOUT' } };
  return { code: 'unreachable', facts: { reason: 'EHOSTUNREACH' } };
}

function judgeHostKey({ isHostKnown }: CurlFailure): CurlVerdict {
  return { code: 'ssh-host-key', facts: { problem: isHostKnown === true ? 'changed' : 'unknown' } };
}

/** As OpenSSL words it; other makes of TLS word it otherwise, and then it is `other`. */
const certificateProblems: readonly (readonly [words: RegExp, problem: string, reason: string])[] = [
  [/has expired/i, 'expired', 'CERT_HAS_EXPIRED'],
  [/not yet valid/i, 'not-yet-valid', 'CERT_NOT_YET_VALID'],
  [/revoked/i, 'revoked', 'CERT_REVOKED'],
  [/subject name|altname|does not match/i, 'other-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  [/self[- ]signed certificate in/i, 'unknown-issuer', 'SELF_SIGNED_CERT_IN_CHAIN'],
  [/self[- ]signed/i, 'self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  [/issuer/i, 'unknown-issuer', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
];

function judgeCertificate({ message }: CurlFailure): CurlVerdict {
  const [, problem = 'other', reason = 'CURLE_PEER_FAILED_VERIFICATION'] =
    certificateProblems.find(([words]) => words.test(message)) ?? [];
  return { code: 'tls-certificate', facts: { problem, reason } };
}
