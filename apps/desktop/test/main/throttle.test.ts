/** Shown at once, then at most once an interval, and the last is never lost. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { throttle } from '../../src/main/throttle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('runs at once, gathers the rest, and ends quiet', () => {
  const task = vi.fn();
  const throttled = throttle(task, 1000);
  throttled();
  throttled();
  throttled();
  expect(task).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(999);
  expect(task).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(task).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(10_000);
  expect(task).toHaveBeenCalledTimes(2);
  expect(vi.getTimerCount()).toBe(0);
});

test('forgets what is to come once it is cancelled', () => {
  const task = vi.fn();
  const throttled = throttle(task, 1000);
  throttled();
  throttled();
  throttled.cancel();
  vi.advanceTimersByTime(5000);
  expect(task).toHaveBeenCalledTimes(1);
  expect(vi.getTimerCount()).toBe(0);
});
