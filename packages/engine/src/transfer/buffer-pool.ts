/** Reuses the buffers between socket and disk, so that a steady transfer allocates nothing. */

/** Large enough that the disk call is cheap beside the copy, small enough for sixteen connections with two each. */
const bufferBytes = 1024 * 1024;

export class BufferPool {
  readonly #free: Uint8Array[] = [];
  readonly #keep: number;

  /** @param keep how many idle buffers to hold on to */
  constructor(keep = 32) {
    this.#keep = keep;
  }

  take(): Uint8Array {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(bufferBytes);
  }

  give(buffer: Uint8Array): void {
    if (this.#free.length < this.#keep) this.#free.push(buffer);
  }
}
