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

/** A timer that runs this late was held up with the whole process: by a suspended machine, a debugger, a long turn. */
const lateMs = 200;
/** A process that is late every time must still come to an end with a server that sends nothing. */
const mostGrants = 3;

/**
 * Starts at once. One further away than 24 days never passes.
 *
 * While the process stood still the network was not read, and timers run before sockets are read. So a deadline
 * that passes late is granted another full period: what has arrived meanwhile is read first, and restarts it.
 */
export function createDeadline(delayMs: number, onPassed: () => void, options: DeadlineOptions = {}): Deadline {
  if (delayMs > longestTimerMs) return { restart() {}, stop() {} };
  let startedAtMs = performance.now();
  let grants = 0;
  const pass = (): void => {
    const isLate = performance.now() - startedAtMs - delayMs > lateMs;
    if (!isLate || grants >= mostGrants) return onPassed();
    grants += 1;
    startedAtMs = performance.now();
    timer?.refresh();
  };
  const start = (): NodeJS.Timeout => {
    const started = setTimeout(pass, delayMs);
    return options.keepsProcessAlive === false ? started.unref() : started;
  };
  let timer: NodeJS.Timeout | null = start();
  return {
    restart() {
      startedAtMs = performance.now();
      grants = 0;
      if (timer === null) timer = start();
      else timer.refresh();
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
