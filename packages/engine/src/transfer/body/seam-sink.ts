/** Where a stream meets what another one has fetched, some bytes of both are compared before it is let go. */
import { SluiceError } from '../../errors.ts';
import type { ByteRange } from '../../plan/ranges/range.ts';
import type { OpenFile } from '../../ports/files.ts';
import type { BodySink, SinkAnswer } from '../../ports/http.ts';
import type { SegmentWriter } from './segment-writer.ts';

/** They are on their way in any case. */
const seamBytes = 16 * 1024;

export interface Seam {
  readonly partial: Pick<OpenFile, 'read'>;
  readonly covered: () => readonly ByteRange[];
  /** Where the stream itself ends. */
  readonly until: number;
  /** Lets the writer grow, where what follows is not begun. */
  readonly takeBack: () => void;
  /** All that was to be written has come: what follows is for the comparison alone. */
  readonly onReached: () => void;
}

/**
 * A sink in front of a writer. Where the writer ends and the stream goes on, it goes on into what is not begun, or
 * its next bytes are compared with those that are on disk already.
 * @throws SluiceError `range-mismatch` where they differ
 */
export class SeamSink implements BodySink {
  readonly #writer: SegmentWriter;
  readonly #seam: Seam;
  readonly #bytes = new Uint8Array(seamBytes);
  /** The bytes behind the writer's end are others than those on disk. */
  isBroken = false;
  #lent: Uint8Array | null = null;
  #start = 0;
  #filled = 0;
  /** How many are to be compared; null until the writer has enough. */
  #wanted: number | null = null;

  constructor(writer: SegmentWriter, seam: Seam) {
    this.#writer = writer;
    this.#seam = seam;
  }

  space(): Uint8Array {
    if (this.#wanted !== null) return this.#bytes.subarray(this.#filled, this.#wanted);
    this.#lent = this.#writer.space();
    return this.#lent;
  }

  advance(lengthBytes: number): SinkAnswer | Promise<SinkAnswer> {
    if (this.#wanted !== null) {
      this.#filled += lengthBytes;
      return this.#filled < this.#wanted ? 'more' : this.#compare();
    }
    if (lengthBytes >= this.#left && this.#goesOn) this.#seam.takeBack();
    const taken = this.#left;
    // The writer looks at none of what lies behind its end, and its space is another's from then on.
    if (lengthBytes >= taken) this.#keep(this.#lent?.subarray(taken, lengthBytes) ?? new Uint8Array());
    const answer = this.#writer.advance(lengthBytes);
    if (lengthBytes < taken) return answer;
    return answer instanceof Promise ? answer.then(() => this.#goOn()) : this.#goOn();
  }

  get #left(): number {
    return this.#writer.end - this.#writer.position;
  }

  get #goesOn(): boolean {
    return this.#writer.end < this.#seam.until;
  }

  /** Compares what has come of the seam, however the body ended. */
  async end(): Promise<void> {
    if (this.#wanted !== null && this.#filled > 0) await this.#compare();
  }

  #keep(surplus: Uint8Array): void {
    this.#start = this.#writer.end;
    this.#filled = Math.min(surplus.length, seamBytes);
    this.#bytes.set(surplus.subarray(0, seamBytes));
  }

  #goOn(): SinkAnswer | Promise<SinkAnswer> {
    const start = this.#start;
    const beyond = this.#seam.covered().find((range) => range.start <= start && start < range.end);
    if (beyond === undefined || !this.#goesOn) return 'enough';
    this.#wanted = Math.min(seamBytes, beyond.end - start, this.#seam.until - start);
    this.#filled = Math.min(this.#filled, this.#wanted);
    this.#seam.onReached();
    return this.#filled < this.#wanted ? 'more' : this.#compare();
  }

  async #compare(): Promise<SinkAnswer> {
    const onDisk = new Uint8Array(this.#filled);
    await this.#seam.partial.read(onDisk, this.#start);
    const isEqual = Buffer.compare(onDisk, this.#bytes.subarray(0, this.#filled)) === 0;
    this.#filled = 0;
    this.isBroken = !isEqual;
    if (!isEqual) throw new SluiceError('range-mismatch', `bytes from ${this.#start} differ from those on disk`);
    return 'enough';
  }
}
