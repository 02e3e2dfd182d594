/** Judges a success that claims to be the whole resource. */
import { namesRealPart, parseContentRange } from './content-range.ts';
import { describeResource, offeredRanges } from './describe-resource.ts';
import { decodingOf, encodingInTheWay } from './encoding.ts';
import { headerValues } from './headers.ts';
import { isPageForFile, isPageInstead } from './page.ts';
import type { Resource } from './resource.ts';
import { compareVersions } from './validators.ts';
import { type Asked, type Refused, refused, type ResponseHead, type Verdict } from './verdict.ts';

export function judgeWhole(asked: Asked, response: ResponseHead): Verdict {
  const { known } = asked;
  if (!headerValues(response.headers, 'content-range').every((value) => isWholeDespite(value, asked, response))) {
    return refused('range-mismatch', `status ${response.status} with a Content-Range that is not the whole`);
  }
  const encoding = encodingInTheWay(response);
  const offered = offeredRanges(response);
  const isIgnored = offered === 'unknown' && asked.range !== null;
  const described = describeResource(response, {
    totalBytes: response.bodyLengthBytes,
    ranges: isIgnored ? 'refused' : offered,
    contentEncoding: encoding,
  });
  const seen: Resource =
    described.ranges === 'refused' ? { ...described, refusedBecause: isIgnored ? 'ignored' : 'stated' } : described;
  if (known !== null && isPageInstead(known, seen, response)) {
    return refused('page-instead-of-file', 'a web page came where a file was known', {
      status: response.status,
      comes: 'later',
    });
  }
  if (known === null && asked.link !== undefined && isPageForFile(asked.link, seen, response)) {
    return refused('page-instead-of-file', 'a web page came where the link names a file', { status: response.status });
  }
  if (encoding !== null) return refuseEncoding(asked, seen, encoding);
  return { kind: 'whole', resource: seen, version: known === null ? 'first' : compareVersions(known, seen) };
}

/**
 * Some servers answer a range with 200 and say by Content-Range that it is one: written from byte 0, that part
 * would pass for the file. Without a Range in the request the field means nothing (RFC 9110 section 14.4), and some
 * servers send it with every answer, wrong by one or without numbers: it counts only where it names a real part. Where
 * a range was asked, one that cannot be read is passed over only if the body is as long as the whole.
 */
function isWholeDespite(contentRange: string, { range: askedRange, known }: Asked, response: ResponseHead): boolean {
  const range = parseContentRange(contentRange);
  if (namesRealPart(range)) return false;
  if (askedRange === null) return true;
  if (range?.kind === 'range' && range.totalBytes !== null) return true;
  return known !== null && known.totalBytes !== null && response.bodyLengthBytes === known.totalBytes;
}

/** Encoded bytes cannot continue what is on disk; as a whole body that was asked for they can be decoded. */
function refuseEncoding(asked: Asked, seen: Resource, encoding: string): Refused {
  const refusal = refused('encoding-unexpected', 'an encoding came although identity was asked', { encoding });
  const decoding = decodingOf(encoding);
  if (asked.range !== null || decoding === null) return refusal;
  // The length is that of the encoded bytes, and so would every range of them be.
  return { ...refusal, encoded: { resource: { ...seen, totalBytes: null, ranges: 'refused' }, decoding } };
}
