/**
 * Which bytes of a partial were surely written, told from the bytes alone: a partial begins as one hole, and holes read
 * as zeros. Whatever follows 16 zeros in a row may be a hole's, so that a run of zeros parts two stretches. Pure.
 */
import type { ByteRange } from './range.ts';

/** A shorter run is taken for bytes of the file: a hole so short needs a writer that stopped just before another's start. */
const leastZeros = 16;
/** What is shorter is not worth the request that would prove it. */
const leastBytes = 64 * 1024;
/** Each is proved by requests of its own. */
const mostStretches = 32;
const pruneAt = 4096;

/** Takes the bytes in order, in pieces of any length. */
export class WrittenStretches {
  #stretches: ByteRange[] = [];
  /** Where the stretch that is being read began. */
  #start = 0;
  #position = 0;
  /** How many zeros the bytes so far end with. */
  #zeros = 0;

  take(bytes: Uint8Array): void {
    const at = this.#position;
    this.#position += bytes.length;
    let from = 0;
    while (from < bytes.length && bytes[from] === 0) from += 1;
    if (from === bytes.length) {
      this.#zeros += from;
      return;
    }
    this.#skip(at - this.#zeros, at + from);
    let end = bytes.length;
    while (bytes[end - 1] === 0) end -= 1;
    this.#zeros = bytes.length - end;
    // One of every 16 bytes is enough to meet each run of 16.
    for (let index = from + leastZeros - 1; index < end;) {
      if (bytes[index] !== 0) {
        index += leastZeros;
        continue;
      }
      let first = index;
      while (bytes[first - 1] === 0) first -= 1;
      let after = index + 1;
      while (bytes[after] === 0) after += 1;
      this.#skip(at + first, at + after);
      index = after + leastZeros;
    }
  }

  /** As {@link take}, for a run of zeros: holes are large, and the file system reports them faster. */
  takeZeros(count: number): void {
    this.#position += count;
    this.#zeros += count;
  }

  /** @returns the longest stretches, in order of place */
  end(): ByteRange[] {
    this.#skip(this.#position - this.#zeros, this.#position);
    this.#add(this.#position);
    return longest(this.#stretches).sort((left, right) => left.start - right.start);
  }

  /** A run of zeros. */
  #skip(start: number, end: number): void {
    if (end - start < leastZeros) return;
    this.#add(start);
    this.#start = end;
  }

  #add(end: number): void {
    if (end - this.#start >= leastBytes) this.#stretches.push({ start: this.#start, end });
    this.#start = end;
    if (this.#stretches.length >= pruneAt) this.#stretches = longest(this.#stretches);
  }
}

function longest(stretches: readonly ByteRange[]): ByteRange[] {
  return stretches.toSorted((left, right) => right.end - right.start - (left.end - left.start)).slice(0, mostStretches);
}
