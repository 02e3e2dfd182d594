/** Where bytes are compared when a server says neither that a file is the same nor that it is another one. */
import type { ByteRange } from './range.ts';
import { totalLength } from './ranges.ts';

const mostWindows = 8;
const windowBytes = 16 * 1024;

/**
 * Evenly over what is on disk, its first bytes among them, and before each gap.
 * @param covered merged and sorted
 * @param but compared anyway
 */
export function spreadWindows(covered: readonly ByteRange[], but: ByteRange): ByteRange[] {
  const coveredBytes = totalLength(covered);
  const windows: ByteRange[] = covered.map(({ start, end }) => ({ start: Math.max(start, end - windowBytes), end }));
  for (let index = 0; index < mostWindows; index += 1) {
    const window = windowAt(covered, Math.floor((coveredBytes * index) / mostWindows));
    if (window !== null) windows.push(window);
  }
  const unique = new Map(windows.map((window) => [window.start, window]));
  return [...unique.values()]
    .filter(({ start, end }) => start < but.start || end > but.end)
    .sort((left, right) => left.start - right.start);
}

/** @param offset counted over covered bytes alone */
function windowAt(covered: readonly ByteRange[], offset: number): ByteRange | null {
  let left = offset;
  for (const { start, end } of covered) {
    if (left < end - start) return { start: start + left, end: Math.min(end, start + left + windowBytes) };
    left -= end - start;
  }
  return null;
}
