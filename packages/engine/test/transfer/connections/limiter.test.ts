import { createFakeClock, type FakeClock } from '@sluice/testkit/clock';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SpeedLimiter } from '../../../src/transfer/connections/limiter.ts';

const never = new AbortController().signal;

/** Reads as fast as the limiter lets it, over so many connections, until it is stopped. */
class Reader {
  receivedBytes = 0;
  readonly #stop = new AbortController();
  readonly #done: Promise<unknown>;

  constructor(limiter: SpeedLimiter, options: { readonly connections?: number; readonly readBytes?: number } = {}) {
    const connections = Array.from({ length: options.connections ?? 1 }, () => this.#read(limiter, options.readBytes));
    this.#done = Promise.allSettled(connections);
  }

  stop(): Promise<unknown> {
    this.#stop.abort(new Error('stopped'));
    return this.#done;
  }

  async #read(limiter: SpeedLimiter, readBytes = 10_000): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.receivedBytes += readBytes;
      await limiter.take(readBytes, this, this.#stop.signal);
    }
  }
}

async function readFor(clock: FakeClock, durationMs: number, readers: readonly Reader[]): Promise<number[]> {
  await clock.advance(durationMs);
  await Promise.all(readers.map((reader) => reader.stop()));
  return readers.map(({ receivedBytes }) => receivedBytes);
}

describe('SpeedLimiter', () => {
  it('asks for no wait without a limit', () => {
    expect(new SpeedLimiter(createFakeClock()).take(1e9, {}, never)).toBeNull();
  });

  it('lets no more through than the limit over any stretch of time, but for two bursts and the reads under way', async () => {
    const reader = fc.record({
      connections: fc.integer({ min: 1, max: 5 }),
      readBytes: fc.integer({ min: 1000, max: 65_536 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 50_000, max: 2_000_000 }),
        fc.array(reader, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 100, max: 3000 }),
        async (bytesPerSecond, kinds, durationMs) => {
          const clock = createFakeClock();
          const limiter = new SpeedLimiter(clock, bytesPerSecond);
          const readers = kinds.map((kind) => new Reader(limiter, kind));
          const received = await readFor(clock, durationMs, readers);
          // One read for each connection, and the one that was let run ahead.
          const underWay = kinds.reduce((sum, { connections, readBytes }) => sum + (connections + 1) * readBytes, 0);
          const total = received.reduce((sum, bytes) => sum + bytes, 0);
          const allowed = (bytesPerSecond * durationMs) / 1000;
          expect(total).toBeLessThanOrEqual(allowed + (2 * bytesPerSecond) / 10 + underWay + 1);
          expect(total).toBeGreaterThanOrEqual(allowed - 1);
          expect(clock.pending).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives downloads even shares, however many connections and however large reads they have', async () => {
    const clock = createFakeClock();
    const limiter = new SpeedLimiter(clock, 1_000_000);
    const readers = [
      new Reader(limiter),
      new Reader(limiter, { connections: 8 }),
      new Reader(limiter, { connections: 2, readBytes: 50_000 }),
    ];
    const received = await readFor(clock, 60_000, readers);
    for (const bytes of received) expect(bytes / 20_000_000).toBeCloseTo(1, 1);
  });

  it('gives what one download leaves to the others', async () => {
    const clock = createFakeClock();
    const limiter = new SpeedLimiter(clock, 1_000_000);
    const slow = new Reader(limiter, { readBytes: 1000 });
    await slow.stop();
    const [fast = 0] = await readFor(clock, 10_000, [new Reader(limiter)]);
    expect(fast / 10_000_000).toBeCloseTo(1, 1);
  });

  it('lets nobody make up later for what he did not take', async () => {
    const clock = createFakeClock();
    const limiter = new SpeedLimiter(clock, 1_000_000);
    const early = new Reader(limiter);
    await clock.advance(60_000);
    const before = early.receivedBytes;
    const late = new Reader(limiter);
    await readFor(clock, 10_000, [early, late]);
    expect((early.receivedBytes - before) / 5_000_000).toBeCloseTo(1, 1);
    expect(late.receivedBytes / 5_000_000).toBeCloseTo(1, 1);
  });

  it.each([0, 1_000_000])('forgives the debt of an old limit at once when it becomes %i', async (bytesPerSecond) => {
    const clock = createFakeClock();
    const limiter = new SpeedLimiter(clock, 1000);
    const [first, second] = [limiter.take(1_000_000, {}, never), limiter.take(1_000_000, {}, never)];
    expect([first, second]).not.toContain(null);
    limiter.setLimit(bytesPerSecond);
    await first;
    await second;
    expect(limiter.take(1000, {}, never)).toBeNull();
    expect(clock.pending).toBe(0);
  });

  it('ends a wait with the reason of its signal, and holds nobody else up by it', async () => {
    const clock = createFakeClock();
    const limiter = new SpeedLimiter(clock, 1000);
    const stop = new AbortController();
    const first = limiter.take(1000, {}, stop.signal);
    const second = limiter.take(1000, {}, never);
    const third = limiter.take(1000, {}, stop.signal);
    stop.abort(new Error('paused'));
    await expect(first).rejects.toThrow('paused');
    await expect(third).rejects.toThrow('paused');
    await expect(limiter.take(1000, {}, stop.signal)).rejects.toThrow('paused');
    await clock.advance(4000);
    await second;
    expect(clock.pending).toBe(0);
  });

  it('counts what arrived although nobody waits for it to be paid any more', async () => {
    const clock = createFakeClock();
    const limiter = new SpeedLimiter(clock, 1000);
    const stop = new AbortController();
    const left = Array.from({ length: 5 }, () => limiter.take(1000, {}, stop.signal));
    stop.abort(new Error('paused'));
    for (const wait of left) await expect(wait).rejects.toThrow('paused');
    let isOver = false;
    void limiter.take(1000, {}, never)?.then(() => (isOver = true));
    await clock.advance(5000);
    expect(isOver).toBe(false);
    await clock.advance(1000);
    expect(isOver).toBe(true);
  });

  it('lets one download go, and the others wait as before', async () => {
    const clock = createFakeClock();
    const limiter = new SpeedLimiter(clock, 1000);
    const [going, staying] = [{}, {}];
    const reads = [going, staying, going].map((owner) => limiter.take(1000, owner, never));
    let isOver = false;
    void reads[1]?.then(() => (isOver = true));
    limiter.letGo(going);
    await reads[0];
    await reads[2];
    expect(isOver).toBe(false);
    await clock.advance(2000);
    expect(isOver).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('keeps reads small under a slow limit and unbounded without one', () => {
    const clock = createFakeClock();
    expect(new SpeedLimiter(clock, 10_000).readBytes).toBe(4096);
    expect(new SpeedLimiter(clock).readBytes).toBe(Number.POSITIVE_INFINITY);
  });
});
