/** Joins a body that begins too early to the bytes already handed out: those in between are compared, never repeated. */
import { SluiceError } from '../errors.ts';
import type { BodySink, SinkAnswer } from '../ports/http.ts';
import type { TailWindow } from './tail-window.ts';

const scratchBytes = 64 * 1024;

/** Lets `skipBytes` pass unseen but for the last of them, which the window knows, and hands the rest on. */
export class JoinSink implements BodySink {
  readonly #tail: TailWindow;
  readonly #rest: BodySink;
  readonly #scratch = new Uint8Array(scratchBytes);
  #skipBytes: number;
  /** It has met bytes that are not those it was to pass by. */
  isDifferent = false;

  constructor(tail: TailWindow, rest: BodySink, skipBytes: number) {
    this.#tail = tail;
    this.#rest = rest;
    this.#skipBytes = skipBytes;
  }

  /** Whether everything that was to be compared has come, and was equal. */
  get isJoined(): boolean {
    return this.#skipBytes === 0;
  }

  space(): Uint8Array {
    return this.isJoined
      ? this.#rest.space()
      : this.#scratch.subarray(0, Math.min(this.#scratch.length, this.#skipBytes));
  }

  advance(lengthBytes: number): SinkAnswer | Promise<SinkAnswer> {
    if (this.isJoined) return this.#rest.advance(lengthBytes);
    if (!this.#tail.equals(this.#scratch.subarray(0, lengthBytes), this.#skipBytes)) {
      this.isDifferent = true;
      return Promise.reject(new SluiceError('resource-changed', 'the bytes before the interruption are others now'));
    }
    this.#skipBytes -= lengthBytes;
    return 'more';
  }
}
