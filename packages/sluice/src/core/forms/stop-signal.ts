/** Joins everything that may end a download early, and says afterwards which of it did. */
import { SluiceError } from '@sluice/contract';
import { CallerFailure } from '../caller.ts';
import { DownloadInterrupt } from './download-interrupt.ts';

/** A timer holds no more, 24 days; no call takes that long. */
const longestTimerMs = 2 ** 31 - 1;

export interface StopSignal {
  readonly signal: AbortSignal;
  /** What a caller is to see of a failure. */
  readonly explain: (error: unknown) => unknown;
}

export function joinStops(parts: {
  readonly stopping: AbortController;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | undefined;
}): StopSignal {
  const { stopping, timeoutMs = Number.POSITIVE_INFINITY } = parts;
  const timer = timeoutMs > longestTimerMs ? null : AbortSignal.timeout(timeoutMs);
  const given = [stopping.signal, parts.signal, timer].filter((one) => one !== undefined && one !== null);
  const signal = AbortSignal.any(given);
  return { signal, explain };

  function explain(error: unknown): unknown {
    if (!signal.aborted) return error instanceof SluiceError ? error : unexpected(error);
    const { reason } = signal as { readonly reason: unknown };
    if (reason instanceof CallerFailure) return reason.thrown;
    if (timer !== null && reason === timer.reason) {
      return new SluiceError('timeout', `not done after ${timeoutMs} ms`, { facts: { timeoutMs }, cause: reason });
    }
    // A reason of our own says what it is.
    return stopping.signal.aborted && reason === stopping.signal.reason ? reason : new DownloadInterrupt(reason);
  }
}

function unexpected(error: unknown): SluiceError {
  return new SluiceError('internal', error instanceof Error ? error.message : String(error), { cause: error });
}
