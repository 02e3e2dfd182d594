/** Decides whether two responses speak of the same bytes, by entity tag, modification date and length. */
import { parseHttpDate } from './http-date.ts';
import type { Resource } from './resource.ts';

/**
 * - `same`: proved to be the same bytes.
 * - `changed`: other bytes, or nothing allows to doubt it.
 * - `unproved`: nothing contradicts, nothing proves; an overlap of bytes read again must decide.
 */
export type VersionMatch = 'same' | 'changed' | 'unproved';

/**
 * A Last-Modified this much older than the response's Date is strong. RFC 9110 section 8.8.2.2 asks for one
 * second and for a difference that makes unequal clocks unlikely; RFC 7232 named 60 seconds for the latter.
 */
const strongDateGapMs = 60_000;

/**
 * Compares what two responses said of one link. It knows nothing of links replaced by a person: after that an
 * overlap must be proved whatever this says.
 *
 * Different tags beside an equal date and an equal length mean nothing by themselves: nodes of one server tag the same
 * bytes differently, and a rebuilt file may keep both. Bytes must decide then ({@link isRetagged}: more of them).
 */
export function compareVersions(known: Resource, seen: Resource): VersionMatch {
  if (known.totalBytes !== null && seen.totalBytes !== null && known.totalBytes !== seen.totalBytes) return 'changed';
  const tags = compareTags(known.etag, seen.etag);
  if (tags === 'same') return 'same';
  const dates = compareDates(known, seen);
  if (dates === 'different') return 'changed';
  if (tags === 'different') return isRetagged(known, seen) ? 'unproved' : 'changed';
  return dates === 'same-strong' && isSameLength(known, seen) ? 'same' : 'unproved';
}

/** Another entity tag, strong or weak, beside an equal date and an equal length. */
export function isRetagged(known: Resource, seen: Resource): boolean {
  if (compareTags(known.etag, seen.etag) !== 'different') return false;
  const dates = compareDates(known, seen);
  return (dates === 'same' || dates === 'same-strong') && isSameLength(known, seen);
}

/**
 * Whether an answer repeats everything that was known of the version, though nothing of that is strong. Within one run
 * this is enough for a part that begins where nothing before it is on disk: the answers are seconds apart.
 */
export function repeatsVersion(known: Resource, seen: Resource): boolean {
  if (known.etag === null && known.lastModified === null) return false;
  return known.totalBytes === seen.totalBytes && known.etag === seen.etag && known.lastModified === seen.lastModified;
}

function isSameLength(known: Resource, seen: Resource): boolean {
  return known.totalBytes !== null && known.totalBytes === seen.totalBytes;
}

/** Whether an equal entity tag alone would prove equal bytes. */
export function hasStrongTag(resource: Resource): boolean {
  return resource.etag !== null && isStrongTag(resource.etag);
}

/** `"…"` without a quote inside; tags without quotes are no tags and prove nothing (RFC 9110 section 8.8.3). */
function isStrongTag(tag: string): boolean {
  return /^"[^"]*"$/.test(tag);
}

function isStrongLastModified(resource: Resource): boolean {
  if (resource.lastModified === null || resource.date === null) return false;
  const modifiedMs = parseHttpDate(resource.lastModified);
  const answeredMs = parseHttpDate(resource.date);
  return modifiedMs !== null && answeredMs !== null && answeredMs - modifiedMs >= strongDateGapMs;
}

type TagMatch = 'same' | 'weakly-same' | 'different' | 'unknown';

function compareTags(known: string | null, seen: string | null): TagMatch {
  if (known === null || seen === null) return 'unknown';
  const strong = isStrongTag(known) && isStrongTag(seen);
  if (strong) return known === seen ? 'same' : 'different';
  return opaquePart(known) === opaquePart(seen) ? 'weakly-same' : 'different';
}

function opaquePart(tag: string): string {
  return tag.replace(/^w\//i, '').replace(/^"|"$/g, '');
}

function compareDates(known: Resource, seen: Resource): 'same-strong' | 'same' | 'different' | 'unknown' {
  if (known.lastModified === null || seen.lastModified === null) return 'unknown';
  const knownMs = parseHttpDate(known.lastModified);
  const seenMs = parseHttpDate(seen.lastModified);
  if (knownMs === null || seenMs === null) return known.lastModified === seen.lastModified ? 'same' : 'unknown';
  if (knownMs !== seenMs) return 'different';
  return isStrongLastModified(known) && isStrongLastModified(seen) ? 'same-strong' : 'same';
}
