/** A short body, kept in memory while it comes: it ends before a partial would be made, or continues into one. */
import { SluiceError } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BodySink, HttpBody, SinkAnswer } from '../../ports/http.ts';

/** More than this is worth a partial from its first byte. */
export const smallBytes = 256 * 1024;
/** As long as bytes may stay in memory on any slow connection. */
const smallBodyMs = 1000;

/** Call `collect` first. If that does not bring the whole, the body is one like any other and begins at its beginning. */
export class SmallBody implements HttpBody, BodySink {
  readonly framing = 'length';
  readonly lengthBytes: number;
  readonly #body: HttpBody;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #stopped = new AbortController();
  #filled = 0;
  #sent = 0;
  /** Whose space the source fills at the moment. */
  #lent: 'own' | 'rest' = 'own';
  #rest: BodySink | null = null;
  #moving: Promise<'end' | 'enough'> | null = null;

  constructor(body: HttpBody, lengthBytes: number) {
    this.#body = body;
    this.lengthBytes = lengthBytes;
    this.#bytes = new Uint8Array(lengthBytes);
  }

  /** @returns all bytes; null when they take their time, end early or are not wanted any more: what came is kept */
  async collect(clock: Clock, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null> {
    const timeUp = Promise.withResolvers<null>();
    const stopWaiting = clock.every(smallBodyMs, () => timeUp.resolve(null));
    const release = this.#followAbort(signal);
    this.#moving = this.#body.pipeTo(this, this.#stopped.signal);
    const ended = this.#moving.then(
      () => this.#bytes,
      () => null,
    );
    const bytes = await Promise.race([ended, timeUp.promise]);
    stopWaiting();
    release();
    return bytes !== null && this.#filled === this.lengthBytes ? bytes : null;
  }

  async pipeTo(sink: BodySink, signal: AbortSignal): Promise<'end' | 'enough'> {
    const release = this.#followAbort(signal);
    try {
      if ((await this.#replay(sink)) === 'enough') {
        this.#stopped.abort(new SluiceError('aborted', 'enough of the body'));
        return 'enough';
      }
      return await (this.#moving ?? this.#body.pipeTo(sink, this.#stopped.signal));
    } finally {
      release();
    }
  }

  discard(): void {
    this.#stopped.abort(new SluiceError('aborted', 'the body was discarded'));
    this.#body.discard();
  }

  space(): Uint8Array {
    this.#lent = this.#rest === null ? 'own' : 'rest';
    return this.#rest === null ? this.#bytes.subarray(this.#filled) : this.#rest.space();
  }

  advance(lengthBytes: number): SinkAnswer | Promise<SinkAnswer> {
    if (this.#rest !== null && this.#lent === 'rest') return this.#rest.advance(lengthBytes);
    this.#filled += lengthBytes;
    return this.#rest === null ? 'more' : this.#replay(this.#rest);
  }

  /** Hands on what is here, and what comes meanwhile; whatever comes later goes there at once. */
  async #replay(sink: BodySink): Promise<SinkAnswer> {
    let answer: SinkAnswer = 'more';
    while (this.#sent < this.#filled && answer === 'more') {
      const space = sink.space();
      const some = this.#bytes.subarray(this.#sent, Math.min(this.#filled, this.#sent + space.length));
      space.set(some);
      this.#sent += some.length;
      answer = await sink.advance(some.length);
    }
    // In the same turn as the last look: nothing can have come in between.
    this.#rest = sink;
    return answer;
  }

  #followAbort(signal: AbortSignal): () => void {
    const onAbort = (): void => this.#stopped.abort(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    return () => signal.removeEventListener('abort', onAbort);
  }
}
