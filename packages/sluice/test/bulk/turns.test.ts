import { createFakeClock } from '@sluice/testkit/clock';
import { describe, expect, test } from 'vitest';
import { Turns } from '../../src/bulk/turns.ts';

const never = new AbortController().signal;

describe('turns', () => {
  test('so many at once, in the order in which they were asked for', async () => {
    const clock = createFakeClock();
    const turns = new Turns({ concurrency: 2, pauseMs: 0 }, clock);
    const order: number[] = [];
    const taken = [1, 2, 3, 4].map((number) =>
      turns.take(never).then((turn) => {
        order.push(number);
        return turn;
      }),
    );
    await clock.advance(0);
    expect(order).toEqual([1, 2]);
    const [, second] = await Promise.all(taken.slice(0, 2));
    second?.giveBack();
    second?.giveBack();
    await clock.advance(0);
    expect(order).toEqual([1, 2, 3]);
  });

  test('their starts are so far apart, however many there may be at once', async () => {
    const clock = createFakeClock();
    const turns = new Turns({ concurrency: 9, pauseMs: 250 }, clock);
    const startsMs: number[] = [];
    for (let count = 0; count < 4; count += 1) void turns.take(never).then(() => startsMs.push(clock.monotonicMs()));
    await clock.advance(10_000);
    expect(startsMs).toEqual([0, 250, 500, 750]);
    await turns.take(never);
    expect(clock.pending).toBe(0);
  });

  test('who leaves the queue takes nobody’s turn', async () => {
    const clock = createFakeClock();
    const turns = new Turns({ concurrency: 1, pauseMs: 0 }, clock);
    const first = await turns.take(never);
    const leaving = new AbortController();
    const second = turns.take(leaving.signal);
    const third = turns.take(never);
    leaving.abort(new Error('left'));
    await expect(second).rejects.toThrow('left');
    first.giveBack();
    await expect(third).resolves.toBeDefined();
  });

  test('who leaves at the very moment of being called up gives the turn on', async () => {
    const clock = createFakeClock();
    const turns = new Turns({ concurrency: 1, pauseMs: 0 }, clock);
    const first = await turns.take(never);
    const leaving = new AbortController();
    const second = turns.take(leaving.signal);
    const third = turns.take(never);
    first.giveBack();
    leaving.abort(new Error('left'));
    await expect(second).rejects.toThrow('left');
    await expect(third).resolves.toBeDefined();
  });

  test('who leaves during the pause gives the turn on', async () => {
    const clock = createFakeClock();
    const turns = new Turns({ concurrency: 1, pauseMs: 1000 }, clock);
    (await turns.take(never)).giveBack();
    const leaving = new AbortController();
    const second = turns.take(leaving.signal);
    await clock.advance(10);
    leaving.abort(new Error('left'));
    await expect(second).rejects.toThrow('left');
    const third = turns.take(never);
    await clock.advance(5000);
    await expect(third).resolves.toBeDefined();
  });
});
