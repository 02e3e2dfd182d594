import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  affordableBufferBytes,
  isOversized,
  largestBufferBytes,
  nextBufferBytes,
  smallestBufferBytes,
} from '../../../src/plan/connections/buffer-size.ts';

const kibibyte = 1024;

describe('buffer size', () => {
  it.each([
    { sizeBytes: 16 * kibibyte, timedFlushes: 0, nextBytes: 64 * kibibyte, oversized: false },
    { sizeBytes: 64 * kibibyte, timedFlushes: 0, nextBytes: 256 * kibibyte, oversized: false },
    { sizeBytes: 256 * kibibyte, timedFlushes: 0, nextBytes: 1024 * kibibyte, oversized: false },
    { sizeBytes: 1024 * kibibyte, timedFlushes: 0, nextBytes: 1024 * kibibyte, oversized: false },
    { sizeBytes: 256 * kibibyte, timedFlushes: 1, nextBytes: 256 * kibibyte, oversized: false },
    { sizeBytes: 1024 * kibibyte, timedFlushes: 2, nextBytes: 256 * kibibyte, oversized: true },
    { sizeBytes: 256 * kibibyte, timedFlushes: 2, nextBytes: 64 * kibibyte, oversized: true },
    { sizeBytes: 16 * kibibyte, timedFlushes: 60, nextBytes: 16 * kibibyte, oversized: false },
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

  it('lends nobody more than an even share of the plenty, and the smallest beyond it', () => {
    const crowd = fc.record({
      plentyBytes: fc.integer({ min: smallestBufferBytes, max: 64 * largestBufferBytes }),
      specs: fc.array(fc.constantFrom(16, 64, 256, 1024), { minLength: 1, maxLength: 300 }),
    });
    fc.assert(
      fc.property(crowd, ({ plentyBytes, specs }) => {
        const lent = { count: 0, sizeBytes: 0 };
        for (const spec of specs) {
          const bytes = affordableBufferBytes(spec * kibibyte, lent, plentyBytes);
          expect(bytes).toBeLessThanOrEqual(spec * kibibyte);
          if (bytes > smallestBufferBytes) expect(bytes * (lent.count + 1)).toBeLessThanOrEqual(plentyBytes);
          lent.count += 1;
          lent.sizeBytes += bytes;
        }
        expect(lent.sizeBytes).toBeLessThanOrEqual(plentyBytes + lent.count * smallestBufferBytes);
      }),
    );
  });

  it('lets sixteen fast connections have two of the largest each', () => {
    const lent = { count: 31, sizeBytes: 31 * largestBufferBytes };
    expect(affordableBufferBytes(largestBufferBytes, lent, 64 * largestBufferBytes)).toBe(largestBufferBytes);
  });
});
