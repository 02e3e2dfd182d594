/** A body of any size whose every byte is known from a seed and its offset, so that no copy of it need be kept. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const wordBytes = 4;
const scratchWords = 16 * 1024;
const scratchBytes = scratchWords * wordBytes;

/** Fills `target` with the bytes `[start, start + target.length)` of the body of `seed`. */
export function fillSeeded(target: Uint8Array, seed: number, start: number): void {
  const words = new Uint32Array(scratchWords);
  const bytes = new Uint8Array(words.buffer);
  let filled = 0;
  while (filled < target.length) {
    const offset = start + filled;
    const skipped = offset % wordBytes;
    const length = Math.min(scratchBytes - skipped, target.length - filled);
    mixWords(words.subarray(0, Math.ceil((skipped + length) / wordBytes)), seed, (offset - skipped) / wordBytes);
    target.set(bytes.subarray(skipped, skipped + length), filled);
    filled += length;
  }
}

/** The bytes `[start, start + lengthBytes)` of the body of `seed`. */
export function seededBytes(seed: number, start: number, lengthBytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lengthBytes);
  fillSeeded(bytes, seed, start);
  return bytes;
}

/** The SHA-256 of the first `totalBytes` of the body of `seed`, in lower-case hex. */
export function seededSha256(seed: number, totalBytes: number): string {
  const hash = createHash('sha256');
  const piece = new Uint8Array(1024 * 1024);
  for (let offset = 0; offset < totalBytes; offset += piece.length) {
    const wanted = piece.subarray(0, Math.min(piece.length, totalBytes - offset));
    fillSeeded(wanted, seed, offset);
    hash.update(wanted);
  }
  return hash.digest('hex');
}

/**
 * Compares a file with the body it should hold.
 * @returns the first offset at which they differ (the shorter size when one ends early), or null when equal
 */
export async function verifySeeded(path: string, seed: number, totalBytes: number): Promise<number | null> {
  await using file = await open(path, 'r');
  const actual = new Uint8Array(1024 * 1024);
  const expected = new Uint8Array(actual.length);
  let offset = 0;
  for (;;) {
    const { bytesRead } = await file.read(actual, 0, actual.length, offset);
    if (bytesRead === 0) return offset === totalBytes ? null : offset;
    const length = Math.min(bytesRead, totalBytes - offset);
    fillSeeded(expected.subarray(0, length), seed, offset);
    if (Buffer.compare(actual.subarray(0, length), expected.subarray(0, length)) !== 0) {
      return offset + actual.findIndex((byte, index) => byte !== expected[index]);
    }
    if (length < bytesRead) return totalBytes;
    offset += bytesRead;
  }
}

/** One 32-bit mix per word of the body; little-endian like every machine Node runs on. */
function mixWords(words: Uint32Array, seed: number, firstWord: number): void {
  const high = Math.floor(firstWord / 2 ** 32);
  const low = firstWord % 2 ** 32;
  const keyA = finish(finish(seed | 0) ^ high);
  const keyB = finish(keyA ^ 0x9e3779b9);
  for (let index = 0; index < words.length; index += 1) {
    let mixed = (low + index) ^ keyA;
    mixed = (Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b) + keyB) | 0;
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
    words[index] = mixed ^ (mixed >>> 16);
  }
}

function finish(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return mixed ^ (mixed >>> 16);
}
