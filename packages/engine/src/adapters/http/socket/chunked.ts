/** Takes chunked framing off a body, in the buffer it arrived in (RFC 9112 section 7.1). */
import { malformed } from './response-head.ts';

const carriageReturn = 0x0d;
const lineFeed = 0x0a;

const maxExtensionBytes = 16 * 1024;
const maxTrailerBytes = 64 * 1024;
/** Sixteen digits name more than 2^53; leading zeros are allowed within them. */
const maxSizeDigits = 16;

type Place =
  | 'size'
  | 'extension'
  | 'size-line-feed'
  | 'data'
  | 'data-carriage-return'
  | 'data-line-feed'
  | 'trailer-start'
  | 'trailer'
  | 'trailer-line-feed'
  | 'final-line-feed'
  | 'done';

/** Where a CR may come. */
const awaitsLineEnd: ReadonlySet<Place> = new Set([
  'size',
  'extension',
  'data-carriage-return',
  'trailer-start',
  'trailer',
] as const);

export class ChunkedDecoder {
  #place: Place = 'size';
  #sizeBytes = 0;
  #sizeDigits = 0;
  #leftInChunk = 0;
  #ignoredBytes = 0;
  readonly #takesBareLineFeeds: boolean;

  /** @param options `takesBareLineFeeds`: the head ended its lines in LF alone; chunks are then as exact as ever */
  constructor(options: { readonly takesBareLineFeeds?: boolean } = {}) {
    this.#takesBareLineFeeds = options.takesBareLineFeeds ?? false;
  }

  get isDone(): boolean {
    return this.#place === 'done';
  }

  /**
   * Reads `raw[0, lengthBytes)` and moves the payload in it to the front of `raw`.
   * @returns how many payload bytes are there now, and how many raw bytes were read: fewer than `lengthBytes`
   *   only when the body ended before
   * @throws `http-malformed`; the payload before the fault is lost
   */
  decode(raw: Uint8Array, lengthBytes: number): { readonly payloadBytes: number; readonly readBytes: number } {
    let payloadBytes = 0;
    let position = 0;
    while (position < lengthBytes && this.#place !== 'done') {
      if (this.#place === 'data') {
        const count = Math.min(this.#leftInChunk, lengthBytes - position);
        if (position !== payloadBytes) raw.copyWithin(payloadBytes, position, position + count);
        payloadBytes += count;
        position += count;
        this.#leftInChunk -= count;
        if (this.#leftInChunk === 0) this.#place = 'data-carriage-return';
      } else {
        this.#place = this.#afterFramingByte(raw[position] ?? 0);
        position += 1;
      }
    }
    return { payloadBytes, readBytes: position };
  }

  #afterFramingByte(given: number): Place {
    // A line end that lacks its CR is read as if the CR had come before.
    if (given === lineFeed && this.#takesBareLineFeeds && awaitsLineEnd.has(this.#place)) {
      this.#place = this.#afterByte(carriageReturn);
    }
    return this.#afterByte(given);
  }

  #afterByte(byte: number): Place {
    switch (this.#place) {
      case 'size':
        return this.#afterSizeByte(byte);
      case 'extension':
        if (byte === carriageReturn) return 'size-line-feed';
        this.#ignore(byte, maxExtensionBytes);
        return 'extension';
      case 'size-line-feed':
        expect(byte, lineFeed);
        return this.#startChunk();
      case 'data-carriage-return':
        expect(byte, carriageReturn);
        return 'data-line-feed';
      case 'data-line-feed':
        expect(byte, lineFeed);
        return 'size';
      case 'trailer-start':
        if (byte === carriageReturn) return 'final-line-feed';
        this.#ignore(byte, maxTrailerBytes);
        return 'trailer';
      case 'trailer':
        if (byte === carriageReturn) return 'trailer-line-feed';
        this.#ignore(byte, maxTrailerBytes);
        return 'trailer';
      case 'trailer-line-feed':
        expect(byte, lineFeed);
        return 'trailer-start';
      case 'final-line-feed':
        expect(byte, lineFeed);
        return 'done';
      case 'data':
      case 'done':
        throw new Error('not a place between chunks');
      default:
        return this.#place satisfies never;
    }
  }

  #afterSizeByte(byte: number): Place {
    const digit = hexDigit(byte);
    if (digit !== null) {
      this.#sizeBytes = this.#sizeBytes * 16 + digit;
      this.#sizeDigits += 1;
      if (this.#sizeDigits > maxSizeDigits || this.#sizeBytes > Number.MAX_SAFE_INTEGER) malformed('a chunk too large');
      return 'size';
    }
    if (this.#sizeDigits === 0) malformed('a chunk without a size');
    if (byte === carriageReturn) return 'size-line-feed';
    // An extension, or the blanks before one.
    if (byte !== 0x3b && byte !== 0x20 && byte !== 0x09) malformed('garbage after a chunk size');
    return 'extension';
  }

  #startChunk(): Place {
    this.#leftInChunk = this.#sizeBytes;
    this.#sizeBytes = 0;
    this.#sizeDigits = 0;
    this.#ignoredBytes = 0;
    return this.#leftInChunk === 0 ? 'trailer-start' : 'data';
  }

  #ignore(byte: number, maxBytes: number): void {
    if (byte === lineFeed || byte === 0) malformed('a bare LF or a NUL between chunks');
    this.#ignoredBytes += 1;
    if (this.#ignoredBytes > maxBytes) malformed('too much between chunks');
  }
}

function expect(byte: number, wanted: number): void {
  if (byte !== wanted) malformed('a chunk does not end where it says');
}

function hexDigit(byte: number): number | null {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : null;
}
