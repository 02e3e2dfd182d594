/** Tests the rules on Host and Origin, as tables. */
import { expect, test } from 'vitest';
import { isAllowedHost, isAmbiguousHost, isSameOrigin } from '../../src/web/access.ts';

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

test.each<[host: string | undefined, ambiguous: boolean]>([
  ['localhost:7411', true],
  ['LocalHost', true],
  ['127.0.0.1:7411', false],
  ['[::1]:7411', false],
  ['localhost.evil.test:7411', false],
  [undefined, false],
])('F93 the name %s is two addresses', (host, ambiguous) => {
  expect(isAmbiguousHost(host)).toBe(ambiguous);
});
