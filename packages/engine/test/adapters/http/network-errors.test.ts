import { expect, test } from 'vitest';
import { SluiceError } from '../../../src/errors.ts';
import { networkError } from '../../../src/adapters/http/network-errors.ts';

const server = { host: 'files.example', port: 8443 };

function systemError(code: string, more: object = {}): Error {
  return Object.assign(new Error(`${code} https://user:s3cret@files.example/a?token=s3cret`), { code, ...more });
}

test.each([
  ['ENOTFOUND', 'dns-not-found'],
  ['EAI_AGAIN', 'dns-temporary'],
  ['ECONNREFUSED', 'connect-refused'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['ETIMEDOUT', 'connect-timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'connect-timeout'],
  ['ECONNRESET', 'connection-reset'],
  ['EPIPE', 'connection-reset'],
  ['UND_ERR_SOCKET', 'connection-reset'],
  ['UND_ERR_HEADERS_TIMEOUT', 'stalled'],
  ['UND_ERR_HEADERS_OVERFLOW', 'http-malformed'],
  ['HPE_INVALID_CONSTANT', 'http-malformed'],
  ['EPROTO', 'tls-failed'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-failed'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls-failed'],
  ['EMFILE', 'too-many-files'],
])('%s is %s, with host, port and reason, and without the link', (code, expected) => {
  const error = networkError(systemError(code), server);
  expect(error.code).toBe(expected);
  expect(error.facts).toEqual({ ...server, reason: code });
  expect(error.message).not.toContain('s3cret');
});

test.each([
  ['CERT_HAS_EXPIRED', 'expired'],
  ['CERT_NOT_YET_VALID', 'not-yet-valid'],
  ['CERT_REVOKED', 'revoked'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'unknown-issuer'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unknown-issuer'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unknown-issuer'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'other-name'],
])('%s is tls-certificate, and says what is wrong with it: %s', (code, problem) => {
  const error = networkError(systemError(code), server);
  expect(error.code).toBe('tls-certificate');
  expect(error.facts).toEqual({ ...server, reason: code, problem });
  expect(error.message).not.toContain('s3cret');
});

test('TCP giving up on a connection that was there is a stall, not a failed connect', () => {
  expect(networkError(systemError('ETIMEDOUT', { syscall: 'read' }), server).code).toBe('stalled');
  expect(networkError(systemError('ETIMEDOUT', { syscall: 'connect' }), server).code).toBe('connect-timeout');
});

test('of several addresses, the one that answered speaks for all', () => {
  const attempts = [systemError('ENETUNREACH'), systemError('ETIMEDOUT'), systemError('ECONNREFUSED')];
  expect(networkError(new AggregateError(attempts, 'all failed'), server).code).toBe('connect-refused');
  expect(networkError(new AggregateError(attempts.slice(0, 2), 'all failed'), server).code).toBe('unreachable');
});

test('the cause below is the more exact one', () => {
  const wrapped = Object.assign(new Error('other side closed', { cause: systemError('ECONNRESET') }), {
    code: 'UND_ERR_SOCKET',
  });
  expect(networkError(wrapped, server).facts['reason']).toBe('ECONNRESET');
});

test('a SluiceError stays as it is; the unknown is internal and quotes nothing', () => {
  const known = new SluiceError('stalled');
  expect(networkError(known, server)).toBe(known);
  for (const unknown of [systemError('EWHATEVER'), new TypeError('bad s3cret'), 's3cret', null]) {
    const error = networkError(unknown, server);
    expect(error.code).toBe('internal');
    expect(error.message).not.toContain('s3cret');
  }
});
