/** Receives a short text from a server, and gives up on one that is not short. */
import type { BodySink, HttpBody, SinkAnswer } from '../../ports/http.ts';

/** @returns null when the body is longer than `mostBytes`. @throws what ends a body; `signal.reason` when aborted */
export async function readSmallText(body: HttpBody, mostBytes: number, signal: AbortSignal): Promise<string | null> {
  if (body.lengthBytes !== null && body.lengthBytes > mostBytes) {
    body.discard();
    return null;
  }
  const sink = new TextSink(mostBytes);
  const how = await body.pipeTo(sink, signal);
  return how === 'end' ? sink.text() : null;
}

class TextSink implements BodySink {
  readonly #most: number;
  #bytes = new Uint8Array(16 * 1024);
  #filled = 0;

  constructor(mostBytes: number) {
    this.#most = mostBytes;
  }

  space(): Uint8Array {
    if (this.#filled === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return this.#bytes.subarray(this.#filled);
  }

  advance(lengthBytes: number): SinkAnswer {
    this.#filled += lengthBytes;
    return this.#filled > this.#most ? 'enough' : 'more';
  }

  text(): string {
    return new TextDecoder().decode(this.#bytes.subarray(0, this.#filled));
  }
}
