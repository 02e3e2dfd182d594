/** Tests waiting with a deadline. */
import { expect, test, vi } from 'vitest';
import { settlesWithin } from '../src/settles-within.ts';

test('tells whether work settled in time, and leaves no timer', async () => {
  vi.useFakeTimers();
  try {
    expect(await settlesWithin(Promise.resolve('x'), 100)).toBe(true);
    await expect(settlesWithin(Promise.reject(new Error('broken')), 100)).rejects.toThrow('broken');
    expect(vi.getTimerCount()).toBe(0);
    const late = settlesWithin(new Promise(() => {}), 100);
    await vi.advanceTimersByTimeAsync(100);
    expect(await late).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});
