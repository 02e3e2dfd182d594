/**
 * Tells which refusals of a ranged GET may mean the range and not the file: servers and gateways are about that answer
 * every Range so, and the same request without one well. Only a plain GET shows which it is.
 */
import type { SluiceError } from '../../errors.ts';
import type { Resource } from './resource.ts';
import type { Verdict } from './verdict.ts';

/** Never those that ask for something else first: a login (401, 407) or a later time (429, 503). */
const doubtfulStatuses: ReadonlySet<unknown> = new Set([400, 403, 404, 405, 501]);

export interface RangedAsk {
  readonly range: { readonly start: number } | null;
  /** Null before any answer; after one, a range begins with bytes that are here already, to be compared. */
  readonly known: Pick<Resource, 'totalBytes'> | null;
}

export function mayMeanTheRange({ range, known }: RangedAsk, verdict: Verdict): boolean {
  if (range === null) return false;
  if (verdict.kind === 'failed') return doubtfulStatuses.has(verdict.facts.status);
  if (verdict.kind === 'refused') return verdict.code === 'range-not-satisfiable';
  return verdict.kind === 'nothing-left' && known !== null && !statesOtherLength(verdict.totalBytes, known.totalBytes);
}

/**
 * A 416 that names the length of what there is (RFC 9110 section 14.4) speaks of a shorter file, as any other answer of
 * another length does. Without one, or with 0, it may refuse the range: it never means that all bytes are here.
 */
function statesOtherLength(statedBytes: number | null, knownBytes: number | null): boolean {
  return statedBytes !== null && statedBytes > 0 && statedBytes !== knownBytes;
}

/** The same of the error that such an answer to a further connection became. */
export function mayHaveMeantTheRange({ facts }: SluiceError): boolean {
  return doubtfulStatuses.has(facts?.['status']);
}

/** The answer to the plain GET that followed: its bytes are taken, and ranges are not asked for again in this run. */
export function withoutRanges<V extends Verdict>(
  verdict: V,
  refusedBecause: NonNullable<Resource['refusedBecause']>,
): V {
  if (verdict.kind !== 'whole') return verdict;
  return { ...verdict, resource: { ...verdict.resource, ranges: 'refused', refusedBecause } };
}
