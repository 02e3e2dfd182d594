/**
 * The one rule for what a program's own functions throw: it ends the download they belong to, in order, and comes out
 * of the call as it is. What is whole by then stays whole.
 */

/** Why a download was stopped: the program's own function threw this. */
export class CallerFailure {
  readonly thrown: unknown;

  constructor(thrown: unknown) {
    this.thrown = thrown;
  }
}

/** Calls the functions of a program for one download. */
export class Caller {
  readonly #stopping: AbortController;
  readonly #signal: AbortSignal;
  readonly #told = new Set<Promise<unknown>>();

  /** @param signal aborted when the download ends early, for whatever reason: a function that never settles is left then */
  constructor(stopping: AbortController, signal: AbortSignal) {
    this.#stopping = stopping;
    this.#signal = signal;
  }

  /** @throws what the function throws, after it has stopped the download; the signal's reason when that comes first */
  async ask<Answer>(call: () => Answer | PromiseLike<Answer>): Promise<Answer> {
    try {
      const answer = call();
      return isPromise(answer) ? await this.#orStopped(answer) : answer;
    } catch (error) {
      if (!this.#signal.aborted) this.#stopping.abort(new CallerFailure(error));
      throw error;
    }
  }

  /** As {@link ask}, for what nothing waits for but the end. */
  tell(call: () => unknown): void {
    const telling = this.ask(call).catch(() => {});
    this.#told.add(telling);
    void telling.finally(() => this.#told.delete(telling));
  }

  /** Settles when everything that was told has been heard. @throws what one of the functions threw */
  async settle(): Promise<void> {
    await Promise.all(this.#told);
    const { reason } = this.#stopping.signal as { readonly reason: unknown };
    if (reason instanceof CallerFailure) throw reason.thrown;
  }

  async #orStopped<Answer>(answer: PromiseLike<Answer>): Promise<Answer> {
    const stopped = Promise.withResolvers<never>();
    const onAbort = (): void => stopped.reject(this.#signal.reason);
    this.#signal.addEventListener('abort', onAbort, { once: true });
    if (this.#signal.aborted) onAbort();
    try {
      return await Promise.race([answer, stopped.promise]);
    } finally {
      this.#signal.removeEventListener('abort', onAbort);
    }
  }
}

function isPromise<Answer>(answer: Answer | PromiseLike<Answer>): answer is PromiseLike<Answer> {
  return typeof answer === 'object' && answer !== null && 'then' in answer && typeof answer.then === 'function';
}
