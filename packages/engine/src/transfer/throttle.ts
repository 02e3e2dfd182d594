/** What a connection asks before it reads on: every speed limit that covers it, and the count of what arrived. */
import type { Clock } from '../ports/clock.ts';
import type { SpeedLimiter } from './limiter.ts';

export interface Throttle {
  /** The most one read should take, so that a slow limit stays smooth on the wire. */
  readonly readBytes: number;
  /** Accounts for bytes that arrived. @returns a wait, or null when the next read may follow at once */
  take(sizeBytes: number): Promise<void> | null;
}

export function createThrottle(
  clock: Clock,
  limiters: () => readonly SpeedLimiter[],
  options: { readonly signal: AbortSignal; readonly onArrived: (sizeBytes: number) => void },
): Throttle {
  return {
    get readBytes() {
      return Math.min(...limiters().map((limiter) => limiter.readBytes));
    },
    take(sizeBytes) {
      options.onArrived(sizeBytes);
      let delayMs = 0;
      for (const limiter of limiters()) delayMs = Math.max(delayMs, limiter.take(sizeBytes));
      return delayMs > 0 ? clock.sleep(delayMs, options.signal) : null;
    },
  };
}
