/** A timer that is restarted on every read, so restarting it must cost next to nothing. */

export interface Deadline {
  restart(): void;
  stop(): void;
}

export interface DeadlineOptions {
  /** Default true. */
  readonly keepsProcessAlive?: boolean;
}

/** Node runs a longer timer at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Starts at once. One further away than 24 days never passes. */
export function createDeadline(delayMs: number, onPassed: () => void, options: DeadlineOptions = {}): Deadline {
  if (delayMs > longestTimerMs) return { restart() {}, stop() {} };
  const start = (): NodeJS.Timeout => {
    const started = setTimeout(onPassed, delayMs);
    return options.keepsProcessAlive === false ? started.unref() : started;
  };
  let timer: NodeJS.Timeout | null = start();
  return {
    restart() {
      if (timer === null) timer = start();
      else timer.refresh();
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
