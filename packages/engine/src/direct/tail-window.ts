/** Remembers the last bytes of a sequence, to prove that what comes after an interruption belongs to it. */

/** As much as the engine compares before it appends to a file. */
const tailBytes = 64 * 1024;

export class TailWindow {
  readonly #ring = new Uint8Array(tailBytes);
  /** How many bytes have passed through. */
  #count = 0;

  /** How many of the last bytes are known. */
  get lengthBytes(): number {
    return Math.min(this.#count, tailBytes);
  }

  push(bytes: Uint8Array): void {
    const kept = bytes.subarray(Math.max(0, bytes.length - tailBytes));
    const at = (this.#count + bytes.length - kept.length) % tailBytes;
    const first = Math.min(kept.length, tailBytes - at);
    this.#ring.set(kept.subarray(0, first), at);
    this.#ring.set(kept.subarray(first), 0);
    this.#count += bytes.length;
  }

  /** @param fromEnd how many bytes before the end `bytes` begins; what reaches behind the window counts as equal */
  equals(bytes: Uint8Array, fromEnd: number): boolean {
    const unknown = Math.max(0, fromEnd - this.lengthBytes);
    for (let index = unknown; index < bytes.length; index += 1) {
      if (bytes[index] !== this.#ring[(this.#count - fromEnd + index) % tailBytes]) return false;
    }
    return true;
  }
}
