/** Hands a body on piece by piece, as fast as its reader takes them and no faster. */
import type { BodySink, SinkAnswer } from '../ports/http.ts';
import type { Hasher } from '../transfer/checksum/hasher.ts';
import type { Throttle } from '../transfer/connections/throttle.ts';
import { TailWindow } from './tail-window.ts';

export interface QueueDeps {
  readonly chunkBytes: number;
  readonly throttle: Throttle;
  /** Of all bytes; null: nothing is computed. */
  readonly hasher: Hasher | null;
}

/**
 * Memory is two pieces, however slow the reader: the one it has and the one that fills. Pieces are views on buffers
 * that are written once.
 */
export class ChunkQueue implements BodySink {
  readonly tail = new TailWindow();
  /** How many bytes there are to be; null: until the body ends. */
  lengthBytes: number | null = null;
  /** How many are wanted, however many there are. */
  mostBytes = Number.POSITIVE_INFINITY;
  readonly #deps: QueueDeps;
  #buffer: Uint8Array<ArrayBuffer>;
  #filled = 0;
  #taken = 0;
  #arrivedBytes = 0;
  #full: Uint8Array<ArrayBuffer> | null = null;
  #room: PromiseWithResolvers<void> | null = null;
  #reader: PromiseWithResolvers<Uint8Array<ArrayBuffer> | null> | null = null;
  #end: { readonly error: unknown } | 'whole' | null = null;

  constructor(deps: QueueDeps) {
    this.#deps = deps;
    this.#buffer = new Uint8Array(deps.chunkBytes);
  }

  get arrivedBytes(): number {
    return this.#arrivedBytes;
  }

  get isComplete(): boolean {
    return this.#arrivedBytes === this.#endBytes;
  }

  /** Of all that arrived; once. */
  digest(): string | null {
    return this.#deps.hasher?.hex() ?? null;
  }

  space(): Uint8Array {
    const left = this.#endBytes - this.#arrivedBytes;
    const room = Math.max(1, Math.min(this.#buffer.length - this.#filled, left, this.#deps.throttle.readBytes));
    return this.#buffer.subarray(this.#filled, this.#filled + room);
  }

  advance(lengthBytes: number): SinkAnswer | Promise<SinkAnswer> {
    const bytes = this.#buffer.subarray(this.#filled, this.#filled + lengthBytes);
    this.#filled += lengthBytes;
    this.#arrivedBytes += lengthBytes;
    this.tail.push(bytes);
    this.#deps.hasher?.update(bytes);
    const paid = this.#deps.throttle.take(lengthBytes);
    this.#serveReader();
    const answer: SinkAnswer = this.isComplete ? 'enough' : 'more';
    const room = this.#filled === this.#buffer.length ? this.#changeBuffer() : null;
    if (paid === null && room === null) return answer;
    return Promise.all([paid, room]).then(() => answer);
  }

  /** The next piece; null when all have been taken. @throws what the body ended with */
  next(): Promise<Uint8Array<ArrayBuffer> | null> {
    const full = this.#full;
    if (full !== null) {
      this.#full = null;
      this.#room?.resolve();
      this.#room = null;
      return Promise.resolve(full);
    }
    this.#reader = Promise.withResolvers();
    const { promise } = this.#reader;
    this.#serveReader();
    return promise;
  }

  /** Nothing more will come. */
  end(): void {
    this.#end ??= 'whole';
    this.#serveReader();
  }

  /** What has arrived may still be taken; then the reader meets the error. */
  fail(error: unknown): void {
    this.#end ??= { error };
    this.#room?.resolve();
    this.#room = null;
    this.#serveReader();
  }

  get #endBytes(): number {
    return this.lengthBytes ?? this.mostBytes;
  }

  #serveReader(): void {
    const reader = this.#reader;
    if (reader === null) return;
    if (this.#filled > this.#taken) {
      reader.resolve(this.#buffer.subarray(this.#taken, this.#filled));
      this.#taken = this.#filled;
    } else if (this.#end === 'whole') reader.resolve(null);
    else if (this.#end !== null) reader.reject(this.#end.error);
    else return;
    this.#reader = null;
  }

  /** @returns a wait while the last piece has not been taken */
  #changeBuffer(): Promise<void> | null {
    const rest = this.#buffer.subarray(this.#taken, this.#filled);
    this.#buffer = new Uint8Array(this.#deps.chunkBytes);
    this.#filled = 0;
    this.#taken = 0;
    if (rest.length === 0 || this.#end !== null) return null;
    this.#full = rest;
    this.#room = Promise.withResolvers();
    return this.#room.promise;
  }
}
