/** What one round of downloads works with: its rules, its turns, and the ways to the network and the clock. */
import type { SluiceError } from '@sluice/contract';
import type { Clock } from '@sluice/engine';
import type { CrowdMeter } from '../core/progress/crowd-progress.ts';
import type { DownloadProgress } from '../core/progress/progress.ts';
import type { RequestLike } from '../request/description.ts';
import type { DownloadStrategy } from '../strategy/download-strategy.ts';
import type { FailedAttempt } from '../strategy/attempt.ts';
import type { RequestStrategy } from '../strategy/request-strategy.ts';
import type { BundleItem } from './options.ts';
import type { PathClaims } from './path-claims.ts';
import type { Shares } from './shares.ts';
import type { Turns } from './turns.ts';

export interface FetchFileOptions {
  readonly path: string;
  readonly overwrite: boolean;
  /** Null: no limit. */
  readonly timeoutMs: number | null;
  readonly signal: AbortSignal;
  /** Told while it works. */
  readonly onProgress?: (progress: DownloadProgress) => unknown;
  /** The answer counts as success; asked before a byte of it is used. */
  readonly isSuccess?: (status: number, headers: Readonly<Record<string, string>>) => boolean;
}

export interface FetchedFile {
  readonly sizeBytes: number;
  /** Of the answer that brought the file; null when earlier calls had brought all of it. */
  readonly status: number | null;
}

/** One try. @throws SluiceError */
export type FetchFile = (request: RequestLike, spec: FetchFileOptions) => Promise<FetchedFile>;

export interface BulkDeps<Item> {
  readonly urlOf: (item: Item) => RequestLike | BundleItem;
  readonly requests: RequestStrategy;
  readonly downloads: DownloadStrategy;
  readonly turns: Turns;
  readonly claims: PathClaims;
  /** Fetches equal requests once; default: each by itself. */
  readonly shares?: Shares;
  readonly meter?: CrowdMeter;
  /** What the items throw stops what is under way. Default: that is finished first. */
  readonly stopsWithItems?: boolean;
  /** Called for each try that failed and is followed by another. */
  readonly beforeRetry?: (failed: FailedAttempt & { readonly error: SluiceError }, delayMs: number) => Promise<void>;
  readonly fetchFile: FetchFile;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}
