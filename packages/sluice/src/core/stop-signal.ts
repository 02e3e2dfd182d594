/** Joins everything that may end a download early, and says afterwards which of it did. */
import { SluiceError } from '@sluice/contract';
import { DownloadInterrupt } from './download-interrupt.ts';

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
  const { stopping, timeoutMs } = parts;
  const timer = timeoutMs === undefined ? null : AbortSignal.timeout(timeoutMs);
  const given = [stopping.signal, parts.signal, timer].filter((one) => one !== undefined && one !== null);
  const signal = AbortSignal.any(given);
  return { signal, explain };

  function explain(error: unknown): unknown {
    if (!signal.aborted) return error instanceof SluiceError ? error : unexpected(error);
    const { reason } = signal as { readonly reason: unknown };
    if (timer !== null && reason === timer.reason) {
      return new SluiceError('timeout', `not done after ${timeoutMs} ms`, {
        facts: { timeoutMs: timeoutMs ?? 0 },
        cause: reason,
      });
    }
    // A reason of our own says what it is: an interruption, or the error of a listener.
    return stopping.signal.aborted && reason === stopping.signal.reason ? reason : new DownloadInterrupt(reason);
  }
}

function unexpected(error: unknown): SluiceError {
  return new SluiceError('internal', error instanceof Error ? error.message : String(error), { cause: error });
}
