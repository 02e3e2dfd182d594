/** Cuts a part off where its Content-Range ends: what a server sends beyond belongs nowhere. */
import { SluiceError } from '../errors.ts';
import type { BodySink, HttpBody, SinkAnswer } from '../ports/http.ts';

/**
 * Hands on no more than `mostBytes`. However it ends, `pipeTo` says `enough`, so that nobody takes the end of a part,
 * which may come before its Content-Range is through, for that of the whole.
 * @throws SluiceError `body-short` for a part with nothing in it
 */
export function boundBody(body: HttpBody, mostBytes: number): HttpBody {
  return {
    framing: body.framing,
    lengthBytes: body.lengthBytes,
    async pipeTo(sink, signal) {
      const bounded = new BoundedSink(sink, mostBytes);
      const how = await body.pipeTo(bounded, signal);
      if (how === 'end' && bounded.isEmpty) throw new SluiceError('body-short', 'an empty part');
      return 'enough';
    },
    discard: () => body.discard(),
  };
}

class BoundedSink implements BodySink {
  readonly #rest: BodySink;
  #leftBytes: number;
  isEmpty = true;

  constructor(rest: BodySink, mostBytes: number) {
    this.#rest = rest;
    this.#leftBytes = mostBytes;
  }

  get isFull(): boolean {
    return this.#leftBytes === 0;
  }

  space(): Uint8Array {
    const space = this.#rest.space();
    return space.length > this.#leftBytes ? space.subarray(0, this.#leftBytes) : space;
  }

  advance(lengthBytes: number): SinkAnswer | Promise<SinkAnswer> {
    this.#leftBytes -= lengthBytes;
    this.isEmpty = false;
    const answer = this.#rest.advance(lengthBytes);
    if (!this.isFull) return answer;
    return answer instanceof Promise ? answer.then(() => 'enough') : 'enough';
  }
}
