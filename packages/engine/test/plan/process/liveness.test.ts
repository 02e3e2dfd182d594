import { describe, expect, test } from 'vitest';
import { judgeLiveness, provesDeath } from '../../../src/plan/process/liveness.ts';
import type { ProcessRecord } from '../../../src/plan/process/process-record.ts';

const ours: ProcessRecord = { machine: 'm', boot: 'b', namespace: 'n', pid: 1, started: '10' };

describe('F68 whether an owner lives', () => {
  test.each<[string, Partial<ProcessRecord>, { isRunning: boolean | null; isLocalDisk: boolean }, string]>([
    ['runs in our namespace', {}, { isRunning: true, isLocalDisk: true }, 'alive'],
    ['is gone from our namespace', {}, { isRunning: false, isLocalDisk: false }, 'dead'],
    ['cannot be looked for', {}, { isRunning: null, isLocalDisk: true }, 'unknown'],
    ['is in another container', { namespace: 'o' }, { isRunning: false, isLocalDisk: true }, 'unknown'],
    ['says no namespace', { namespace: null }, { isRunning: false, isLocalDisk: true }, 'unknown'],
    ['ran before this machine started', { boot: 'a' }, { isRunning: true, isLocalDisk: false }, 'dead'],
    [
      'ran on another machine, on a local disk',
      { boot: 'a', machine: 'x' },
      { isRunning: true, isLocalDisk: true },
      'dead',
    ],
    [
      'ran on another machine, on a shared disk',
      { boot: 'a', machine: 'x' },
      { isRunning: false, isLocalDisk: false },
      'unknown',
    ],
    [
      'says no machine, on a shared disk',
      { boot: 'a', machine: null },
      { isRunning: false, isLocalDisk: false },
      'unknown',
    ],
    ['says no boot', { boot: null }, { isRunning: false, isLocalDisk: true }, 'unknown'],
  ])('that %s', (_what, theirs, sight, expected) => {
    expect(judgeLiveness({ ...ours, ...theirs }, { ours, ...sight })).toBe(expected);
  });

  test('where systems have no namespaces, a machine that is ours has answered already', () => {
    const plain = { ...ours, boot: null, namespace: null, started: null };
    const sight = { ours: plain, isRunning: true, isLocalDisk: false };
    expect(judgeLiveness(plain, sight)).toBe('dead');
    expect(judgeLiveness({ ...plain, machine: 'x' }, sight)).toBe('unknown');
  });

  test('a lock that is free shows that its holder is gone, on one kernel', () => {
    const apart = { ...ours, namespace: 'o' };
    expect(provesDeath(apart, ours, { lock: 'ours', wasLocked: true })).toBe(true);
    expect(provesDeath(apart, ours, { lock: 'ours', wasLocked: false })).toBe(false);
    expect(provesDeath(apart, ours, { lock: 'none', wasLocked: true })).toBe(false);
    expect(provesDeath({ ...apart, boot: 'a' }, ours, { lock: 'ours', wasLocked: true })).toBe(false);
  });
});
