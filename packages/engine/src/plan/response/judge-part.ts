/** Judges a 206: bytes may join others only if start, length, encoding and version are all as they must be. */
import { parseContentRange, statedTotal } from './content-range.ts';
import { describeResource } from './describe-resource.ts';
import { encodingInTheWay } from './encoding.ts';
import { headerValue } from './headers.ts';
import { judgeWhole } from './judge-whole.ts';
import { mediaType } from './media-type.ts';
import { isPageInstead } from './page.ts';
import type { Resource } from './resource.ts';
import { compareVersions } from './validators.ts';
import { type Asked, refused, type ResponseHead, type Verdict } from './verdict.ts';
import { asksForEnd } from '../ranges/suffix-range.ts';

/** RFC 9110 sections 14.4 and 15.3.7. Refusals state numbers, never header text a server chose. */
export function judgePart(asked: Asked, response: ResponseHead): Verdict {
  if (mediaType(headerValue(response.headers, 'content-type')) === 'multipart/byteranges') {
    return refused('range-mismatch', 'a multipart answer to a single range');
  }
  const value = headerValue(response.headers, 'content-range');
  const range = value === null ? null : parseContentRange(value);
  if (asked.range === null && value !== null && range?.kind !== 'range') {
    // What states the length of the whole and brings as much is the whole, however its numbers are off.
    const stated = statedTotal(value);
    if (stated !== null && stated === response.bodyLengthBytes) return judgeWhole(asked, response);
  }
  if (range?.kind !== 'range') return refused('range-mismatch', '206 without a usable Content-Range');
  const { start, end, totalBytes } = range;
  const encoding = encodingInTheWay(response);
  if (encoding !== null) return refused('encoding-unexpected', 'a range in an encoding', { encoding });
  if (response.bodyLengthBytes !== null && response.bodyLengthBytes !== end - start) {
    return refused('range-mismatch', `a body of ${response.bodyLengthBytes} bytes for bytes ${start}-${end}`);
  }
  const seen = describeResource(response, { totalBytes, ranges: 'proved', contentEncoding: null, isPart: true });
  if (asked.known !== null && isPageInstead(asked.known, seen, response)) {
    return refused('page-instead-of-file', 'a part of a web page came where a file was known', { comes: 'later' });
  }
  if (asked.range === null)
    return asksForEnd(asked.suffixBytes)
      ? judgeSuffix(asked.suffixBytes, seen, range)
      : judgeUnasked(asked, seen, range);
  if (start !== asked.range.start) {
    return refused('range-mismatch', `bytes from ${start} came where ${asked.range.start} was asked`);
  }
  const takenEnd = asked.range.end === null ? end : Math.min(end, asked.range.end);
  if (asked.known === null)
    return { kind: 'part', resource: seen, start, end: takenEnd, saidEnd: end, version: 'first' };
  const version = compareVersions(asked.known, seen);
  const isBeyond = asked.known.totalBytes !== null && end > asked.known.totalBytes;
  if (version === 'changed' || isBeyond) return refused('resource-changed', 'the part belongs to another version');
  return { kind: 'part', resource: seen, start, end: takenEnd, saidEnd: end, version };
}

/** Of the end, exactly as much as was asked for, or all there is. */
function judgeSuffix(
  suffixBytes: number,
  seen: Resource,
  { start, end, totalBytes }: { readonly start: number; readonly end: number; readonly totalBytes: number | null },
): Verdict {
  if (totalBytes === null || end !== totalBytes || start !== Math.max(0, totalBytes - suffixBytes)) {
    return refused('range-mismatch', `bytes ${start}-${end} came where the last ${suffixBytes} were asked`);
  }
  return { kind: 'part', resource: seen, start, end, saidEnd: end, version: 'first' };
}

/** No range was requested: a 206 is acceptable only if the part is the whole resource. */
function judgeUnasked(
  asked: Asked,
  seen: Resource,
  range: { readonly start: number; readonly end: number; readonly totalBytes: number | null },
): Verdict {
  if (range.start !== 0 || range.end !== range.totalBytes) {
    return refused('range-mismatch', '206 to a request without a range');
  }
  const version = asked.known === null ? 'first' : compareVersions(asked.known, seen);
  return { kind: 'whole', resource: seen, version };
}
