/** One TCP or TLS connection, read into whatever buffer its present reader offers, without a copy. */
import type { Socket } from 'node:net';
import type { Dialer } from '../dial.ts';
import type { Target } from '../target.ts';
import { witnessEnd } from '../tls-end.ts';

/** Who gets the bytes now. A connection without a reader is held: it does not read. */
export interface ConnectionReader {
  /** Where the next bytes may go; never empty. Asked again after each `landed`. */
  space(): Uint8Array;
  /** The first `lengthBytes` of the last `space()` have been filled. */
  landed(lengthBytes: number): void;
  /** Nothing more comes. `isProper` is false for a TLS stream that was cut off. */
  ended(isProper: boolean): void;
  failed(error: unknown): void;
}

/**
 * Where bytes land while no reader is there, or its buffer is being written. What is in it is used or copied
 * before the callback returns, so every connection can share it.
 */
export const scratch: Uint8Array = new Uint8Array(64 * 1024);

type Ending =
  | { readonly kind: 'ended'; readonly isProper: boolean }
  | { readonly kind: 'failed'; readonly error: unknown };

export class Connection {
  readonly target: Target;
  readonly #socket: Socket;
  #reader: ConnectionReader | null = null;
  #isPaused = true;
  /** Whose space the socket reads into at the moment; null for the scratch. */
  #lentBy: ConnectionReader | null = null;
  /** Bytes that came while held; a TLS record already decrypted cannot be refused. In order, never empty ones. */
  readonly #kept: Uint8Array[] = [];
  #ending: Ending | null = null;
  #isOpen = false;

  /** @param tunnel as the dialer made it for this target; null without one */
  constructor(target: Target, dialer: Dialer, tunnel: Socket | null = null) {
    this.target = target;
    const socket = dialer.dial(target, {
      tunnel,
      onread: {
        buffer: () => this.#lend(),
        callback: (lengthBytes, buffer) => this.#received(lengthBytes, buffer),
      },
    });
    this.#socket = socket;
    if (tunnel !== null) {
      // Neither a socket that was opened before nor TLS over one can be told where to read into: chunks are copied.
      this.#isOpen = socket === tunnel;
      socket.pause();
      socket.on('data', (chunk: Buffer) => this.#arrived(chunk));
    }
    socket.once(target.isSecure ? 'secureConnect' : 'connect', () => {
      this.#isOpen = true;
    });
    const witness = witnessEnd(socket);
    socket.once('end', () => this.#end({ kind: 'ended', isProper: witness.end === 'proper' }));
    socket.on('error', (error) => this.#end({ kind: 'failed', error }));
    socket.once('close', () => this.#end({ kind: 'ended', isProper: false }));
  }

  /** The name was looked up, TCP is connected and TLS agreed on. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The idle connection is open and has received no unexpected bytes. */
  get isCoolingDown(): boolean {
    return this.#ending === null && this.#kept.length === 0 && !this.#socket.destroyed;
  }

  /** Nothing that is sent goes anywhere any more. */
  get isGone(): boolean {
    return this.#socket.destroyed;
  }

  write(bytes: string | Uint8Array): void {
    if (typeof bytes === 'string') this.#socket.write(bytes, 'latin1');
    else this.#socket.write(bytes);
  }

  /** Settles when the bytes are on their way, or never will be: an end is told to the reader. */
  send(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      if (this.#socket.destroyed) resolve();
      else this.#socket.write(bytes, () => resolve());
    });
  }

  /** Gives the connection to a reader, or to none, and holds it until `read`. */
  attach(reader: ConnectionReader | null): void {
    this.#reader = reader;
    this.#isPaused = true;
  }

  /** Asks for no more bytes until `read`. */
  pause(): void {
    this.#isPaused = true;
  }

  /** Lets bytes flow to the reader: first what was kept, then the socket's. May call the reader at once. */
  read(): void {
    this.#isPaused = false;
    while (this.#reader !== null && !this.#isPaused && this.#kept.length > 0) this.#hand(this.#reader);
    if (this.#isPaused) return;
    if (this.#ending !== null) this.#tell(this.#ending);
    else this.#socket.resume();
  }

  /** Puts bytes back that the reader took but that are not its own. They come first at the next `read`. */
  unread(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#kept.unshift(new Uint8Array(bytes));
  }

  /** An idle connection does not keep the process alive. */
  setIdle(isIdle: boolean): void {
    if (isIdle) this.#socket.unref();
    else this.#socket.ref();
  }

  /** Ends it now. The reader is not told. */
  destroy(): void {
    this.#reader = null;
    this.#isPaused = true;
    this.#kept.length = 0;
    this.#socket.destroy();
  }

  #lend(): Uint8Array {
    this.#lentBy = this.#isPaused ? null : this.#reader;
    return this.#lentBy === null ? scratch : this.#lentBy.space();
  }

  /** @returns whether to continue reading */
  #received(lengthBytes: number, buffer: Uint8Array): boolean {
    if (this.#socket.destroyed) return false;
    const reader = this.#reader;
    if (reader !== null && !this.#isPaused && this.#lentBy === reader && this.#kept.length === 0) {
      reader.landed(lengthBytes);
      return !this.#isPaused;
    }
    this.#kept.push(new Uint8Array(buffer.subarray(0, lengthBytes)));
    while (this.#reader !== null && !this.#isPaused && this.#kept.length > 0) this.#hand(this.#reader);
    return !this.#isPaused;
  }

  #arrived(chunk: Uint8Array): void {
    if (this.#socket.destroyed) return;
    this.#kept.push(chunk);
    while (this.#reader !== null && !this.#isPaused && this.#kept.length > 0) this.#hand(this.#reader);
    if (this.#isPaused) this.#socket.pause();
  }

  #hand(reader: ConnectionReader): void {
    const first = this.#kept.shift();
    if (first === undefined) return;
    const space = reader.space();
    if (this.#reader !== reader) return;
    const count = Math.min(space.length, first.length);
    space.set(first.subarray(0, count));
    if (count < first.length) this.#kept.unshift(first.subarray(count));
    reader.landed(count);
  }

  #end(ending: Ending): void {
    if (this.#ending !== null) return;
    this.#ending = ending;
    if (!this.#isPaused && this.#kept.length === 0) this.#tell(ending);
    // A failure is news even to a reader that asked for a pause: what it waits for is not worth waiting for.
    else if (ending.kind === 'failed' && this.#kept.length === 0) this.#tell(ending);
  }

  #tell(ending: Ending): void {
    const reader = this.#reader;
    this.#reader = null;
    this.#isPaused = true;
    if (ending.kind === 'ended') reader?.ended(ending.isProper);
    else reader?.failed(ending.error);
  }
}
