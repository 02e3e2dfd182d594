import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isOversized,
  largestBufferBytes,
  nextBufferBytes,
  smallestBufferBytes,
} from '../../src/plan/buffer-size.ts';

const kibibyte = 1024;

describe('buffer size', () => {
  it.each([
    { sizeBytes: 64 * kibibyte, timedFlushes: 0, nextBytes: 256 * kibibyte, oversized: false },
    { sizeBytes: 256 * kibibyte, timedFlushes: 0, nextBytes: 1024 * kibibyte, oversized: false },
    { sizeBytes: 1024 * kibibyte, timedFlushes: 0, nextBytes: 1024 * kibibyte, oversized: false },
    { sizeBytes: 256 * kibibyte, timedFlushes: 1, nextBytes: 256 * kibibyte, oversized: false },
    { sizeBytes: 1024 * kibibyte, timedFlushes: 2, nextBytes: 256 * kibibyte, oversized: true },
    { sizeBytes: 256 * kibibyte, timedFlushes: 2, nextBytes: 64 * kibibyte, oversized: true },
    { sizeBytes: 64 * kibibyte, timedFlushes: 60, nextBytes: 64 * kibibyte, oversized: false },
  ])('$sizeBytes bytes after $timedFlushes ticks become $nextBytes', ({ sizeBytes, timedFlushes, ...expected }) => {
    expect(nextBufferBytes(sizeBytes, timedFlushes)).toBe(expected.nextBytes);
    expect(isOversized(sizeBytes, timedFlushes)).toBe(expected.oversized);
  });

  it('stays between the smallest and the largest, whatever the connection does', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 3 })), (history) => {
        let sizeBytes = smallestBufferBytes;
        for (const timedFlushes of history) {
          sizeBytes = nextBufferBytes(sizeBytes, timedFlushes);
          expect(sizeBytes).toBeGreaterThanOrEqual(smallestBufferBytes);
          expect(sizeBytes).toBeLessThanOrEqual(largestBufferBytes);
        }
      }),
    );
  });
});
