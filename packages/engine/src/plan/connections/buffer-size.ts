/** Chooses the buffer between socket and disk by a connection's speed: a large one saves disk calls, a small one memory. */

export const smallestBufferBytes = 16 * 1024;
/** Large enough that the disk call is cheap beside the copy. */
export const largestBufferBytes = 1024 * 1024;
const growth = 4;

/** How many flushes by the clock a buffer may live through and still be worth its size. */
const mostTimedFlushes = 1;

/** A buffer that takes longer than this to fill is written before it is full. */
export function isOversized(bufferBytes: number, timedFlushes: number): boolean {
  return bufferBytes > smallestBufferBytes && timedFlushes > mostTimedFlushes;
}

/** @param timedFlushes how often the clock came before the buffer was full or given back */
export function nextBufferBytes(bufferBytes: number, timedFlushes: number): number {
  if (timedFlushes === 0) return Math.min(largestBufferBytes, bufferBytes * growth);
  if (isOversized(bufferBytes, timedFlushes)) return Math.max(smallestBufferBytes, bufferBytes / growth);
  return bufferBytes;
}

/**
 * The buffer of a connection whose speed calls for `wantedBytes` while others have theirs: an even share of the plenty at
 * most, and beyond the plenty the smallest.
 */
export function affordableBufferBytes(
  wantedBytes: number,
  lent: { readonly count: number; readonly sizeBytes: number },
  plentyBytes: number,
): number {
  let bytes = wantedBytes;
  while (
    bytes > smallestBufferBytes &&
    (bytes * (lent.count + 1) > plentyBytes || bytes + lent.sizeBytes > plentyBytes)
  )
    bytes = Math.max(smallestBufferBytes, bytes / growth);
  return bytes;
}
