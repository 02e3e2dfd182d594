/** A body whose first bytes are compared with the disk before the rest is used. */
import { SluiceError } from '../../errors.ts';
import type { OpenFile } from '../../ports/files.ts';
import type { BodySink, HttpBody, SinkAnswer } from '../../ports/http.ts';
import { OverlapProof } from '../proof/overlap-proof.ts';

/** Call `prove` first; then the body begins where the proof ended. */
export class VerifiedBody implements HttpBody {
  readonly framing: HttpBody['framing'];
  readonly lengthBytes: number | null;
  readonly #body: HttpBody;
  readonly #proved = Promise.withResolvers<void>();
  readonly #taker = Promise.withResolvers<BodySink>();
  readonly #stopped = new AbortController();
  #moving: Promise<'end' | 'enough'> | null = null;

  constructor(body: HttpBody) {
    this.#body = body;
    this.framing = body.framing;
    this.lengthBytes = body.lengthBytes;
  }

  /**
   * Settles when bytes `[from, until)` of the resource, with which the body begins, equal those of the partial.
   * @throws SluiceError `resource-changed` at the first difference, `body-short` and network codes
   */
  async prove(
    partial: OpenFile,
    range: { readonly from: number; readonly until: number },
    signal: AbortSignal,
  ): Promise<void> {
    const sink = new WaitingSink(this.#taker.promise);
    const proof = new OverlapProof(partial, sink, { ...range, onProved: this.#proved.resolve });
    this.#moving = this.#body.pipeTo(proof, AbortSignal.any([signal, this.#stopped.signal]));
    this.#moving.catch(() => {});
    await Promise.race([this.#proved.promise, this.#moving]);
    if (!proof.proved) throw new SluiceError('body-short', 'the body ended before the proof did');
  }

  /** The rest of the body, in which the proof's own signal counts as well. */
  async pipeTo(sink: BodySink, signal: AbortSignal): Promise<'end' | 'enough'> {
    const onAbort = (): void => this.#stopped.abort(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    this.#taker.resolve(sink);
    try {
      return await (this.#moving ?? this.#body.pipeTo(sink, signal));
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  discard(): void {
    this.#stopped.abort(new SluiceError('aborted', 'the body was discarded'));
    this.#body.discard();
  }
}

/** The first bytes behind the proof land in a buffer of its own; then it waits for the sink of the rest. */
class WaitingSink implements BodySink {
  readonly #taker: Promise<BodySink>;
  readonly #first = new Uint8Array(16 * 1024);
  #rest: BodySink | null = null;

  constructor(taker: Promise<BodySink>) {
    this.#taker = taker;
  }

  space(): Uint8Array {
    return this.#rest === null ? this.#first : this.#rest.space();
  }

  advance(lengthBytes: number): SinkAnswer | Promise<SinkAnswer> {
    if (this.#rest !== null) return this.#rest.advance(lengthBytes);
    return this.#handOver(this.#first.subarray(0, lengthBytes));
  }

  async #handOver(bytes: Uint8Array): Promise<SinkAnswer> {
    const rest = await this.#taker;
    let answer: SinkAnswer = 'more';
    for (let at = 0; at < bytes.length && answer === 'more';) {
      const space = rest.space();
      const count = Math.min(space.length, bytes.length - at);
      space.set(bytes.subarray(at, at + count));
      answer = await rest.advance(count);
      at += count;
    }
    this.#rest = rest;
    return answer;
  }
}
