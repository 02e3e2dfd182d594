import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { remainingMs, SpeedMeter } from '../../../src/plan/connections/speed.ts';

/** Samples at a steady pace, every 100 ms. */
function steady(
  meter: SpeedMeter,
  pace: { fromMs: number; fromBytes: number; bytesPerSecond: number; forMs: number },
): void {
  for (let ms = 0; ms <= pace.forMs; ms += 100) {
    meter.sample(pace.fromMs + ms, pace.fromBytes + (pace.bytesPerSecond * ms) / 1000);
  }
}

describe('speed', () => {
  test('is unknown before two samples, then right at once', () => {
    const meter = new SpeedMeter();
    meter.sample(5000, 700);
    expect(meter.bytesPerSecond).toBe(0);
    meter.sample(5100, 800);
    expect(meter.bytesPerSecond).toBeCloseTo(1000);
  });

  test('follows a change within seconds', () => {
    const meter = new SpeedMeter();
    steady(meter, { fromMs: 0, fromBytes: 0, bytesPerSecond: 1000, forMs: 10_000 });
    steady(meter, { fromMs: 10_000, fromBytes: 10_000, bytesPerSecond: 5000, forMs: 2000 });
    expect(meter.bytesPerSecond).toBeGreaterThan(3000);
    expect(meter.bytesPerSecond).toBeLessThan(5000);
  });

  test('does not depend on how often it is looked at', () => {
    const [often, seldom] = [new SpeedMeter(), new SpeedMeter()];
    for (let ms = 0; ms <= 10_000; ms += 10) often.sample(ms, ms * 3);
    for (let ms = 0; ms <= 10_000; ms += 1000) seldom.sample(ms, ms * 3);
    expect(often.bytesPerSecond).toBeCloseTo(3000);
    expect(seldom.bytesPerSecond).toBeCloseTo(3000);
  });

  test('falls to nothing when nothing comes', () => {
    const meter = new SpeedMeter();
    steady(meter, { fromMs: 0, fromBytes: 0, bytesPerSecond: 1000, forMs: 5000 });
    steady(meter, { fromMs: 5000, fromBytes: 5000, bytesPerSecond: 0, forMs: 20_000 });
    expect(meter.bytesPerSecond).toBeLessThan(1);
  });

  test('bytes of the same moment are not lost', () => {
    const meter = new SpeedMeter();
    meter.sample(0, 0);
    meter.sample(0, 500);
    meter.sample(1000, 1000);
    expect(meter.bytesPerSecond).toBeCloseTo(1000);
  });

  test('F37 a clock that jumps back, a long sleep and a restart change nothing', () => {
    const meter = new SpeedMeter();
    steady(meter, { fromMs: 100_000, fromBytes: 0, bytesPerSecond: 1000, forMs: 10_000 });
    const before = meter.bytesPerSecond;
    meter.sample(50_000, 10_100);
    expect(meter.bytesPerSecond).toBe(before);
    meter.sample(50_000 + 3_600_000, 10_200);
    expect(meter.bytesPerSecond).toBe(before);
    meter.sample(50_000 + 3_600_100, 0);
    expect(meter.bytesPerSecond).toBe(before);
    steady(meter, { fromMs: 4_000_000, fromBytes: 0, bytesPerSecond: 1000, forMs: 1000 });
    expect(meter.bytesPerSecond).toBeCloseTo(1000);
  });

  test('F37 is never negative and never above the fastest moment, whatever the samples', () => {
    const sample = fc.tuple(fc.integer({ min: 0, max: 1e7 }), fc.nat(1e9));
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 40 }), (samples) => {
        const meter = new SpeedMeter();
        for (const [atMs, receivedBytes] of samples) {
          meter.sample(atMs, receivedBytes);
          expect(meter.bytesPerSecond).toBeGreaterThanOrEqual(0);
          expect(meter.bytesPerSecond).toBeLessThanOrEqual(1e12 * 1.000_001);
        }
      }),
    );
  });

  test('starts afresh after a reset', () => {
    const meter = new SpeedMeter();
    steady(meter, { fromMs: 0, fromBytes: 0, bytesPerSecond: 9000, forMs: 1000 });
    meter.reset();
    expect(meter.bytesPerSecond).toBe(0);
    meter.sample(0, 0);
    meter.sample(1000, 10);
    expect(meter.bytesPerSecond).toBeCloseTo(10);
  });
});

test.each([
  [1000, 500, 100, 5000],
  [1000, 1000, 0, 0],
  [1000, 2000, 100, 0],
  [1000, 500, 0, null],
  [null, 500, 100, null],
  [0, 0, 0, 0],
])('of %s bytes %i at %i a second leave %s ms', (totalBytes, receivedBytes, bytesPerSecond, left) => {
  expect(remainingMs({ totalBytes, receivedBytes, bytesPerSecond })).toBe(left);
});
