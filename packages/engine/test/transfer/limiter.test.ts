import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/ports/clock.ts';
import { SpeedLimiter } from '../../src/transfer/limiter.ts';

function movingClock(): Clock & { nowMs: number } {
  return {
    nowMs: 1000,
    monotonicMs() {
      return this.nowMs;
    },
    wallMs: () => 0,
    localTime: () => ({ day: 0, minute: 0 }),
    sleep: async () => {},
    every: () => () => {},
  };
}

describe('SpeedLimiter', () => {
  it('asks for no wait without a limit', () => {
    expect(new SpeedLimiter(movingClock()).take(1e9)).toBe(0);
  });

  it('lets no more through than the limit over any stretch of time, but for one burst', () => {
    const reads = fc.array(fc.integer({ min: 1, max: 65_536 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 10_000_000 }), reads, (bytesPerSecond, sizes) => {
        const clock = movingClock();
        const limiter = new SpeedLimiter(clock, bytesPerSecond);
        const startMs = clock.nowMs;
        let total = 0;
        for (const sizeBytes of sizes) {
          total += sizeBytes;
          clock.nowMs += limiter.take(sizeBytes);
        }
        const allowed = (bytesPerSecond * (clock.nowMs - startMs + 100)) / 1000;
        expect(total).toBeLessThanOrEqual(allowed + 1);
      }),
    );
  });

  it('shares one limit among several readers that each wait as told', () => {
    const clock = movingClock();
    const limiter = new SpeedLimiter(clock, 1_000_000);
    const waits = [1, 2, 3, 4].map(() => limiter.take(250_000));
    expect(waits).toEqual([150, 400, 650, 900]);
  });

  it('forgives the debt of an old limit', () => {
    const clock = movingClock();
    const limiter = new SpeedLimiter(clock, 1000);
    expect(limiter.take(1_000_000)).toBeGreaterThan(900_000);
    limiter.setLimit(1_000_000);
    expect(limiter.take(1000)).toBe(0);
  });

  it('keeps reads small under a slow limit and unbounded without one', () => {
    const clock = movingClock();
    expect(new SpeedLimiter(clock, 10_000).readBytes).toBe(4096);
    expect(new SpeedLimiter(clock).readBytes).toBe(Number.POSITIVE_INFINITY);
  });
});
