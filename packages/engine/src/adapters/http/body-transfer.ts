/** The sink's side of moving a body, the same for every backend: what the sink answers, waits, silence and aborts. */
import { SluiceError } from '@sluice/contract';
import type { BodySink, SinkAnswer } from '../../ports/http.ts';
import type { NetworkErrorOptions } from './network-errors.ts';
import { createDeadline, type Deadline } from './deadline.ts';

export interface TransferSource {
  /** The sink needs time: no bytes, please, until `resume`. Whatever it waits for keeps the process alive, the connection does not. */
  pause(): void;
  /** May deliver at once. */
  resume(): void;
  /** The body is over for the sink: by `enough`, a failure or an abort. What is left of it is not wanted. */
  abandon(): void;
}

export interface TransferOptions {
  readonly sink: BodySink;
  readonly source: TransferSource;
  readonly signal: AbortSignal;
  readonly idleTimeoutMs: number;
  readonly server: NetworkErrorOptions;
}

/** Settles once, as `HttpBody.pipeTo` promises. A source calls `space`, `advance`, `end` and `fail`, in that order. */
export class BodyTransfer {
  readonly #options: TransferOptions;
  readonly #outcome = Promise.withResolvers<'end' | 'enough'>();
  readonly #silence: Deadline;
  readonly #onAbort: () => void;
  #space: Uint8Array | null = null;
  #receivedBytes = 0;
  #isSettled = false;
  #isWaiting = false;
  #hasEnded = false;

  constructor(options: TransferOptions) {
    this.#options = options;
    const { host, port } = options.server;
    this.#silence = createDeadline(options.idleTimeoutMs, () =>
      this.fail(new SluiceError('stalled', 'the body fell silent', { facts: { host, port } })),
    );
    this.#onAbort = () => this.fail(options.signal.reason);
    options.signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  get outcome(): Promise<'end' | 'enough'> {
    return this.#outcome.promise;
  }

  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** The sink's buffer; the same one until `advance`. A sink without one has failed, and its source is abandoned. */
  space(): Uint8Array {
    try {
      this.#space ??= this.#options.sink.space();
      if (this.#space.length === 0) throw new SluiceError('internal', 'a sink offered no space');
    } catch (error) {
      this.fail(error);
      this.#space = new Uint8Array(1);
    }
    return this.#space;
  }

  /** The source is alive, though nothing of it was payload. */
  heard(): void {
    this.#silence.restart();
  }

  /**
   * Hands over what was put into the space. Holds the source while the sink needs time.
   * @param isLast the body is whole with these bytes, whatever the sink answers
   */
  advance(lengthBytes: number, isLast = false): void {
    this.#hasEnded = isLast;
    if (isLast) this.#silence.stop();
    else this.#silence.restart();
    this.#space = null;
    this.#receivedBytes += lengthBytes;
    try {
      const answer = this.#options.sink.advance(lengthBytes);
      if (answer !== 'more' && answer !== 'enough') this.#wait(answer);
      else this.#answered(answer);
    } catch (error) {
      this.fail(error);
    }
  }

  /** The body is whole. Waits for the sink's last answer. */
  end(): void {
    this.#hasEnded = true;
    this.#silence.stop();
    if (!this.#isWaiting) this.#settle('end');
  }

  fail(error: unknown): void {
    if (this.#isSettled) return;
    this.#finish();
    if (!this.#hasEnded) this.#options.source.abandon();
    this.#outcome.reject(error);
  }

  #wait(answer: Promise<SinkAnswer>): void {
    this.#isWaiting = true;
    this.#silence.stop();
    if (!this.#hasEnded) this.#options.source.pause();
    answer.then(
      (settled) => {
        this.#isWaiting = false;
        if (this.#isSettled) return;
        this.#answered(settled);
        if (this.#isSettled) return;
        this.#silence.restart();
        this.#options.source.resume();
      },
      (error: unknown) => this.fail(error),
    );
  }

  #answered(answer: SinkAnswer): void {
    if (this.#hasEnded) this.#settle('end');
    else if (answer === 'enough') this.#settle('enough');
  }

  #settle(outcome: 'end' | 'enough'): void {
    if (this.#isSettled) return;
    this.#finish();
    if (!this.#hasEnded) this.#options.source.abandon();
    this.#outcome.resolve(outcome);
  }

  #finish(): void {
    this.#isSettled = true;
    this.#silence.stop();
    this.#options.signal.removeEventListener('abort', this.#onAbort);
  }
}
