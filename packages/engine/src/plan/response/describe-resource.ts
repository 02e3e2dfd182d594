/** Turns a response head into what it establishes about the resource. */
import { checksumsFromHeaders } from '../checksum/checksum-headers.ts';
import { headerTokens, headerValue } from './headers.ts';
import type { Resource } from './resource.ts';
import type { ResponseHead } from './verdict.ts';

/** @param established `isPart`: the body is less than all of it, whatever the status says. Default: of a 200 it is not */
export function describeResource(
  response: ResponseHead,
  established: Pick<Resource, 'totalBytes' | 'ranges' | 'contentEncoding'> & { readonly isPart?: boolean },
): Resource {
  const isPart = established.isPart ?? response.status !== 200;
  const body = established.contentEncoding !== null ? 'encoded' : isPart ? 'part' : 'whole';
  const checksums = checksumsFromHeaders(response.headers, body);
  const field = (name: string): string | null => headerValue(response.headers, name);
  return {
    finalUrl: response.url,
    totalBytes: established.totalBytes,
    ranges: established.ranges,
    etag: field('etag'),
    lastModified: field('last-modified'),
    date: field('date'),
    contentType: field('content-type'),
    contentEncoding: established.contentEncoding,
    ...(checksums.length === 0 ? {} : { checksums }),
  };
}

/** Whether the server says that it sends ranges; `none` is a no, silence is not. */
export function offeredRanges(response: ResponseHead): 'offered' | 'refused' | 'unknown' {
  const units = headerTokens(response.headers, 'accept-ranges');
  if (units.includes('bytes')) return 'offered';
  return units.includes('none') ? 'refused' : 'unknown';
}

/**
 * What is known after one more response that was proved to be of the same version: what it leaves out stays as it
 * was, a date of modification seen again later grows stronger, and a tag that is new is the one to expect next.
 */
export function mergeResource(known: Resource, seen: Resource): Resource {
  const checksums = known.checksums ?? seen.checksums;
  return {
    finalUrl: seen.finalUrl,
    totalBytes: known.totalBytes ?? seen.totalBytes,
    ranges: seen.ranges,
    etag: seen.etag ?? known.etag,
    lastModified: seen.lastModified ?? known.lastModified,
    date: seen.lastModified === null && known.lastModified !== null ? known.date : (seen.date ?? known.date),
    contentType: known.contentType ?? seen.contentType,
    contentEncoding: known.contentEncoding,
    ...(checksums === undefined ? {} : { checksums }),
  };
}
