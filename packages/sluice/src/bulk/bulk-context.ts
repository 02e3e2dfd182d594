/** What one round of downloads works with: its rules, its turns, and the ways to the network and the clock. */
import type { Clock } from '@sluice/engine';
import type { RequestLike } from '../request/description.ts';
import type { DownloadStrategy } from '../strategy/download-strategy.ts';
import type { RequestStrategy } from '../strategy/request-strategy.ts';
import type { BundleWish } from './options.ts';
import type { PathClaims } from './path-claims.ts';
import type { Turns } from './turns.ts';

export interface FetchWish {
  readonly path: string;
  readonly overwrite: boolean;
  /** Null: no limit. */
  readonly timeoutMs: number | null;
  readonly signal: AbortSignal;
}

export interface FetchedFile {
  readonly sizeBytes: number;
  /** Of the answer that brought the file; null when earlier calls had brought all of it. */
  readonly status: number | null;
}

/** One try. @throws SluiceError */
export type FetchFile = (request: RequestLike, wish: FetchWish) => Promise<FetchedFile>;

export interface BulkContext<Item> {
  readonly urlOf: (item: Item) => RequestLike | BundleWish;
  readonly requests: RequestStrategy;
  readonly downloads: DownloadStrategy;
  readonly turns: Turns;
  readonly claims: PathClaims;
  readonly fetchFile: FetchFile;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}
