/** Keeps a part within its Content-Range, where the framing does not: what a server sends beyond belongs nowhere. */
import { SluiceError } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BodySink, HttpBody, SinkAnswer } from '../../ports/http.ts';

/** How long to wait for the end of a complete part: a body that continues is not the part that it claims to be. */
const endMs = 500;

export interface Bounds {
  /** How many are wanted. */
  readonly mostBytes: number;
  /** How many its Content-Range says there are. */
  readonly saidBytes: number;
}

/**
 * Hands on no more than `mostBytes`. However it ends, `pipeTo` says `enough`, so that no caller takes the end of a part,
 * which may come before its Content-Range is through, for that of the whole.
 * @throws SluiceError `body-short` for a part with nothing in it, `range-mismatch` for one that is longer than it says
 */
export function boundBody(body: HttpBody, bounds: Bounds, clock: Clock): HttpBody {
  return {
    framing: body.framing,
    lengthBytes: body.lengthBytes,
    async pipeTo(sink, signal) {
      const over = new AbortController();
      const leave = new AbortController();
      const onComplete = (): void => {
        clock.sleep(endMs, over.signal).then(
          () => leave.abort(),
          () => {},
        );
      };
      const bounded = new BoundedSink(sink, bounds, onComplete);
      try {
        const how = await body.pipeTo(bounded, AbortSignal.any([signal, leave.signal]));
        if (how === 'end' && bounded.isEmpty) throw new SluiceError('body-short', 'an empty part');
      } catch (error) {
        if (!bounded.isComplete || bounded.wentOn || signal.aborted) throw error;
      } finally {
        over.abort();
      }
      return 'enough';
    },
    discard: () => body.discard(),
  };
}

class BoundedSink implements BodySink {
  readonly #rest: BodySink;
  readonly #onComplete: () => void;
  readonly #beyond = new Uint8Array(1);
  /** Whether its end is where it has to end by its own word. */
  readonly #endsHere: boolean;
  #leftBytes: number;
  isEmpty = true;
  wentOn = false;

  constructor(rest: BodySink, { mostBytes, saidBytes }: Bounds, onComplete: () => void) {
    this.#rest = rest;
    this.#onComplete = onComplete;
    this.#leftBytes = mostBytes;
    this.#endsHere = saidBytes === mostBytes;
  }

  get isComplete(): boolean {
    return this.#leftBytes === 0;
  }

  space(): Uint8Array {
    if (this.isComplete) return this.#beyond;
    const space = this.#rest.space();
    return space.length > this.#leftBytes ? space.subarray(0, this.#leftBytes) : space;
  }

  advance(lengthBytes: number): SinkAnswer | Promise<SinkAnswer> {
    if (this.isComplete) {
      this.wentOn = true;
      return Promise.reject(new SluiceError('range-mismatch', 'a part goes on beyond its Content-Range'));
    }
    this.#leftBytes -= lengthBytes;
    this.isEmpty = false;
    const answer = this.#rest.advance(lengthBytes);
    if (!this.isComplete) return answer;
    return answer instanceof Promise ? answer.then(() => this.#complete()) : this.#complete();
  }

  #complete(): SinkAnswer {
    if (!this.#endsHere) return 'enough';
    this.#onComplete();
    return 'more';
  }
}
