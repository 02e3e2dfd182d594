/** The system's time, of which a test can skip hours: real sockets stay real, and only waits are cut short. */
import { createSystemClock } from '../../src/adapters/system-clock.ts';
import type { Clock } from '../../src/ports/clock.ts';

export interface SkippingClock extends Clock {
  /** Time passes: every wait that would be over by then is over now. */
  skip(durationMs: number): void;
  /** The wall clock alone is set, as a person or a time server does. */
  jumpWall(byMs: number): void;
}

export function createSkippingClock(): SkippingClock {
  const system = createSystemClock();
  const waits = new Set<() => void>();
  let skippedMs = 0;
  let jumpedMs = 0;
  const monotonicMs = (): number => system.monotonicMs() + skippedMs;
  return {
    monotonicMs,
    wallMs: () => system.wallMs() + skippedMs + jumpedMs,
    localTime: (epochMs) => system.localTime(epochMs),
    every: (intervalMs, callback) => system.every(intervalMs, callback),
    async sleep(delayMs, signal) {
      const dueAtMs = monotonicMs() + delayMs;
      while (monotonicMs() < dueAtMs) {
        const cut = new AbortController();
        const onSkip = (): void => cut.abort();
        waits.add(onSkip);
        try {
          const either = signal === undefined ? cut.signal : AbortSignal.any([cut.signal, signal]);
          await system.sleep(dueAtMs - monotonicMs(), either);
        } catch (error) {
          if (!cut.signal.aborted || signal?.aborted === true) throw error;
        } finally {
          waits.delete(onSkip);
        }
      }
      signal?.throwIfAborted();
    },
    skip(durationMs) {
      skippedMs += durationMs;
      for (const cut of waits) cut();
    },
    jumpWall(byMs) {
      jumpedMs += byMs;
    },
  };
}
