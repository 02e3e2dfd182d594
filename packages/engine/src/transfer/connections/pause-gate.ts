/** Holds the readers of a download while it is paused: the connections stay, and the servers wait. */

export class PauseGate {
  #opened: PromiseWithResolvers<void> | null = null;

  get isPaused(): boolean {
    return this.#opened !== null;
  }

  pause(): void {
    this.#opened ??= Promise.withResolvers();
  }

  resume(): void {
    this.#opened?.resolve();
    this.#opened = null;
  }

  /** @returns a wait until it is resumed, rejected with the signal's reason; null while nothing is paused */
  wait(signal: AbortSignal): Promise<void> | null {
    return this.#opened === null ? null : untilOpen(this.#opened.promise, signal);
  }
}

async function untilOpen(opened: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    await Promise.race([opened, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
