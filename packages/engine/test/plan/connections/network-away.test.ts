import { expect, test } from 'vitest';
import type { ErrorCode } from '@sluice/contract';
import { createSystemNetwork } from '../../../src/adapters/system-network.ts';
import { awayDelayMs, isNetworkAway } from '../../../src/plan/connections/network-away.ts';

const far = { host: 'example.com' };

test.each<[ErrorCode, Record<string, string>, boolean, boolean]>([
  ['unreachable', { ...far, reason: 'ENETUNREACH' }, true, true],
  ['unreachable', { ...far, reason: 'EHOSTUNREACH' }, false, true],
  ['dns-temporary', far, true, true],
  ['unreachable', { ...far, reason: 'EPERM' }, true, false],
  ['unreachable', { ...far, reason: 'EADDRNOTAVAIL' }, true, false],
  ['stalled', far, true, false],
  ['stalled', far, false, true],
  ['connect-timeout', far, false, true],
  ['connection-reset', far, false, true],
  ['dns-not-found', far, false, true],
  ['dns-not-found', far, true, false],
  ['http-server-error', far, false, false],
  ['disk-full', {}, false, false],
  ['tls-certificate', far, false, false],
  ['unreachable', { host: '127.0.0.1' }, false, false],
  ['connection-reset', { host: 'localhost' }, false, false],
  ['stalled', { host: '::1' }, false, false],
])('F125 %s with %o where a way out is %s: away %s', (code, facts, hasWayOut, isAway) => {
  expect(isNetworkAway({ code, facts, hasWayOut })).toBe(isAway);
});

test('F125 an address that others can answer to is a way out; a loopback is none', () => {
  const inner = { internal: true };
  const outer = { internal: false };
  expect(createSystemNetwork(() => ({ lo: [inner] })).hasWayOut()).toBe(false);
  expect(createSystemNetwork(() => ({})).hasWayOut()).toBe(false);
  expect(createSystemNetwork(() => ({ lo: [inner], eth0: [outer] })).hasWayOut()).toBe(true);
  const forbidden = createSystemNetwork(() => {
    throw new Error('EACCES');
  });
  expect(forbidden.hasWayOut()).toBe(true);
});

test('F125 it is tried again every three seconds for a minute, and then ever less often', () => {
  const delays = Array.from({ length: 60 }, (_, index) => awayDelayMs(index + 1, 300_000));
  expect(delays.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 3000));
  expect(delays.slice(20, 23)).toEqual([6000, 12_000, 24_000]);
  expect(delays.at(-1)).toBe(300_000);
});
