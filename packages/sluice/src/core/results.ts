/** What a download came to, by where its bytes went. */
import type { CacheUse } from '../cache/cache-entry.ts';

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
  readonly finalUrl: string;
  /** Of the answer that brought the last bytes; null when earlier calls had fetched them all. */
  readonly response: Pick<ResponseFacts, 'status' | 'headers'> | null;
  /** How the cache came to it; absent without a cache. */
  readonly cacheUse?: CacheUse;
}

/** To be read once, to its end or until the reader leaves the loop, which closes the connection. */
export interface StreamResult extends ResponseFacts, AsyncIterable<Uint8Array<ArrayBuffer>> {
  readonly kind: 'stream';
  /** Null when the server does not say. */
  readonly totalBytes: number | null;
}

export interface ChunksResult extends ResponseFacts {
  readonly kind: 'chunks';
  readonly sizeBytes: number;
}

export type DownloadResult = MemoryResult | FileResult | StreamResult | ChunksResult;
