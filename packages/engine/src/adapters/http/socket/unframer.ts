/** The three ways a body ends, each as the same small machine over the buffer its bytes arrive in. */
import { ChunkedDecoder } from './chunked.ts';
import type { BodyFraming } from './framing.ts';

export interface Unframed {
  /** Body bytes, now at the front of the buffer. */
  readonly payloadBytes: number;
  /** Raw bytes that belong to this response; what follows them does not. */
  readonly readBytes: number;
}

export interface Unframer {
  /** Raw bytes to read at most, so that none beyond the body is read where that can be known. */
  readonly wantedBytes: number;
  readonly isComplete: boolean;
  /** Takes the framing off `raw[0, lengthBytes)`, in place. @throws `http-malformed` */
  take(raw: Uint8Array, lengthBytes: number): Unframed;
  /** The connection has ended: whether that makes the body whole. */
  isWholeAtEnd(isProper: boolean): boolean;
}

export function createUnframer(framing: BodyFraming): Unframer {
  switch (framing.kind) {
    case 'length':
      return new LengthUnframer(framing.lengthBytes);
    case 'chunked':
      return new ChunkedUnframer(framing.hasBareLineFeeds === true);
    case 'close':
      return new CloseUnframer();
    default:
      return framing satisfies never;
  }
}

class LengthUnframer implements Unframer {
  #leftBytes: number;

  constructor(lengthBytes: number) {
    this.#leftBytes = lengthBytes;
  }

  get wantedBytes(): number {
    return this.#leftBytes;
  }

  get isComplete(): boolean {
    return this.#leftBytes === 0;
  }

  take(_raw: Uint8Array, lengthBytes: number): Unframed {
    const payloadBytes = Math.min(lengthBytes, this.#leftBytes);
    this.#leftBytes -= payloadBytes;
    return { payloadBytes, readBytes: payloadBytes };
  }

  isWholeAtEnd(): boolean {
    return this.isComplete;
  }
}

class ChunkedUnframer implements Unframer {
  readonly wantedBytes = Infinity;
  readonly #decoder: ChunkedDecoder;

  constructor(takesBareLineFeeds: boolean) {
    this.#decoder = new ChunkedDecoder({ takesBareLineFeeds });
  }

  get isComplete(): boolean {
    return this.#decoder.isDone;
  }

  take(raw: Uint8Array, lengthBytes: number): Unframed {
    return this.#decoder.decode(raw, lengthBytes);
  }

  isWholeAtEnd(): boolean {
    return this.isComplete;
  }
}

class CloseUnframer implements Unframer {
  readonly wantedBytes = Infinity;
  readonly isComplete = false;

  take(_raw: Uint8Array, lengthBytes: number): Unframed {
    return { payloadBytes: lengthBytes, readBytes: lengthBytes };
  }

  isWholeAtEnd(isProper: boolean): boolean {
    return isProper;
  }
}
