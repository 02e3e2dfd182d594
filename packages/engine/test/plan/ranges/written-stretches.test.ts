/** Which bytes of a partial count as written: never one of a hole of 16 bytes or more, however the bytes come in. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WrittenStretches } from '../../../src/plan/ranges/written-stretches.ts';

const kibibyte = 1024;

function stretchesOf(bytes: Uint8Array, pieceBytes: number) {
  const stretches = new WrittenStretches();
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = bytes.subarray(at, at + pieceBytes);
    if (piece.every((byte) => byte === 0)) stretches.takeZeros(piece.length);
    else stretches.take(piece);
  }
  return stretches.end();
}

it('zeros part stretches, and short stretches do not count', () => {
  const bytes = new Uint8Array(400 * kibibyte).fill(1);
  bytes.fill(0, 100 * kibibyte, 100 * kibibyte + 16);
  bytes.fill(0, 120 * kibibyte, 120 * kibibyte + 40);
  bytes.fill(0, 300 * kibibyte, 300 * kibibyte + 15);
  expect(stretchesOf(bytes, 64 * kibibyte)).toEqual([
    { start: 0, end: 100 * kibibyte },
    { start: 120 * kibibyte + 40, end: 400 * kibibyte },
  ]);
  expect(stretchesOf(new Uint8Array(400 * kibibyte), 4096)).toEqual([]);
  expect(stretchesOf(new Uint8Array(), 1)).toEqual([]);
});

it('no hole lies in a stretch, in whatever pieces the bytes are read', () => {
  const sizeBytes = 200 * kibibyte;
  const hole = fc.record({ start: fc.nat(sizeBytes), length: fc.integer({ min: 16, max: 5000 }) });
  const pieces = fc.constantFrom(977, 4096, 65_536, sizeBytes);
  fc.assert(
    fc.property(fc.array(hole, { maxLength: 4 }), pieces, (holes, pieceBytes) => {
      const bytes = new Uint8Array(sizeBytes).fill(7);
      for (const { start, length } of holes) bytes.fill(0, start, start + length);
      const found = stretchesOf(bytes, pieceBytes);
      for (const { start, end } of found) {
        expect(end - start).toBeGreaterThanOrEqual(64 * kibibyte);
        expect(Buffer.from(bytes.subarray(start, end)).includes(Buffer.alloc(16))).toBe(false);
      }
      expect(found).toEqual(stretchesOf(bytes, sizeBytes));
    }),
    { numRuns: 60 },
  );
});

it('of very many the longest are kept', () => {
  const stretches = new WrittenStretches();
  const piece = new Uint8Array(66 * kibibyte).fill(1);
  piece.fill(0, 65 * kibibyte);
  for (let count = 0; count < 5000; count += 1) stretches.take(piece);
  stretches.take(new Uint8Array(90 * kibibyte).fill(1));
  const found = stretches.end();
  expect(found).toHaveLength(32);
  expect(found.at(-1)).toEqual({ start: 5000 * 66 * kibibyte, end: 5000 * 66 * kibibyte + 90 * kibibyte });
});
