import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TailWindow } from '../../src/direct/tail-window.ts';

const windowBytes = 64 * 1024;

/** Any way of cutting up a sequence that is shorter or longer than the window. */
const pieces = fc.array(fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 100_000 })), {
  minLength: 1,
  maxLength: 8,
});

function bytesOf(lengthBytes: number): Uint8Array {
  return Uint8Array.from({ length: lengthBytes }, (_unused, index) => (index * 31 + (index >> 8)) & 255);
}

function fill(sizes: readonly number[]): { readonly tail: TailWindow; readonly all: Uint8Array } {
  const all = bytesOf(sizes.reduce((sum, size) => sum + size, 0));
  const tail = new TailWindow();
  let at = 0;
  for (const size of sizes) {
    tail.push(all.subarray(at, at + size));
    at += size;
  }
  return { tail, all };
}

describe('the window', () => {
  it('knows the last 64 KiB of what passed, however it came', () => {
    fc.assert(
      fc.property(pieces, (sizes) => {
        const { tail, all } = fill(sizes);
        expect(tail.lengthBytes).toBe(Math.min(all.length, windowBytes));
        expect(tail.equals(all.subarray(all.length - tail.lengthBytes), tail.lengthBytes)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('tells any single other byte within it', () => {
    fc.assert(
      fc.property(pieces, fc.nat(), (sizes, place) => {
        const { tail, all } = fill(sizes);
        const seen = all.slice(all.length - tail.lengthBytes);
        const index = place % seen.length;
        seen[index] = (seen[index] ?? 0) ^ 1;
        expect(tail.equals(seen, tail.lengthBytes)).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it('compares any part that lies before the end', () => {
    fc.assert(
      fc.property(pieces, fc.nat(), fc.nat(), (sizes, from, length) => {
        const { tail, all } = fill(sizes);
        const fromEnd = 1 + (from % tail.lengthBytes);
        const start = all.length - fromEnd;
        const part = all.subarray(start, start + (length % fromEnd));
        expect(tail.equals(part, fromEnd)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('has nothing to say of what it no longer holds', () => {
    const { tail, all } = fill([windowBytes + 100]);
    expect(tail.equals(new Uint8Array(50), all.length)).toBe(true);
    const reaching = new Uint8Array(101);
    expect(tail.equals(reaching, all.length)).toBe(reaching[100] === all[100]);
  });
});
