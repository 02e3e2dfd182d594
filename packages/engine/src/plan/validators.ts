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
 * Different strong tags mean other bytes, even where size and date agree: a rebuilt file may keep both. Servers
 * whose nodes tag the same bytes differently are told apart by {@link etagVaries}, never by one answer.
 * @param options `etagVaries`: leave tags out of it; then nothing is ever `same`
 */
export function compareVersions(
  known: Resource,
  seen: Resource,
  options: { readonly etagVaries?: boolean } = {},
): VersionMatch {
  if (known.totalBytes !== null && seen.totalBytes !== null && known.totalBytes !== seen.totalBytes) return 'changed';
  const varies = options.etagVaries === true;
  const tags = varies ? 'unknown' : compareTags(known.etag, seen.etag);
  if (tags === 'same') return 'same';
  if (tags === 'different') return 'changed';
  const dates = compareDates(known, seen);
  if (dates === 'different') return 'changed';
  const sameLength = known.totalBytes !== null && known.totalBytes === seen.totalBytes;
  if (tags === 'weakly-different') return dates !== 'unknown' && sameLength ? 'unproved' : 'changed';
  return dates === 'same-strong' && sameLength && !varies ? 'same' : 'unproved';
}

/** A tag, another one, and then the first again or a third. */
const tellingTags = 3;

/**
 * Whether responses to one link show that its entity tags depend on the node that answers (as when they are made
 * from inode numbers): size and date stayed, yet a tag came back after another one, which a changing file's
 * never does, or a third one turned up.
 * @param seen responses in the order they came
 */
export function etagVaries(seen: readonly Resource[]): boolean {
  const last = seen.at(-1);
  if (seen.length < tellingTags || last === undefined || last.lastModified === null || last.totalBytes === null)
    return false;
  const alike = seen.filter((one) => one.totalBytes === last.totalBytes && compareDates(one, last) !== 'different');
  const tags = alike.filter((one) => one.lastModified !== null && one.etag !== null).map((one) => one.etag);
  const runs = tags.filter((tag, index) => tag !== tags[index - 1]);
  return runs.length >= tellingTags;
}

/** Whether equal validators would prove equal bytes: a strong tag, or a strong date with a known length. */
export function hasStrongValidator(resource: Resource): boolean {
  if (resource.etag !== null && isStrongTag(resource.etag)) return true;
  return resource.totalBytes !== null && isStrongLastModified(resource);
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

type TagMatch = 'same' | 'weakly-same' | 'weakly-different' | 'different' | 'unknown';

function compareTags(known: string | null, seen: string | null): TagMatch {
  if (known === null || seen === null) return 'unknown';
  const strong = isStrongTag(known) && isStrongTag(seen);
  if (strong) return known === seen ? 'same' : 'different';
  return opaquePart(known) === opaquePart(seen) ? 'weakly-same' : 'weakly-different';
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
