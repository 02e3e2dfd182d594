/** What a mirror has to show before it may help: where to compare, and what its answer must say. */
import { SluiceError } from '../../errors.ts';
import type { ByteRange } from './range.ts';
import { missingRanges } from './ranges.ts';
import { type Resource, saysWhereItBegins } from '../response/resource.ts';

/** As much as is compared where there is so much. Validators of another server say nothing about these bytes. */
const mostProofBytes = 1024 * 1024;
/** Less than this proves too little. */
export const leastProofBytes = 256 * 1024;
/** Left out: a server may answer every range with the file's beginning. */
const beginningBytes = 4 * 1024;
/** Compared far from what is on disk: files with equal beginnings may differ later. */
const sampleBytes = 64 * 1024;
/** With less than this left to fetch, a mirror would hardly have its first byte. */
const worthBytes = 2 * 1024 * 1024;

/**
 * Where a mirror's bytes are compared with those on disk: the end of the longest stretch there, since files that
 * differ are more likely to do so further on than in their first bytes.
 * @returns null while too little is there, or too little left
 */
export function chooseProof(totalBytes: number, covered: readonly ByteRange[]): ByteRange | null {
  let longest: ByteRange = { start: 0, end: 0 };
  let coveredBytes = 0;
  for (const range of covered) {
    coveredBytes += range.end - range.start;
    if (range.end - range.start > longest.end - longest.start) longest = range;
  }
  if (longest.end - longest.start < leastProofBytes || totalBytes - coveredBytes < worthBytes) return null;
  return { start: Math.max(longest.start, longest.end - mostProofBytes, beginningBytes), end: longest.end };
}

/** Where the link and a mirror are compared with each other: in the middle of what is missing, since there mirrors begin. */
export function chooseSample(totalBytes: number, covered: readonly ByteRange[]): ByteRange {
  let longest: ByteRange = { start: 0, end: 0 };
  for (const gap of missingRanges(totalBytes, covered)) {
    if (gap.end - gap.start > longest.end - longest.start) longest = gap;
  }
  const start = Math.floor((longest.start + longest.end) / 2);
  return { start, end: Math.min(longest.end, start + sampleBytes) };
}

/** What a mirror's answer is judged by at first: neither versions nor lengths of another server are its own. */
export function withoutVersion(known: Resource): Resource {
  const { finalUrl, ranges, contentType, contentEncoding } = known;
  return {
    finalUrl,
    ranges,
    contentType,
    contentEncoding,
    totalBytes: null,
    etag: null,
    lastModified: null,
    date: null,
  };
}

/**
 * @param known what the link has established; `seen`: what the mirror says of its own file
 * @throws SluiceError `resource-changed` when that is another file, `resume-unproved` when nothing would tie its
 *   further answers to the one that is compared
 */
export function checkMirror(known: Resource, seen: Resource): void {
  if (seen.totalBytes !== known.totalBytes) throw new SluiceError('resource-changed', 'the mirror has another length');
  if (statesOtherChecksum(known, seen)) throw new SluiceError('resource-changed', 'the mirror states another checksum');
  if (!saysWhereItBegins(seen)) throw new SluiceError('resume-unproved', 'the mirror says of no part where it begins');
  if (seen.etag === null && seen.lastModified === null) {
    throw new SluiceError('resume-unproved', 'the mirror names no version');
  }
}

/** Whether both name a checksum by the same algorithm, and not the same one. */
export function statesOtherChecksum(known: Resource, seen: Resource): boolean {
  return (known.checksums ?? []).some(({ algorithm, hex }) =>
    (seen.checksums ?? []).some((other) => other.algorithm === algorithm && other.hex !== hex),
  );
}
