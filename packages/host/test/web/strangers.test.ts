/** Tests what clients without a key can hold. */
import { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Strangers } from '../../src/web/strangers.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function socket(): Duplex {
  return new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
}

test('F96 no more than the limit, the oldest go first, and a client that has shown a key stays', () => {
  const strangers = new Strangers({ most: 2, deadlineMs: 5000 });
  const [first, second, third, fourth] = [socket(), socket(), socket(), socket()];
  for (const one of [first, second, second]) strangers.admit(one);
  strangers.release(first);
  for (const one of [third, fourth]) strangers.admit(one);
  expect([first.destroyed, second.destroyed, third.destroyed, strangers.count]).toEqual([false, true, false, 2]);
  vi.advanceTimersByTime(4999);
  expect(third.destroyed).toBe(false);
  vi.advanceTimersByTime(1);
  expect([first.destroyed, third.destroyed, fourth.destroyed]).toEqual([false, true, true]);
});
