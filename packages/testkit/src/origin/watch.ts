/** Lets a test wait for a named state of the origin instead of sleeping. */

export class Watch {
  readonly #waiters = new Set<{ readonly holds: () => boolean; readonly waiting: PromiseWithResolvers<void> }>();

  /** Call after every change; cheap without waiters. */
  changed(): void {
    for (const waiter of this.#waiters) {
      try {
        if (!waiter.holds()) continue;
        waiter.waiting.resolve();
      } catch (error) {
        waiter.waiting.reject(error);
      }
      this.#waiters.delete(waiter);
    }
  }

  until(holds: () => boolean): Promise<void> {
    const waiting = Promise.withResolvers<void>();
    this.#waiters.add({ holds, waiting });
    this.changed();
    return waiting.promise;
  }

  /** Fails every wait that is left. */
  end(): void {
    for (const { waiting } of this.#waiters) waiting.reject(new Error('the origin was closed before this happened'));
    this.#waiters.clear();
  }
}
