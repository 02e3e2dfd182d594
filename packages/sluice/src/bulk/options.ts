/** What a crowd of downloads may be told. */
import type { CrowdProgress } from '../core/progress/crowd-progress.ts';
import type { FolderOptions } from '../core/options/options.ts';
import type { RequestLike } from '../request/description.ts';
import type { DownloadRules, DownloadStrategy } from '../strategy/download-strategy.ts';
import type { RequestRules, RequestStrategy } from '../strategy/request-strategy.ts';

/** What one object of the caller stands for: a request, and where its file is to go if not where the strategy says. */
export interface BundleItem {
  readonly request: RequestLike;
  /** Absolute, or from the strategy's `home`. */
  readonly path?: string;
}

/** Another name of {@link BundleItem}, for programs that import it by this one. */
export type BundleWish = BundleItem;

/** What is said of every single download; see the options of `download`. Tries and their time are the strategy's. */
export type EachDownload = Pick<
  FolderOptions,
  | 'headers'
  | 'request'
  | 'backend'
  | 'preemptiveLogin'
  | 'cookieJar'
  | 'hooks'
  | 'onRetry'
  | 'onRedirect'
  | 'onFileName'
  | 'connectTimeoutMs'
  | 'idleTimeoutMs'
  | 'maxConnections'
  | 'findChecksum'
  | 'verify'
  | 'markOrigin'
  | 'speedLimitBytesPerSecond'
>;

export interface BulkOptions<Item> extends EachDownload {
  /** What to fetch for an object of one's own. Default: the object is the request or the {@link BundleItem} itself. */
  readonly urlOf?: (item: Item) => RequestLike | BundleItem;
  /** Default: four at a time, five tries. */
  readonly requestStrategy?: RequestStrategy | Partial<RequestRules>;
  /** Default: into the current folder, by host and path, leaving alone what is there. */
  readonly downloadStrategy?: DownloadStrategy | Partial<DownloadRules>;
  /** Called for the round as a whole, at most every `progressEveryMs`, and once more at the end. What it throws ends the round. */
  readonly onProgress?: (progress: CrowdProgress) => unknown;
  /** Milliseconds. Default 100, which is the least. */
  readonly progressEveryMs?: number;
  /** Ends everything that is under way and starts nothing more. */
  readonly signal?: AbortSignal;
}

/** `urlOf` may be left out only where the items say themselves what to fetch. */
export type BulkArguments<Item> = Item extends RequestLike | BundleItem
  ? [options?: BulkOptions<Item>]
  : [options: BulkOptions<Item> & Required<Pick<BulkOptions<Item>, 'urlOf'>>];
