/** Cuts a part off where its Content-Range ends: what a server sends beyond belongs nowhere. */
import type { BodySink, HttpBody, SinkAnswer } from '../ports/http.ts';

/**
 * Hands on no more than `mostBytes`; `pipeTo` then says `enough`, so that nobody takes the end of a part for that of
 * the whole.
 */
export function boundBody(body: HttpBody, mostBytes: number): HttpBody {
  return {
    framing: body.framing,
    lengthBytes: body.lengthBytes,
    async pipeTo(sink, signal) {
      const bounded = new BoundedSink(sink, mostBytes);
      const how = await body.pipeTo(bounded, signal);
      return bounded.isFull ? 'enough' : how;
    },
    discard: () => body.discard(),
  };
}

class BoundedSink implements BodySink {
  readonly #rest: BodySink;
  #leftBytes: number;

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
    const answer = this.#rest.advance(lengthBytes);
    if (!this.isFull) return answer;
    return answer instanceof Promise ? answer.then(() => 'enough') : 'enough';
  }
}
