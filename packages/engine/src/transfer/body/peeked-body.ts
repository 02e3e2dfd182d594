/** A body whose first bytes are looked at before anyone takes it. */
import { gunzipSync, constants, zstdDecompressSync } from 'node:zlib';
import { SluiceError } from '../../errors.ts';
import type { Decoding } from '../../plan/response/decoding.ts';
import { beginsAs } from '../../plan/response/encoding.ts';
import type { BodySink, HttpBody, SinkAnswer } from '../../ports/http.ts';

/** Enough for the longest header of a compressed file and the first bytes behind it. */
const peekBytes = 16 * 1024;

/** Call `isCompressedTwice` first; then the body is one like any other and begins at its beginning. */
export class PeekedBody implements HttpBody, BodySink {
  readonly framing: HttpBody['framing'];
  readonly lengthBytes: number | null;
  readonly #body: HttpBody;
  readonly #bytes = new Uint8Array(peekBytes);
  readonly #stopped = new AbortController();
  readonly #peeked = Promise.withResolvers<void>();
  readonly #taker = Promise.withResolvers<BodySink>();
  #filled = 0;
  #isEnough: (bytes: Uint8Array) => boolean = () => true;
  #rest: BodySink | null = null;
  #moving: Promise<'end' | 'enough'> | null = null;

  constructor(body: HttpBody) {
    this.#body = body;
    this.framing = body.framing;
    this.lengthBytes = body.lengthBytes;
  }

  /** Whether there is a file compressed in the same way behind the encoding. @throws `signal.reason` when aborted */
  async isCompressedTwice(decoding: Decoding, signal: AbortSignal): Promise<boolean> {
    let isTwice: boolean | null = null;
    this.#isEnough = (bytes) => {
      const decoded = decodeStart(decoding, bytes);
      isTwice = decoded === null ? false : decoded.length >= 4 ? beginsAs(decoding, decoded) : null;
      return isTwice !== null;
    };
    const signals = AbortSignal.any([signal, this.#stopped.signal]);
    this.#moving = this.#body.pipeTo(this, signals);
    this.#moving.catch(() => {});
    // However it ends, the taker of the body is told.
    await Promise.race([this.#peeked.promise, this.#moving.catch(() => 'end')]);
    signal.throwIfAborted();
    return isTwice === true;
  }

  async pipeTo(sink: BodySink, signal: AbortSignal): Promise<'end' | 'enough'> {
    const onAbort = (): void => this.#stopped.abort(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    this.#taker.resolve(sink);
    try {
      const moving = this.#moving ?? this.#body.pipeTo(sink, signal);
      const how = await moving.catch(async (error: unknown) => {
        await this.#handOver(sink);
        throw error;
      });
      return (await this.#handOver(sink)) === 'enough' ? 'enough' : how;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  discard(): void {
    this.#stopped.abort(new SluiceError('aborted', 'the body was discarded'));
    this.#body.discard();
  }

  space(): Uint8Array {
    return this.#rest === null ? this.#bytes.subarray(this.#filled) : this.#rest.space();
  }

  advance(lengthBytes: number): SinkAnswer | Promise<SinkAnswer> {
    if (this.#rest !== null) return this.#rest.advance(lengthBytes);
    this.#filled += lengthBytes;
    const isFull = this.#filled === this.#bytes.length;
    if (!this.#isEnough(this.#bytes.subarray(0, this.#filled)) && !isFull) return 'more';
    this.#peeked.resolve();
    return this.#taker.promise.then((sink) => this.#handOver(sink));
  }

  async #handOver(sink: BodySink): Promise<SinkAnswer> {
    let answer: SinkAnswer = 'more';
    if (this.#rest !== null) return answer;
    for (let at = 0; at < this.#filled && answer === 'more';) {
      const space = sink.space();
      const count = Math.min(space.length, this.#filled - at);
      space.set(this.#bytes.subarray(at, at + count));
      at += count;
      answer = await sink.advance(count);
    }
    this.#rest = sink;
    return answer;
  }
}

/** As much as these bytes decode to; null when they do not decode. */
function decodeStart(decoding: Decoding, bytes: Uint8Array): Uint8Array | null {
  try {
    if (decoding === 'gzip')
      return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 2 ** 25 });
    if (decoding === 'zstd') return zstdDecompressSync(bytes, { finishFlush: constants.ZSTD_e_flush });
    return null;
  } catch {
    return null;
  }
}
