/** Reads a sequence piece by piece for one reader, and gives up what it leaves unread. */
import { SluiceError } from '@sluice/contract';
import type { Sequence } from '@sluice/engine';
import type { Digests } from '../digests.ts';
import { DownloadInterrupt } from './download-interrupt.ts';
import type { Reading } from './reading.ts';

/** How long a stream may wait for a reader to begin, with a connection that others could use. */
const longestUnreadMs = 60_000;

/** Closes the connection of a stream that was dropped without being read. */
const dropped = new FinalizationRegistry<Sequence>((sequence) => {
  void sequence.cancel(new DownloadInterrupt('the program holds the stream no more'));
});

type Step = IteratorResult<Uint8Array<ArrayBuffer>, void>;

/**
 * Not a generator: one whose `return` comes before the first `next` runs none of its code, and would leave the
 * connection open.
 */
export class StreamReader implements AsyncIterableIterator<Uint8Array<ArrayBuffer>, void, undefined> {
  readonly #sequence: Sequence;
  readonly #reading: Reading;
  readonly #unread: NodeJS.Timeout;
  #digests: Digests = {};
  /** Pieces go out in order, also to a reader that asks for several at once. */
  #last: Promise<unknown> = Promise.resolve();
  #ending: Promise<void> | null = null;

  constructor(sequence: Sequence, reading: Reading) {
    this.#sequence = sequence;
    this.#reading = reading;
    const tooLate = new SluiceError('timeout', 'the stream was never read', {
      facts: { timeoutMs: longestUnreadMs },
    });
    this.#unread = setTimeout(() => void sequence.cancel(tooLate), longestUnreadMs).unref();
    dropped.register(this, sequence, this);
  }

  /** Empty until the last piece has been taken. */
  get digests(): Digests {
    return this.#digests;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Step> {
    const step = this.#last.then(() => this.#step());
    this.#last = step.catch(() => {});
    return step;
  }

  async return(): Promise<Step> {
    await this.#end(false);
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<Step> {
    await this.#end(false);
    throw error;
  }

  /** Settles when nothing is left of it; never rejects. */
  async cancel(reason?: unknown): Promise<void> {
    await this.#end(false, reason).catch(() => {});
  }

  async #step(): Promise<Step> {
    clearTimeout(this.#unread);
    if (this.#ending !== null) return { done: true, value: undefined };
    try {
      const value = await this.#sequence.next();
      if (value !== null) {
        this.#reading.digester.update(value);
        return { done: false, value };
      }
    } catch (error) {
      await this.#end(false).catch(() => {});
      throw this.#reading.explain(error);
    }
    this.#digests = this.#reading.digester.finish();
    await this.#end(true);
    return { done: true, value: undefined };
  }

  /** A reader that leaves early gives up what it has not read. */
  #end(isDone: boolean, reason: unknown = 'the reader left'): Promise<void> {
    this.#ending ??= this.#finish(isDone, reason);
    return this.#ending;
  }

  async #finish(isDone: boolean, reason: unknown): Promise<void> {
    clearTimeout(this.#unread);
    dropped.unregister(this);
    if (!isDone) await this.#sequence.cancel(new DownloadInterrupt(reason));
    await this.#reading.finished(isDone);
  }
}
