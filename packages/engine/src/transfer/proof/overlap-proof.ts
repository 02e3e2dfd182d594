/** Proves that a resource still is what is on disk: compares a body's first bytes with the partial before any is written. */
import { SluiceError } from '../../errors.ts';
import type { OpenFile } from '../../ports/files.ts';
import type { BodySink, SinkAnswer } from '../../ports/http.ts';

const windowBytes = 64 * 1024;

/**
 * A sink in front of another: bytes `[from, until)` of the resource are compared with the disk, window by window;
 * those after go to `rest`, which must start at `until`. `onProved` is called between the two.
 * The source's body must start at `from`. A difference ends it with `resource-changed`; nothing has been written then.
 */
export class OverlapProof implements BodySink {
  readonly #partial: Pick<OpenFile, 'read'>;
  readonly #rest: BodySink;
  readonly #until: number;
  readonly #onProved: (() => void) | undefined;
  readonly #window = new Uint8Array(windowBytes);
  #windowStart: number;
  #filled = 0;

  constructor(
    partial: Pick<OpenFile, 'read'>,
    rest: BodySink,
    range: { readonly from: number; readonly until: number; readonly onProved?: () => void },
  ) {
    this.#partial = partial;
    this.#rest = rest;
    this.#windowStart = range.from;
    this.#until = range.until;
    this.#onProved = range.onProved;
  }

  get proved(): boolean {
    return this.#windowStart === this.#until;
  }

  space(): Uint8Array {
    return this.proved ? this.#rest.space() : this.#window.subarray(this.#filled, this.#windowLength());
  }

  advance(lengthBytes: number): SinkAnswer | Promise<SinkAnswer> {
    if (this.proved) return this.#rest.advance(lengthBytes);
    this.#filled += lengthBytes;
    return this.#filled < this.#windowLength() ? 'more' : this.#compare();
  }

  #windowLength(): number {
    return Math.min(windowBytes, this.#until - this.#windowStart);
  }

  async #compare(): Promise<SinkAnswer> {
    const onDisk = new Uint8Array(this.#filled);
    const count = await this.#partial.read(onDisk, this.#windowStart);
    if (count !== this.#filled || Buffer.compare(onDisk, this.#window.subarray(0, this.#filled)) !== 0) {
      throw new SluiceError('resource-changed', `bytes from ${this.#windowStart} differ from those on disk`);
    }
    this.#windowStart += this.#filled;
    this.#filled = 0;
    if (this.proved) this.#onProved?.();
    return 'more';
  }
}
