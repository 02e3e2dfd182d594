/** Limits how often something is shown: at once when it was quiet, then at most once an interval, never losing the last. */

export interface Throttled {
  (): void;
  /** Forgets what is still to come. */
  cancel(): void;
}

export function throttle(task: () => void, intervalMs: number): Throttled {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;

  function run(): void {
    if (timer !== undefined) {
      again = true;
      return;
    }
    task();
    timer = setTimeout(() => {
      timer = undefined;
      if (!again) return;
      again = false;
      run();
    }, intervalMs);
  }

  return Object.assign(run, {
    cancel: () => {
      clearTimeout(timer);
      timer = undefined;
      again = false;
    },
  });
}
