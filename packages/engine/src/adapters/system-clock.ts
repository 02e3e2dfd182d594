/** Time as the system keeps it: meets the `Clock` port. */
import type { Clock, LocalTime } from '../ports/clock.ts';

/** The longest delay a timer holds; a longer one would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

export function createSystemClock(): Clock {
  return { monotonicMs: () => performance.now(), wallMs: () => Date.now(), localTime, sleep, every };
}

function localTime(epochMs: number): LocalTime {
  const date = new Date(epochMs);
  return { day: date.getDay(), minute: date.getHours() * 60 + date.getMinutes() };
}

/** Leaves neither timer nor listener behind, however it ends. */
function sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const wakeAtMs = performance.now() + (Number.isNaN(delayMs) ? 0 : delayMs);
    let timer: NodeJS.Timeout | undefined;
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    // Timers may fire a little early, and no single one is long enough: so ask the clock each time.
    const wait = () => {
      const remainingMs = wakeAtMs - performance.now();
      if (remainingMs > 0) {
        timer = setTimeout(wait, Math.min(Math.ceil(remainingMs), longestTimerMs));
        return;
      }
      signal?.removeEventListener('abort', onAbort);
      resolve();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    wait();
  });
}

function every(
  intervalMs: number,
  callback: () => void,
  { keepsProcessAlive = true }: { readonly keepsProcessAlive?: boolean } = {},
): () => void {
  const timer = setInterval(callback, intervalMs);
  if (!keepsProcessAlive) timer.unref();
  return () => clearInterval(timer);
}
