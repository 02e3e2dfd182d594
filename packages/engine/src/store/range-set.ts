/** Ranges that grow by one at a time, always merged, with their total length at hand. */
import type { ByteRange } from '../plan/ranges/range.ts';

/** Invariant: sorted; no two ranges touch or overlap. */
export class RangeSet {
  readonly #ranges: ByteRange[] = [];
  #lengthBytes = 0;

  get lengthBytes(): number {
    return this.#lengthBytes;
  }

  /** Takes time in proportion to the number of ranges, which merging keeps near the number of writers. */
  add(start: number, end: number): void {
    if (end <= start) return;
    const first = this.#firstEndingAtOrAfter(start);
    let last = first;
    let mergedStart = start;
    let mergedEnd = end;
    for (; last < this.#ranges.length; last += 1) {
      const range = this.#ranges[last];
      if (range === undefined || range.start > end) break;
      mergedStart = Math.min(mergedStart, range.start);
      mergedEnd = Math.max(mergedEnd, range.end);
      this.#lengthBytes -= range.end - range.start;
    }
    this.#ranges.splice(first, last - first, { start: mergedStart, end: mergedEnd });
    this.#lengthBytes += mergedEnd - mergedStart;
  }

  toArray(): ByteRange[] {
    return [...this.#ranges];
  }

  #firstEndingAtOrAfter(position: number): number {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ranges[middle]?.end ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
