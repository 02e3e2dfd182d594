import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSystemClock } from '../../src/adapters/system-clock.ts';

const clock = createSystemClock();
const day = 24 * 60 * 60 * 1000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Whether it has settled by now, and how. */
function watch(promise: Promise<void>): { readonly state: () => string } {
  let state = 'pending';
  promise.then(
    () => (state = 'done'),
    (reason: unknown) => (state = `failed: ${reason instanceof Error ? reason.message : String(reason)}`),
  );
  return { state: () => state };
}

describe('sleeping', () => {
  test('lasts as long as asked', async () => {
    const sleep = watch(clock.sleep(500));
    await vi.advanceTimersByTimeAsync(499);
    expect(sleep.state()).toBe('pending');
    await vi.advanceTimersByTimeAsync(1);
    expect(sleep.state()).toBe('done');
  });

  test('longer than a timer can hold neither ends at once nor early', async () => {
    const sleep = watch(clock.sleep(60 * day));
    await vi.advanceTimersByTimeAsync(60 * day - 1);
    expect(sleep.state()).toBe('pending');
    await vi.advanceTimersByTimeAsync(1);
    expect(sleep.state()).toBe('done');
  });

  test('for ever ends by its signal alone', async () => {
    const controller = new AbortController();
    const sleep = watch(clock.sleep(Number.POSITIVE_INFINITY, controller.signal));
    await vi.advanceTimersByTimeAsync(100 * day);
    expect(sleep.state()).toBe('pending');
    controller.abort(new Error('paused'));
    await vi.advanceTimersByTimeAsync(0);
    expect(sleep.state()).toBe('failed: paused');
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([0, -5, Number.NaN])('for %s is over at once', async (delayMs) => {
    await clock.sleep(delayMs);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('with a signal that was aborted before fails with its reason', async () => {
    await expect(clock.sleep(10, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('leaves no listener behind', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    const sleep = clock.sleep(5, signal);
    await vi.advanceTimersByTimeAsync(5);
    await sleep;
    expect(added).toHaveBeenCalledTimes(1);
    expect(removed.mock.calls[0]?.[1]).toBe(added.mock.calls[0]?.[1]);
  });
});

describe('an interval', () => {
  test('calls back until it is stopped', async () => {
    const callback = vi.fn();
    const stop = clock.every(100, callback);
    await vi.advanceTimersByTimeAsync(350);
    expect(callback).toHaveBeenCalledTimes(3);
    stop();
    stop();
    await vi.advanceTimersByTimeAsync(1000);
    expect(callback).toHaveBeenCalledTimes(3);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the time', () => {
  test('is that of the system', () => {
    vi.setSystemTime(Date.UTC(2031, 5, 6));
    expect(clock.wallMs()).toBe(Date.UTC(2031, 5, 6));
    const before = clock.monotonicMs();
    vi.advanceTimersByTime(25);
    expect(clock.monotonicMs() - before).toBe(25);
  });
});
