/** Collects a response head however it is cut up, passes interim ones over, and leaves the body's bytes unread. */
import { SluiceError } from '@sluice/contract';
import { networkError } from '../network-errors.ts';
import { type Connection, type ConnectionReader, scratch } from './connection.ts';
import { findHeadEnd, headLimits, malformed, parseResponseHead, type SocketResponseHead } from './response-head.ts';

const opening = 'HTTP/';
/** Empty lines before a status line that are passed over: some servers end the body before with one too many. */
const mostLeadingBytes = 4;

export class HeadReader implements ConnectionReader {
  readonly #connection: Connection;
  readonly #reading = Promise.withResolvers<SocketResponseHead>();
  /** Of this head so far; grows by doubling, so that one byte at a time costs no more than it must. */
  #collected = Buffer.alloc(0);
  #collectedBytes = 0;
  #earlierHeadBytes = 0;
  #heardBytes = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The final head; the connection is then without a reader, held, the body's first bytes unread. */
  get head(): Promise<SocketResponseHead> {
    return this.#reading.promise;
  }

  /** False as long as the server may not have noticed the request at all. */
  get hasHeardAnything(): boolean {
    return this.#heardBytes > 0;
  }

  space(): Uint8Array {
    return scratch;
  }

  landed(lengthBytes: number): void {
    this.#heardBytes += lengthBytes;
    try {
      this.#read(Buffer.from(scratch.buffer, scratch.byteOffset, lengthBytes));
    } catch (error) {
      this.giveUp(error);
    }
  }

  ended(): void {
    this.failed(new SluiceError('connection-reset', 'the server closed the connection before a whole response head'));
  }

  failed(error: unknown): void {
    this.giveUp(networkError(error, this.#connection.target));
  }

  /** Ends the connection; `head` rejects with `reason`. */
  giveUp(reason: unknown): void {
    this.#connection.destroy();
    this.#reading.reject(reason);
  }

  #read(bytes: Buffer): void {
    let rest = bytes;
    for (;;) {
      const taken = this.#takeHead(rest);
      if (taken === null) return;
      rest = rest.subarray(taken.lengthBytes);
      const head = parseResponseHead(taken.text);
      // We never ask to switch protocols, so 101 is no answer to us (RFC 9110 section 15.2.2).
      if (head.status === 101) malformed('the server switched protocols unasked');
      if (head.status >= 200) {
        this.#connection.attach(null);
        this.#connection.unread(rest);
        this.#reading.resolve(head);
        return;
      }
    }
  }

  /** @returns the head without its empty line, and how many of `bytes` belong to it; null while it goes on */
  #takeHead(bytes: Buffer): { readonly text: string; readonly lengthBytes: number } | null {
    const earlier = this.#collectedBytes;
    const all = earlier === 0 ? bytes : this.#collect(bytes);
    const begin = leadingLineEnds(all);
    // An empty line is up to three bytes behind the line end before it.
    const end = findHeadEnd(all, Math.max(begin, earlier - 3));
    const headBytes = end === null ? all.length : end.headEnd;
    if (this.#earlierHeadBytes + headBytes > headLimits.totalBytes) malformed('the response head is too large');
    const start = all.toString('latin1', begin, Math.min(begin + opening.length, headBytes)).toUpperCase();
    if (start !== opening.slice(0, start.length)) malformed('this is no HTTP/1.x response');
    if (end === null) {
      if (earlier === 0) this.#collect(bytes);
      return null;
    }
    this.#earlierHeadBytes += headBytes;
    this.#collectedBytes = 0;
    return { text: all.toString('latin1', begin, end.textEnd), lengthBytes: headBytes - earlier };
  }

  #collect(bytes: Buffer): Buffer {
    const total = this.#collectedBytes + bytes.length;
    if (total > this.#collected.length) {
      const larger = Buffer.alloc(Math.max(4096, total * 2));
      larger.set(this.#collected.subarray(0, this.#collectedBytes));
      this.#collected = larger;
    }
    this.#collected.set(bytes, this.#collectedBytes);
    this.#collectedBytes = total;
    return this.#collected.subarray(0, total);
  }
}

function leadingLineEnds(bytes: Buffer): number {
  let count = 0;
  while (count < mostLeadingBytes && (bytes[count] === 0x0a || bytes[count] === 0x0d)) count += 1;
  return count;
}
