/** Receives one connection's bytes and puts them at their place in the partial, counting and checksumming on the way. */
import { crc32 } from 'node:zlib';
import { isOversized, nextBufferBytes, smallestBufferBytes } from '../../plan/connections/buffer-size.ts';
import { blockBytes, type Extent } from '../../plan/ranges/extent.ts';
import type { OpenFile } from '../../ports/files.ts';
import type { BodySink, SinkAnswer } from '../../ports/http.ts';
import type { ExtentLedger } from '../../store/extent-ledger.ts';
import type { BufferPool } from './buffer-pool.ts';
import type { Throttle } from '../connections/throttle.ts';

export interface SegmentWriterOptions {
  readonly start: number;
  /** Infinity while the length is unknown. */
  readonly end: number;
  readonly partial: OpenFile;
  readonly ledger: ExtentLedger;
  readonly pool: BufferPool;
  readonly throttle: Throttle;
  /** The source has to wait for the disk or for a limit, until the promise settles. */
  readonly onBackpressure?: (until: Promise<unknown>) => void;
}

interface Part {
  readonly bytes: Uint8Array;
  readonly at: number;
  /** The buffer they lie in, where nothing more will. */
  readonly release: Uint8Array | null;
}

/**
 * Invariants: bytes are accepted strictly in order from `start`; nothing at or beyond `end` is written; an
 * extent enters the ledger only after its write has succeeded; at most one write is under way. After a failed
 * write nothing more is written, since an extent would claim its bytes, and every later call fails with the same error.
 */
export class SegmentWriter implements BodySink {
  readonly start: number;
  readonly #options: SegmentWriterOptions;
  #end: number;
  #position: number;
  #buffer: Uint8Array | null = null;
  /** Bytes of the buffer that arrived, and of those the ones already handed to the disk. */
  #filled = 0;
  #flushed = 0;
  #wantedBufferBytes = smallestBufferBytes;
  /** The buffer takes no more. Only a read that ends may say so: until then the space is lent to a socket. */
  #isUsedUp = false;
  /** How often the clock came before that. */
  #timedFlushes = 0;
  #extentStart: number;
  #extentCrc = 0;
  #writing: Promise<void> | null = null;
  /** A buffer that is full before the write under way has ended: a source that waits for each write costs a copy. */
  #queued: Part | null = null;
  #failure: { readonly error: unknown } | null = null;

  constructor(options: SegmentWriterOptions) {
    this.#options = options;
    this.start = options.start;
    this.#end = options.end;
    this.#position = options.start;
    this.#extentStart = options.start;
  }

  /** The next byte to arrive. */
  get position(): number {
    return this.#position;
  }

  get end(): number {
    return this.#end;
  }

  /** Gives everything from `end` on to another writer. Never cuts in front of what has arrived. */
  shrinkTo(end: number): void {
    if (end < this.#position || end > this.#end)
      throw new RangeError('a segment can only give up bytes it has not received');
    this.#end = end;
  }

  /** Takes back what no other writer wants. Only before the end was reached: after that the source is let go. */
  growTo(end: number): void {
    if (this.#position >= this.#end || end < this.#end) throw new RangeError('a segment at its end cannot grow');
    this.#end = end;
  }

  space(): Uint8Array {
    this.#buffer ??= this.#options.pool.take(this.#wantedBufferBytes);
    const most = this.#filled + this.#options.throttle.readBytes;
    return this.#buffer.subarray(this.#filled, Math.min(this.#buffer.length, most));
  }

  advance(lengthBytes: number): SinkAnswer | Promise<SinkAnswer> {
    const accepted = Math.min(lengthBytes, this.#end - this.#position);
    this.#filled += accepted;
    this.#position += accepted;
    const answer: SinkAnswer = this.#position >= this.#end ? 'enough' : 'more';
    this.#isUsedUp = this.#hasFilledBuffer();
    const busy = this.#isUsedUp || answer === 'enough' ? this.#flush() : null;
    const pause = this.#options.throttle.take(accepted);
    if (this.#failure !== null) return Promise.reject(this.#failure.error);
    if (busy === null && pause === null) return answer;
    const whenReady = Promise.all([busy, pause]).then(() => {
      if (this.#failure !== null) throw this.#failure.error;
      return answer;
    });
    this.#options.onBackpressure?.(whenReady);
    return whenReady;
  }

  /** Hands what has arrived to the disk, so that a checkpoint can vouch for it although the buffer is not full. */
  async flushArrived(): Promise<void> {
    this.#timedFlushes += 1;
    // Behind a write under way: what it leaves in memory would otherwise wait for the next time.
    await this.#writing;
    if (this.#writing === null) void this.#flush();
    await this.#writing;
  }

  /** Resolves when everything that arrived is written. @throws the first write's error */
  async finish(): Promise<void> {
    while (this.#failure === null && (this.#writing !== null || this.#flushed < this.#filled)) {
      await this.#flush();
      await this.#writing;
    }
    if (this.#buffer !== null) this.#options.pool.give(this.#letGo(this.#buffer));
    if (this.#failure !== null) throw this.#failure.error;
  }

  /** Starts or queues the next write, or waits until one of both can be. @returns null when the reader need not wait */
  #flush(): Promise<void> | null {
    const buffer = this.#buffer;
    if (buffer === null || this.#filled === this.#flushed || this.#failure !== null) return null;
    const canQueue = this.#isUsedUp && this.#queued === null;
    if (this.#writing !== null && !canQueue) return this.#writing.then(() => this.#flush() ?? undefined);
    const bytes = buffer.subarray(this.#flushed, this.#filled);
    const at = this.#position - bytes.length;
    this.#flushed = this.#filled;
    const part = { bytes, at, release: this.#isUsedUp ? this.#letGo(buffer) : null };
    if (this.#writing === null) this.#writing = this.#write(part);
    else this.#queued = part;
    return null;
  }

  #hasFilledBuffer(): boolean {
    const sizeBytes = this.#buffer?.length ?? 0;
    return sizeBytes > 0 && (this.#filled === sizeBytes || isOversized(sizeBytes, this.#timedFlushes));
  }

  /** The next read gets another buffer, of the size that this one has shown to be right. */
  #letGo(buffer: Uint8Array): Uint8Array {
    this.#wantedBufferBytes = nextBufferBytes(buffer.length, this.#timedFlushes);
    this.#buffer = null;
    this.#filled = 0;
    this.#flushed = 0;
    this.#timedFlushes = 0;
    this.#isUsedUp = false;
    return buffer;
  }

  async #write({ bytes, at, release }: Part): Promise<void> {
    try {
      const extents = this.#checksum(bytes, at);
      await this.#options.partial.write(bytes, at);
      for (const extent of extents) this.#options.ledger.set(extent);
    } catch (error) {
      this.#failure = { error };
    } finally {
      if (release !== null) this.#options.pool.give(release);
      this.#writing = this.#writeQueued();
    }
  }

  #writeQueued(): Promise<void> | null {
    const next = this.#queued;
    this.#queued = null;
    if (next === null) return null;
    if (this.#failure === null) return this.#write(next);
    if (next.release !== null) this.#options.pool.give(next.release);
    return null;
  }

  /** The extents these bytes complete or lengthen; each ends at a block boundary at the latest. */
  #checksum(bytes: Uint8Array, at: number): Extent[] {
    const extents: Extent[] = [];
    let done = 0;
    while (done < bytes.length) {
      const from = at + done;
      const blockEnd = (Math.floor(from / blockBytes) + 1) * blockBytes;
      const take = Math.min(bytes.length - done, blockEnd - from);
      this.#extentCrc = crc32(bytes.subarray(done, done + take), this.#extentCrc);
      extents.push({ start: this.#extentStart, end: from + take, crc32: this.#extentCrc });
      done += take;
      if (from + take === blockEnd) {
        this.#extentStart = blockEnd;
        this.#extentCrc = 0;
      }
    }
    return extents;
  }
}
