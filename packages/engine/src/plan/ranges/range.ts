/** A half-open byte range `[start, end)`. HTTP's inclusive form exists only in `content-range.ts`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}
