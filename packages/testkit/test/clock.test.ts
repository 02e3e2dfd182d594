import { describe, expect, test } from 'vitest';
import { createFakeClock } from '../src/clock.ts';

const start = Date.UTC(2030, 0, 1);

describe('a fake clock', () => {
  test('stands still until it is moved', async () => {
    const clock = createFakeClock(start);
    expect([clock.monotonicMs(), clock.wallMs()]).toEqual([0, start]);
    await clock.advance(1500);
    expect([clock.monotonicMs(), clock.wallMs()]).toEqual([1500, start + 1500]);
  });

  test('wakes sleepers in order of time, each at its own moment, and what follows from one comes before the next', async () => {
    const clock = createFakeClock();
    const seen: string[] = [];
    const sleeper = async (name: string, ...delaysMs: number[]) => {
      for (const delayMs of delaysMs) {
        await clock.sleep(delayMs);
        seen.push(`${name}@${clock.monotonicMs()}`);
      }
    };
    void sleeper('a', 30, 5, 100);
    void sleeper('b', 10, 10, 10);
    await clock.advance(50);
    expect(seen).toEqual(['b@10', 'b@20', 'a@30', 'b@30', 'a@35']);
    expect(clock.pending).toBe(1);
  });

  test('calls intervals back at every multiple until they are stopped, also from within', async () => {
    const clock = createFakeClock();
    const seen: number[] = [];
    const stop = clock.every(10, () => {
      seen.push(clock.monotonicMs());
      if (seen.length === 3) stop();
    });
    await clock.advance(100);
    expect(seen).toEqual([10, 20, 30]);
    expect(clock.pending).toBe(0);
  });

  test('ends a sleep by its signal at once', async () => {
    const clock = createFakeClock();
    const controller = new AbortController();
    const sleep = clock.sleep(1e12, controller.signal);
    controller.abort(new Error('paused'));
    await expect(sleep).rejects.toThrow('paused');
    await expect(clock.sleep(1, controller.signal)).rejects.toThrow('paused');
    expect(clock.pending).toBe(0);
  });

  test('goes from one event to the next', async () => {
    const clock = createFakeClock();
    void clock.sleep(70_000_000_000);
    expect(await clock.advanceToNext()).toBe(true);
    expect(clock.monotonicMs()).toBe(70_000_000_000);
    expect(await clock.advanceToNext()).toBe(false);
  });

  test('lets the wall clock jump alone', async () => {
    const clock = createFakeClock(start);
    let woke = false;
    void clock.sleep(100).then(() => (woke = true));
    clock.jumpWall(-3_600_000);
    await clock.advance(99);
    expect([clock.wallMs(), woke]).toEqual([start - 3_600_000 + 99, false]);
    await clock.advance(1);
    expect(woke).toBe(true);
  });
});
