/** One of many downloads: what was asked for, what it came to, and the caller's own object. */

/**
 * - `downloaded`: the file is at `path`, whole.
 * - `present`: it was there before; nothing was asked for.
 * - `accepted`: the server's status counts as success and brought no file.
 * - `failed`: all tries failed; `error` says how the last one did.
 */
export type BundleOutcome = 'downloaded' | 'present' | 'accepted' | 'failed';

export interface Bundle<Item> {
  /** What the caller gave. */
  readonly item: Item;
  readonly url: string;
  readonly outcome: BundleOutcome;
  /** Absolute. Where the file is, or would have gone; null when not even that could be told. */
  readonly path: string | null;
  /** Of the last answer; null when there was none. */
  readonly status: number | null;
  /** Tries made; 0 when none was needed or possible. */
  readonly attempts: number;
  readonly error: Error | null;
  /** Size of the file; 0 without one. */
  readonly bytes: number;
}
