import { expect, it } from 'vitest';
import { parseChallenges } from '../../../src/plan/request/auth-challenge.ts';
import { chooseProxy, noProxies, proxySettingsFrom } from '../../../src/plan/request/choose-proxy.ts';
import { chooseDigest, digestAuthorization } from '../../../src/plan/request/digest-auth.ts';
import { findNetrcLogin } from '../../../src/plan/request/netrc.ts';

it.each([
  ['machine a login x password y', 'a', { username: 'x', password: 'y' }],
  ['machine b login x password y\ndefault login d password e', 'a', { username: 'd', password: 'e' }],
  ['# machine a login no\nmachine A\n  login "x y"\n  password "p\\"q"', 'a', { username: 'x y', password: 'p"q' }],
  ['machine a\npassword only', 'a', null],
  [
    'macdef init\nmachine a login no password no\n\nmachine a login x password y',
    'a',
    { username: 'x', password: 'y' },
  ],
  ['', 'a', null],
])('reads a .netrc: %j', (text, host, login) => {
  expect(findNetrcLogin(text, host)).toEqual(login);
});

it.each([
  ['http://a.test/', null, 'http://p:1'],
  ['https://a.test/', null, 'socks5://s:2'],
  ['http://in.corp/', null, null],
  ['http://x.in.corp/', null, null],
  ['http://xin.corp/', null, 'http://p:1'],
  ['http://port.test:8080/', null, null],
  ['http://port.test/', null, 'http://p:1'],
  ['http://[::1]/', null, null],
  ['http://a.test/', 'none', null],
  ['http://in.corp/', 'http://own:3', 'http://own:3'],
])('chooses the proxy of %s with the setting %s', (url, spec, proxy) => {
  const settings = { http: 'p:1', https: null, all: 'socks5://s:2', none: '.in.corp, port.test:8080 [::1]' };
  expect(chooseProxy(url, spec, settings)).toBe(proxy);
});

it('takes no proxy from a variable that a request may have set', () => {
  expect(proxySettingsFrom({ HTTP_PROXY: 'http://evil:1' })).toEqual(noProxies);
});

it('parts challenges from parameters, tokens and quoted commas', () => {
  const [first, second, third] = parseChallenges(['Negotiate, Basic realm="a, \\"b\\"", Digest nonce=n , qop="auth"']);
  expect([first?.scheme, first?.parameters.size]).toEqual(['negotiate', 0]);
  expect(second?.parameters.get('realm')).toBe('a, "b"');
  expect([...(third?.parameters ?? [])]).toEqual([
    ['nonce', 'n'],
    ['qop', 'auth'],
  ]);
});

it('prefers SHA-256, and leaves alone what it cannot answer', () => {
  const challenges = parseChallenges([
    'Digest realm="r", nonce="1", algorithm=MD5, qop="auth"',
    'Digest realm="r", nonce="2", algorithm=SHA-256, qop="auth"',
    'Digest realm="r", nonce="3", algorithm=SHA-512-256, qop="auth"',
  ]);
  expect(chooseDigest(challenges)).toMatchObject({ nonce: '2', hash: 'sha256' });
  expect(chooseDigest(parseChallenges(['Digest realm="r", nonce="3", qop="auth-int"']))).toBeNull();
});

it('hashes what RFC 7616 section 3.4 says, in its order', () => {
  const [challenge] = [chooseDigest(parseChallenges(['Digest realm="r", nonce="n", qop="auth"']))];
  if (challenge === null || challenge === undefined) throw new Error('no challenge');
  const question = { challenge, username: 'u', password: 'p', method: 'GET', path: '/x', count: 1, clientNonce: 'c' };
  const field = digestAuthorization(question, (_hash, text) => `<${text}>`);
  expect(field).toContain('response="<<u:r:p>:n:00000001:c:auth:<GET:/x>>"');
});
