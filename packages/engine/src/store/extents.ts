/** Order among extents. */
import type { Extent } from '../plan/ranges/extent.ts';

/** By start, then by length. */
export function byPlace(left: Extent, right: Extent): number {
  return left.start - right.start || left.end - right.end;
}

/** Sorted, without those that lie within another one. Overlaps in part stay: each claim has a CRC of its own. */
export function withoutContained(extents: readonly Extent[]): Extent[] {
  // The longest first among equals in start, so that what it contains comes after it.
  const sorted = [...extents].sort((left, right) => left.start - right.start || right.end - left.end);
  const kept: Extent[] = [];
  let reach = -1;
  for (const extent of sorted) {
    if (extent.end <= reach) continue;
    kept.push(extent);
    reach = extent.end;
  }
  return kept;
}
