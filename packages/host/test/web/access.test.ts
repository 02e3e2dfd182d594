/** Tests the rules on Host, Origin, token and cookie, as tables. */
import { expect, test } from 'vitest';
import {
  cookieName,
  isAllowedHost,
  isSameOrigin,
  isSameToken,
  readCookie,
  sessionCookie,
} from '../../src/web/access.ts';

const local = { port: 7411, remote: false };
const remote = { port: 7411, remote: true };

test.each<[host: string | undefined, local: boolean, remote: boolean]>([
  ['127.0.0.1:7411', true, true],
  ['localhost:7411', true, true],
  ['LOCALHOST:7411', true, true],
  ['[::1]:7411', true, true],
  ['192.168.1.5:7411', false, true],
  ['[fe80::1]:7411', false, true],
  ['evil.test:7411', false, false],
  ['127.0.0.1.evil.test:7411', false, false],
  ['localhost.evil.test:7411', false, false],
  ['evil.test@127.0.0.1:7411', false, false],
  ['127.0.0.1:7412', false, false],
  ['127.0.0.1:07411', true, true],
  ['127.0.0.1', false, false],
  ['127.0.0.1:7411:7411', false, false],
  ['127.0.0.1:7411/x', false, false],
  ['2130706433:7411', false, false],
  ['', false, false],
  [undefined, false, false],
])('F63: Host %s', (host, fromHere, fromElsewhere) => {
  expect([isAllowedHost(host, local), isAllowedHost(host, remote)]).toEqual([fromHere, fromElsewhere]);
});

test('a browser leaves out only port 80', () => {
  expect(isAllowedHost('127.0.0.1', { port: 80, remote: false })).toBe(true);
});

test.each<[origin: string | undefined, same: boolean]>([
  ['http://127.0.0.1:7411', true],
  ['https://127.0.0.1:7411', false],
  ['http://127.0.0.1:7412', false],
  ['http://localhost:7411', false],
  ['http://evil.test', false],
  ['http://127.0.0.1:7411.evil.test', false],
  ['null', false],
  ['', false],
  [undefined, false],
])('F63: Origin %s', (origin, same) => {
  expect(isSameOrigin(origin, '127.0.0.1:7411')).toBe(same);
});

test.each<[given: string | null | undefined, same: boolean]>([
  ['secret', true],
  ['secre', false],
  ['secrets', false],
  ['', false],
  [null, false],
  [undefined, false],
])('token %s', (given, same) => {
  expect(isSameToken(given, 'secret')).toBe(same);
});

test.each<[header: string | undefined, value: string | null]>([
  ['sluice-1=a', 'a'],
  ['x=1; sluice-1=a; y=2', 'a'],
  ['sluice-1 = a', 'a'],
  ['sluice-12=a', null],
  ['xsluice-1=a', null],
  ['sluice-1', null],
  [undefined, null],
])('cookie header %s', (header, value) => {
  expect(readCookie(header, cookieName(1))).toBe(value);
});

test('the cookie stays from scripts and from other sites', () => {
  expect(sessionCookie(1, 'abc')).toMatch(/^sluice-1=abc; Path=\/; HttpOnly; SameSite=Strict;/);
});
