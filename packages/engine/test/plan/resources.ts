/** Builds resources and response heads for tests of the judging rules. */
import type { HeaderLines } from '../../src/plan/response/headers.ts';
import type { Resource } from '../../src/plan/response/resource.ts';
import type { ResponseHead } from '../../src/plan/response/verdict.ts';

export const url = 'https://example.com/file.bin';
export const modified = 'Mon, 01 Jan 2024 00:00:00 GMT';
export const laterModified = 'Tue, 02 Jan 2024 00:00:00 GMT';
export const answered = 'Wed, 03 Jan 2024 00:00:00 GMT';

/** 1000 bytes with every validator; fields named in `changes` replace those. */
export function resource(changes: Partial<Resource> = {}): Resource {
  return {
    finalUrl: url,
    totalBytes: 1000,
    ranges: 'offered',
    etag: '"v1"',
    lastModified: modified,
    date: answered,
    contentType: 'application/octet-stream',
    contentEncoding: null,
    ...changes,
  };
}

/** The headers of {@link resource}; a null removes one. */
function headers(changes: Readonly<Record<string, string | null>> = {}): HeaderLines {
  const fields: Record<string, string | null> = {
    etag: '"v1"',
    'last-modified': modified,
    date: answered,
    'content-type': 'application/octet-stream',
    'accept-ranges': 'bytes',
    ...changes,
  };
  return Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

export function head(
  status: number,
  changes: Readonly<Record<string, string | null>> = {},
  bodyLengthBytes: number | null = null,
): ResponseHead {
  return { status, headers: headers(changes), url, nowMs: Date.UTC(2024, 0, 3), bodyLengthBytes };
}

/** A 206 for `[start, end)` of `total` bytes, right in every way but for `changes`. */
export function partHead(
  range: { readonly start: number; readonly end: number; readonly total?: number | '*' },
  changes: Readonly<Record<string, string | null>> = {},
): ResponseHead {
  const contentRange = `bytes ${range.start}-${range.end - 1}/${range.total ?? 1000}`;
  return head(206, { 'content-range': contentRange, ...changes }, range.end - range.start);
}
