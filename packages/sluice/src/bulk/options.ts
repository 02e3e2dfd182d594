/** What a crowd of downloads may be told. */
import type { RequestLike } from '../request/description.ts';
import type { DownloadRules, DownloadStrategy } from '../strategy/download-strategy.ts';
import type { RequestRules, RequestStrategy } from '../strategy/request-strategy.ts';

/** What one object of the caller stands for: a request, and where its file is to go if not where the strategy says. */
export interface BundleWish {
  readonly request: RequestLike;
  /** Absolute, or from the strategy's `home`. */
  readonly path?: string;
}

export interface BulkOptions<Item> {
  /** What to fetch for an object of one's own. Default: the object is the request or the wish itself. */
  readonly urlOf?: (item: Item) => RequestLike | BundleWish;
  /** Default: four at a time, five tries. */
  readonly request?: RequestStrategy | Partial<RequestRules>;
  /** Default: into the current folder, by host and path, leaving alone what is there. */
  readonly download?: DownloadStrategy | Partial<DownloadRules>;
  /** Sent with every request, to the origin of its link. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For each download by itself; 0: no limit. */
  readonly speedLimitBytesPerSecond?: number;
  /** Ends everything that is under way and starts nothing more. */
  readonly signal?: AbortSignal;
}

/** `urlOf` may be left out only where the items say themselves what to fetch. */
export type BulkArguments<Item> = Item extends RequestLike | BundleWish
  ? [options?: BulkOptions<Item>]
  : [options: BulkOptions<Item> & Required<Pick<BulkOptions<Item>, 'urlOf'>>];
