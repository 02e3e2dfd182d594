/** What a connection asks before it reads on: every speed limit that covers it, and the count of what arrived. */
import type { RunLimits } from '../run/run-context.ts';

export interface Throttle {
  /** The most one read should take, so that a slow limit stays smooth on the wire. */
  readonly readBytes: number;
  /** Accounts for bytes that arrived. @returns a wait, or null when the next read may follow at once */
  take(sizeBytes: number): Promise<unknown> | null;
}

/** @param limits of the whole run: its connections together have one share of each limit */
export function createThrottle(
  limits: Pick<RunLimits, 'limiters' | 'pause'>,
  options: { readonly signal: AbortSignal; readonly onArrived: (sizeBytes: number) => void },
): Throttle {
  return {
    get readBytes() {
      let least = Number.POSITIVE_INFINITY;
      for (const limiter of limits.limiters()) least = Math.min(least, limiter.readBytes);
      return least;
    },
    take(sizeBytes) {
      options.onArrived(sizeBytes);
      // This is asked for every read of every connection: without a limit it makes nothing.
      const paused = limits.pause?.(options.signal) ?? null;
      let waits = paused === null ? null : [paused];
      for (const limiter of limits.limiters()) {
        const wait = limiter.take(sizeBytes, limits, options.signal);
        if (wait !== null) waits = [...(waits ?? []), wait];
      }
      return waits === null ? null : Promise.all(waits);
    },
  };
}
