/** What the cache remembers of one answer. */

export interface CacheEntry {
  /** The stable key of the request. */
  readonly key: string;
  /** For reading: without user name and password, and with `***` for what looks like a token. */
  readonly url: string;
  readonly finalUrl: string;
  readonly method: string;
  readonly status: number;
  /** Lower-case names. Without those that hold secrets: cookies, authorization, keys and tokens. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly sizeBytes: number;
  /** Of the content, in hex. */
  readonly sha256: string;
  /** Where the content is. Not to be written to. */
  readonly path: string;
  readonly storedAtMs: number;
  /** When the server last said that it is still the same; at first when it was stored. */
  readonly validatedAtMs: number;
  readonly usedAtMs: number;
}

/** How the cache came to what it gave. `fetched` was stored, `passed` may not be. */
export type CacheUse = 'fresh' | 'validated' | 'fetched' | 'passed';
