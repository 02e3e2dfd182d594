/** The vocabulary of judging responses: what was asked, what came, what may be done with it. */
import type { ErrorCode } from '@sluice/contract';
import type { Decoding } from './decoding.ts';
import type { HeaderLines } from './headers.ts';
import type { Resource } from './resource.ts';

export interface Asked {
  /** Half-open; `end` null asks for everything from `start`. Null when no Range field was sent. */
  readonly range: { readonly start: number; readonly end: number | null } | null;
  /** The number of bytes at the end that was asked for, where `range` is null. */
  readonly suffixBytes?: number | null;
  /** What earlier responses established; null for the first request of a download. */
  readonly known: Resource | null;
  /** The link as a person gave it, when a page is not to be taken for what it names. */
  readonly link?: string;
  /** More was asked than a file, so that a success without one is as good: 202, 204, 205 (RFC 9110 section 15.3). */
  readonly takesBareSuccess?: boolean;
}

export interface ResponseHead {
  readonly status: number;
  readonly headers: HeaderLines;
  /** Where the response came from, after redirects. */
  readonly url: string;
  /** Wall clock, for dates in Retry-After. */
  readonly nowMs: number;
  /** What the message framing says of the body's length; null when only its end will tell. */
  readonly bodyLengthBytes: number | null;
}

export interface Refused {
  readonly kind: 'refused';
  readonly code: ErrorCode;
  /** English, for logs; free of secrets. */
  readonly detail: string;
  readonly facts?: Readonly<Record<string, string | number>>;
  /**
   * With `encoding-unexpected`, when the body is the whole resource in an encoding that can be undone: a caller
   * that decodes while it writes may take the body after all, in one stream that can never be resumed.
   */
  readonly encoded?: { readonly resource: Resource; readonly decoding: Decoding };
}

export type Verdict =
  /** A body from byte 0: no range was asked, or it was ignored. `version` compares it with `known`. */
  | {
      readonly kind: 'whole';
      readonly resource: Resource;
      readonly version: 'first' | 'same' | 'changed' | 'unproved';
    }
  /**
   * The body holds the bytes from `start`, as asked, and those before `end` may be taken: less than asked is
   * possible, and a server that sends on beyond must be cut off at `end`. `resource` is what this answer alone says:
   * what was known before joins it only once the bytes have been proved to be of the same version.
   */
  | {
      readonly kind: 'part';
      readonly resource: Resource;
      readonly start: number;
      readonly end: number;
      /** Where the part ends by its own word: one that goes on beyond is none. */
      readonly saidEnd: number;
      readonly version: 'first' | 'same' | 'unproved';
    }
  /** 416: nothing from `start` on. Complete if that is all there should be, else the resource shrank. */
  | { readonly kind: 'nothing-left'; readonly totalBytes: number | null }
  | { readonly kind: 'redirect'; readonly location: string; readonly status: number }
  | Refused
  /** An answer without any bytes of the file; its body is never written. */
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      /** `login`: one was sent along. */
      readonly facts: { readonly status: number } | { readonly status: number; readonly login: 'refused' };
      readonly retryAfterMs: number | null;
    };

export function refused(code: ErrorCode, detail: string, facts?: Refused['facts']): Refused {
  return facts === undefined ? { kind: 'refused', code, detail } : { kind: 'refused', code, detail, facts };
}
