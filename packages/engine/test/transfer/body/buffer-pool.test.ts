import { describe, expect, it } from 'vitest';
import { largestBufferBytes, smallestBufferBytes } from '../../../src/plan/connections/buffer-size.ts';
import { BufferPool } from '../../../src/transfer/body/buffer-pool.ts';

describe('BufferPool', () => {
  it('lends the same buffer again instead of making one', () => {
    const pool = new BufferPool();
    const first = pool.take(smallestBufferBytes);
    pool.give(first);
    expect(pool.take(smallestBufferBytes)).toBe(first);
    expect(pool.take(smallestBufferBytes)).not.toBe(first);
  });

  it('lends by size', () => {
    const pool = new BufferPool();
    pool.give(pool.take(smallestBufferBytes));
    expect(pool.take(largestBufferBytes)).toHaveLength(largestBufferBytes);
  });

  it('gives everyone the smallest while much is lent, and again more when it came back', () => {
    const pool = new BufferPool(2 * largestBufferBytes);
    const large = [pool.take(largestBufferBytes), pool.take(largestBufferBytes)];
    const small = pool.take(largestBufferBytes);
    expect(large.map((buffer) => buffer.length)).toEqual([largestBufferBytes, largestBufferBytes]);
    expect(small).toHaveLength(smallestBufferBytes);
    for (const buffer of [...large, small]) pool.give(buffer);
    expect(pool.lentBytes).toBe(0);
    expect(pool.take(largestBufferBytes)).toHaveLength(largestBufferBytes);
  });

  it('holds on to no more than a few when a crowd has gone', () => {
    const pool = new BufferPool(1000 * largestBufferBytes);
    const crowd = Array.from({ length: 100 }, () => pool.take(largestBufferBytes));
    for (const buffer of crowd) pool.give(buffer);
    const known = new Set(crowd);
    const kept = crowd.filter(() => known.has(pool.take(largestBufferBytes)));
    expect(kept).toHaveLength(16);
  });
});
