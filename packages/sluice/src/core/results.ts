/** What a download came to, by where its bytes went. */
import type { CacheUse } from '../cache/cache-entry.ts';
import type { ChangeNotice } from './progress/change-notice.ts';
import type { Digests } from './digests.ts';

export interface ResponseFacts {
  /** Where the bytes came from, after redirects. */
  readonly finalUrl: string;
  readonly status: number;
  /** Names lower-case; several values of one name are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface MemoryResult extends ResponseFacts {
  readonly kind: 'memory';
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sizeBytes: number;
  /** Those that `digests` asked for. */
  readonly digests: Digests;
  /** How the cache came to it; absent without a cache. */
  readonly cacheUse?: CacheUse;
  /** In the charset of the answer's media type, else UTF-8. */
  readonly text: () => string;
  /** @throws SyntaxError for what is no JSON */
  readonly json: () => unknown;
}

export interface FileResult {
  readonly kind: 'file';
  readonly path: string;
  readonly sizeBytes: number;
  /** Bytes that an earlier call had fetched already. */
  readonly resumedFromBytes: number;
  /** The algorithm of the checksum that proved right; null when there was none. */
  readonly verifiedBy: string | null;
  /** Those that `digests` asked for, of the file. */
  readonly digests: Digests;
  readonly finalUrl: string;
  /** Of the answer that brought the last bytes; null when earlier calls had fetched them all. */
  readonly response: Pick<ResponseFacts, 'status' | 'headers'> | null;
  /** How the cache came to it; absent without a cache. */
  readonly cacheUse?: CacheUse;
  /** What was done about a file that had changed on the server since an earlier call; absent when it had not. */
  readonly change?: ChangeNotice;
  /** Bytes of another version that were on disk until this file was finished, and are deleted now; absent when there were none. */
  readonly replacedBytes?: number;
  /** Where a partial is now that was in the way and whose journal was lost; absent when there was none. */
  readonly keptApart?: string;
}

/**
 * To be read once, to its end or until the reader leaves the loop, which closes the connection. One that is never
 * begun is given up after a minute, or when the program holds it no more, and keeps no process from ending.
 */
export interface StreamResult extends ResponseFacts, AsyncIterable<Uint8Array<ArrayBuffer>> {
  readonly kind: 'stream';
  /** Null when the server does not say. */
  readonly totalBytes: number | null;
  /** Those that `digests` asked for; empty until the last piece has been taken. */
  readonly digests: Digests;
  /** Closes the connection and settles when nothing is left of it. Never rejects; later reads find the end. */
  readonly cancel: (reason?: unknown) => Promise<void>;
  /** As `cancel`, for `await using`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

export interface ChunksResult extends ResponseFacts {
  readonly kind: 'chunks';
  readonly sizeBytes: number;
  /** Those that `digests` asked for. */
  readonly digests: Digests;
}

export type DownloadResult = MemoryResult | FileResult | StreamResult | ChunksResult;
