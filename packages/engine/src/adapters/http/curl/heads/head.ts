/** What a transfer's head tells before its body: read from an HTTP server, or put together from what another said of a file. */
import type { HeaderLines, HttpBody } from '../../../../ports/http.ts';
import type { TraceLine } from '../trace.ts';

export interface CurlHead {
  readonly status: number;
  readonly headers: HeaderLines;
  readonly framing: HttpBody['framing'];
  /** Null unless framing is `length`. */
  readonly lengthBytes: number | null;
}

/**
 * - `head`: the body follows.
 * - `again`: the range cannot be had this way; the whole must be asked for.
 * - `failed`: curl ended a transfer without one.
 */
export type HeadOutcome =
  | { readonly kind: 'head'; readonly head: CurlHead }
  | { readonly kind: 'again' }
  | { readonly kind: 'failed'; readonly exitCode: number; readonly message: string };

export type Range = { readonly start: number; readonly end: number | null };

/** Reads an account of a transfer up to its head. It is handed every line, in order. */
export interface HeadSource {
  /**
   * @returns what the lines up to this one amount to; null while that is open
   * @throws SluiceError `http-malformed`
   */
  take(line: TraceLine): HeadOutcome | null | Promise<HeadOutcome>;
  /** The first bytes of the body are there. */
  began?(): HeadOutcome;
}

export function failedWith(line: Extract<TraceLine, { kind: 'result' }>): HeadOutcome {
  return { kind: 'failed', exitCode: line.exitCode, message: line.message };
}

export interface HeadFacts {
  /** Null when the server did not say. */
  readonly sizeBytes: number | null;
  /** Epoch seconds; null when the server did not say. */
  readonly modifiedSeconds: number | null;
}

export interface FileHeadOptions extends HeadFacts {
  /** Half-open, as it was asked for; null for the whole. */
  readonly range: Range | null;
}

/** The head of a file that a server without heads hands out. */
export function headOfFile({ range, sizeBytes, modifiedSeconds }: FileHeadOptions): HeadOutcome {
  const known: HeaderLines = modifiedSeconds === null ? [] : [['last-modified', httpDate(modifiedSeconds)]];
  // Where the size is not known no part could be told from another.
  if (sizeBytes === null) {
    if (range !== null) return { kind: 'again' };
    const headers: HeaderLines = [...known, ['accept-ranges', 'none']];
    return { kind: 'head', head: { status: 200, headers, framing: 'chunked', lengthBytes: null } };
  }
  const ranged: HeaderLines = [...known, ['accept-ranges', 'bytes']];
  if (range === null) return withLength({ status: 200, headers: ranged }, sizeBytes);
  if (range.start >= sizeBytes) {
    return withLength({ status: 416, headers: [...ranged, ['content-range', `bytes */${sizeBytes}`]] }, 0);
  }
  const end = Math.min(range.end ?? sizeBytes, sizeBytes);
  const contentRange = ['content-range', `bytes ${range.start}-${end - 1}/${sizeBytes}`] as const;
  return withLength({ status: 206, headers: [...ranged, contentRange] }, end - range.start);
}

function withLength(head: Pick<CurlHead, 'status' | 'headers'>, lengthBytes: number): HeadOutcome {
  const headers: HeaderLines = [...head.headers, ['content-length', String(lengthBytes)]];
  return { kind: 'head', head: { status: head.status, headers, framing: 'length', lengthBytes } };
}

/** RFC 9110 section 5.6.7. */
function httpDate(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toUTCString();
}
