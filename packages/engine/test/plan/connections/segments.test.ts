import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockBytes } from '../../../src/plan/ranges/extent.ts';
import { chooseSplit, type LiveSegment, tailBytes } from '../../../src/plan/connections/segments.ts';

const mega = 1_000_000;
const limits = { minBytes: tailBytes };

function segment(position: number, end: number, bytesPerSecond = 0): LiveSegment {
  return { start: 0, position, end, bytesPerSecond };
}

const anySegment = fc
  .tuple(fc.nat(2 ** 34), fc.nat(2 ** 32), fc.oneof(fc.constant(0), fc.double({ min: 0, max: 2e9, noNaN: true })))
  .map(([position, remaining, speed]) => segment(position, position + remaining, speed));
const anySegments = fc.array(anySegment, { maxLength: 16 });
const anyLimits = fc.record({ minBytes: fc.nat(4 * blockBytes) });

describe('any split', () => {
  test('leaves both connections something that is worth their while', () => {
    fc.assert(
      fc.property(anySegments, anyLimits, (segments, some) => {
        const split = chooseSplit(segments, some);
        if (split === null) return;
        const cut = segments[split.index];
        expect(cut).toBeDefined();
        if (cut === undefined) return;
        expect(Number.isSafeInteger(split.at)).toBe(true);
        expect(split.at - cut.position).toBeGreaterThanOrEqual(Math.min(cut.bytesPerSecond * 0.2, 4 * blockBytes));
        expect(split.at).toBeGreaterThan(cut.position);
        const rest = cut.end - split.at;
        const isSlow = cut.bytesPerSecond > 0 && rest / cut.bytesPerSecond >= 1;
        expect(rest >= Math.max(some.minBytes, tailBytes) || (isSlow && rest >= 4096)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('falls on a block where there is plenty', () => {
    fc.assert(
      fc.property(anySegments, (segments) => {
        const split = chooseSplit(segments, limits);
        const cut = split === null ? undefined : segments[split.index];
        if (split === null || cut === undefined || cut.end - cut.position < 12 * blockBytes) return;
        fc.pre(cut.bytesPerSecond === 0 || cut.bytesPerSecond > blockBytes);
        expect(split.at % blockBytes).toBe(0);
      }),
    );
  });

  test('is found whenever a large range has an unknown speed', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 34), fc.integer({ min: 2 * blockBytes, max: 2 ** 34 }), (position, remaining) => {
        expect(chooseSplit([segment(position, position + remaining)], limits)).not.toBeNull();
      }),
    );
  });
});

describe('which segment', () => {
  test('the one that would finish last, not the longest', () => {
    const split = chooseSplit([segment(0, 80 * mega, 40 * mega), segment(80 * mega, 100 * mega, mega)], limits);
    expect(split?.index).toBe(1);
  });

  test('of unknown speeds the longest', () => {
    expect(chooseSplit([segment(0, 10 * mega), segment(10 * mega, 40 * mega)], limits)?.index).toBe(1);
  });

  test('the next best when the slowest is too short to share', () => {
    expect(chooseSplit([segment(0, 6000, 1000), segment(mega, 60 * mega, mega)], limits)?.index).toBe(1);
  });

  test('leaves alone what would end before a distant server has begun', () => {
    const soon = [segment(0, 2 * mega, 10 * mega)];
    expect(chooseSplit(soon, { ...limits, latencyMs: 20 })).not.toBeNull();
    expect(chooseSplit(soon, { ...limits, latencyMs: 100 })).toBeNull();
  });

  test('leaves a connection what is on its way from a distant server', () => {
    const far = [segment(0, 100 * mega, 10 * mega), segment(100 * mega, 200 * mega, 90 * mega)];
    expect(chooseSplit(far, { ...limits, latencyMs: 400 })?.at).toBeGreaterThanOrEqual(4 * mega);
  });

  test('none that ends by itself before a new connection would help', () => {
    expect(chooseSplit([segment(0, mega, 20 * mega)], limits)).toBeNull();
    expect(chooseSplit([segment(0, 100, 0)], limits)).toBeNull();
    expect(chooseSplit([segment(500, 500, 0)], limits)).toBeNull();
    expect(chooseSplit([], limits)).toBeNull();
  });
});

describe('where', () => {
  test('in the middle of equals', () => {
    expect(chooseSplit([segment(0, 100 * blockBytes, mega)], limits)).toEqual({ index: 0, at: 50 * blockBytes });
  });

  test('F35 right behind a slow connection, whose rest the new one takes', () => {
    const segments = [
      ...Array.from({ length: 7 }, () => segment(0, mega, 10 * mega)),
      segment(0, 100 * blockBytes, 50_000),
    ];
    const split = chooseSplit(segments, limits);
    expect(split?.index).toBe(7);
    expect(split?.at).toBeLessThanOrEqual(blockBytes);
  });

  test('small at the tail', () => {
    expect(chooseSplit([segment(0, 200_000, 300_000)], limits)).toEqual({ index: 0, at: 98_304 });
    expect(chooseSplit([segment(0, 40_000, 100_000)], limits)).toBeNull();
    expect(chooseSplit([segment(0, 40_000, 10_000), segment(0, 0, 100_000)], limits)).toEqual({ index: 0, at: 8192 });
  });
});

/** Simulates connections of the given speeds; an idle one splits as soon as it may. */
function play(speeds: readonly number[], totalBytes: number): { readonly seconds: number; readonly requests: number } {
  const stepMs = 10;
  const openMs = 50;
  const share = Math.ceil(totalBytes / speeds.length);
  const slots = speeds.map((speed, index) => ({
    speed,
    position: Math.min(totalBytes, index * share),
    end: Math.min(totalBytes, (index + 1) * share),
    readyMs: openMs,
  }));
  let requests = slots.length;
  let nowMs = 0;
  for (; slots.some((slot) => slot.position < slot.end) && nowMs < 3_600_000; nowMs += stepMs) {
    for (const slot of slots) {
      if (nowMs >= slot.readyMs) slot.position = Math.min(slot.end, slot.position + (slot.speed * stepMs) / 1000);
    }
    for (const idle of slots.filter((slot) => slot.position >= slot.end)) {
      const live = slots.map((slot) =>
        segment(Math.ceil(slot.position), slot.end, nowMs > slot.readyMs ? slot.speed : 0),
      );
      const split = chooseSplit(live, limits);
      const cut = split === null ? undefined : slots[split.index];
      if (split === null || cut === undefined) break;
      Object.assign(idle, { position: split.at, end: cut.end, readyMs: nowMs + openMs });
      cut.end = split.at;
      requests += 1;
    }
  }
  return { seconds: nowMs / 1000, requests };
}

describe('F35 connections that split segments', () => {
  const eight = 8;

  test('with one connection at 50 KB/s ends when the other seven could', () => {
    const speeds = [50_000, ...Array.from({ length: eight - 1 }, () => 10 * mega)];
    const ideal = 400 / 70;
    expect(play(speeds, 400 * mega).seconds).toBeLessThan(ideal * 1.15);
  });

  test('of equals neither wastes time nor asks for crumbs', () => {
    const result = play(
      Array.from({ length: eight }, () => 10 * mega),
      400 * mega,
    );
    expect(result.seconds).toBeLessThan(5 * 1.05);
    expect(result.requests).toBeLessThan(2 * eight);
  });

  test('of very different speeds ends close to the ideal', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 20_000, max: 20 * mega }), { minLength: 2, maxLength: 16 }), (speeds) => {
        const pace = speeds.reduce((sum, speed) => sum + speed, 0);
        const totalBytes = pace * 20;
        const result = play(speeds, totalBytes);
        expect(result.seconds).toBeLessThan(20 * 1.15);
        expect(result.requests).toBeLessThan(speeds.length * 25);
      }),
      { numRuns: 40 },
    );
  });
});
