/** Set algebra over byte ranges: what is there, what is missing, how much that is. */
import type { ByteRange } from './range.ts';

/** The same bytes as the fewest ranges: sorted, touching and overlapping ones merged, empty ones dropped. */
export function normaliseRanges(ranges: readonly ByteRange[]): ByteRange[] {
  const sorted = ranges.filter((range) => range.end > range.start).sort((left, right) => left.start - right.start);
  const merged: ByteRange[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && range.start <= last.end) {
      if (range.end > last.end) merged[merged.length - 1] = { start: last.start, end: range.end };
    } else {
      merged.push({ start: range.start, end: range.end });
    }
  }
  return merged;
}

/** What `[0, totalBytes)` still lacks, normalised. */
export function missingRanges(totalBytes: number, covered: readonly ByteRange[]): ByteRange[] {
  return subtract([{ start: 0, end: totalBytes }], covered);
}

/** How many different bytes the ranges hold: overlaps count once. */
export function totalLength(ranges: readonly ByteRange[]): number {
  return normaliseRanges(ranges).reduce((sum, range) => sum + (range.end - range.start), 0);
}

/** Bytes of `left` that are not in `right`, normalised. */
export function subtract(left: readonly ByteRange[], right: readonly ByteRange[]): ByteRange[] {
  const holes = normaliseRanges(right);
  const rest: ByteRange[] = [];
  let index = 0;
  for (const range of normaliseRanges(left)) {
    let start = range.start;
    while (index < holes.length && (holes[index]?.end ?? 0) <= start) index += 1;
    for (let at = index; at < holes.length; at += 1) {
      const hole = holes[at];
      if (hole === undefined || hole.start >= range.end) break;
      if (hole.start > start) rest.push({ start, end: hole.start });
      start = Math.max(start, hole.end);
    }
    if (start < range.end) rest.push({ start, end: range.end });
  }
  return rest;
}
