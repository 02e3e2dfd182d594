/** Splits the work: where a further connection starts so that the whole ends soonest. */
import { blockBytes } from '../ranges/extent.ts';

export interface LiveSegment {
  readonly start: number;
  /** The next byte to arrive. */
  readonly position: number;
  readonly end: number;
  /** 0 while unknown. */
  readonly bytesPerSecond: number;
}

/** Near the end pieces become this small: below it a request usually costs more than it brings. */
export const tailBytes = 64 * 1024;
/** A piece that its owner would need this long for is worth a request however small it is. */
const slowMs = 1000;
const leastBytes = 4096;

/** What is on its way into a connection when it is cut arrives in vain: leave it this much of its own pace. */
const leastInFlightMs = 50;
const maxInFlightBytes = 4 * blockBytes;

/** A segment that ends this soon by itself is left alone: a new connection would hardly have its first byte. */
const leastWorthMs = 60;
/** A new connection has its first byte after one latency, and after as long again its pace. */
const latenciesWorth = 3;

/**
 * Picks the segment that would finish last and cuts it so that both halves end together: in the middle when both
 * connections are about as fast, further to the front the slower the old one is.
 * @param limits `minBytes`: the least a new connection is opened for; {@link tailBytes} at least; `latencyMs`: from a
 *   new connection's start to its first byte, 0 while unknown
 * @returns the segment's index and the first byte of the new connection; null when nothing is worth a split
 */
export function chooseSplit(
  segments: readonly LiveSegment[],
  limits: { readonly minBytes: number; readonly latencyMs?: number },
): { readonly index: number; readonly at: number } | null {
  const usual = usualSpeed(segments);
  const minBytes = Math.max(limits.minBytes, tailBytes);
  const latencyMs = limits.latencyMs ?? 0;
  const worthMs = Math.max(leastWorthMs, latencyMs * latenciesWorth);
  const candidates = segments
    .map((segment, index) => ({ index, segment, remainingMs: remainingMs(segment, { usual, worthMs }) }))
    .filter(({ remainingMs: left }) => left > worthMs)
    .sort((left, right) => right.remainingMs - left.remainingMs);
  for (const { index, segment } of candidates) {
    const at = cut(segment, { usual, minBytes, latencyMs });
    if (at !== null) return { index, at };
  }
  return null;
}

/** Unknown speeds are taken for the usual one; when none is known every byte counts the same and none is near. */
function remainingMs(
  segment: LiveSegment,
  { usual, worthMs }: { readonly usual: number; readonly worthMs: number },
): number {
  const remaining = segment.end - segment.position;
  if (remaining <= 0) return 0;
  const speed = segment.bytesPerSecond > 0 ? segment.bytesPerSecond : usual;
  return speed > 0 ? (remaining / speed) * 1000 : worthMs + remaining;
}

/** The mean of the known speeds: what a new connection may be expected to do. */
function usualSpeed(segments: readonly LiveSegment[]): number {
  const known = segments.map((segment) => segment.bytesPerSecond).filter((speed) => speed > 0);
  return known.length === 0 ? 0 : known.reduce((sum, speed) => sum + speed, 0) / known.length;
}

function cut(
  segment: LiveSegment,
  { usual, minBytes, latencyMs }: { readonly usual: number; readonly minBytes: number; readonly latencyMs: number },
): number | null {
  const speed = segment.bytesPerSecond;
  const inFlight = Math.min(maxInFlightBytes, (speed * Math.max(leastInFlightMs, latencyMs)) / 1000);
  const first = segment.position + Math.ceil(Math.max(inFlight, leastBytes));
  const slowBytes = speed > 0 ? Math.max(leastBytes, Math.ceil((speed * slowMs) / 1000)) : minBytes;
  const last = segment.end - Math.min(minBytes, slowBytes);
  if (first > last) return null;
  const share = speed > 0 && usual > 0 ? speed / (speed + usual) : 0.5;
  const wanted = segment.position + (segment.end - segment.position) * share;
  return align(Math.min(Math.max(wanted, first), last), { first, last, speed });
}

/**
 * Blocks stay whole where there is plenty: a block that two connections share is written, and repaired, as two
 * extents. In the tail, and behind a connection to which the way to the next block is long, the cut falls on a
 * smaller round number, or where it must.
 */
function align(
  wanted: number,
  within: { readonly first: number; readonly last: number; readonly speed: number },
): number {
  const { first, last, speed } = within;
  for (const unit of [blockBytes, tailBytes, leastBytes]) {
    const isPlenty = last - first >= 4 * unit && (speed === 0 || unit / speed < slowMs / 1000);
    if (!isPlenty) continue;
    const near = Math.round(wanted / unit) * unit;
    const candidate = [near, near - unit, near + unit].find((at) => at >= first && at <= last);
    if (candidate !== undefined) return candidate;
  }
  return Math.floor(wanted);
}
