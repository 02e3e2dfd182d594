/** What the synchronous calls may be told: what the others may, but for what would have to happen while they wait. */
import type { BundleItem, EachDownload } from '../bulk/options.ts';
import type {
  CachedFileOptions,
  CachedMemoryOptions,
  CommonOptions,
  FileOptions,
  FolderOptions,
  MemoryOptions,
} from '../core/options/options.ts';
import type { DownloadRules } from '../strategy/download-strategy.ts';
import type { RequestRules } from '../strategy/request-strategy.ts';
import type { RequestLike } from '../request/description.ts';

/** Without functions and signals: the thread waits. */
type Calling =
  | 'signal'
  | 'cookieJar'
  | 'hooks'
  | 'onProgress'
  | 'onSpeed'
  | 'onRetry'
  | 'onRedirect'
  | 'onFileName'
  | 'progressEveryMs'
  | 'totalSize';

type Without<Options extends CommonOptions> = Omit<Options, Calling>;

export type MemorySyncOptions = Without<MemoryOptions> | Without<CachedMemoryOptions>;
export type FileSyncOptions = Without<FileOptions> | Without<FolderOptions> | Without<CachedFileOptions>;

type Numbers = 'concurrency' | 'pauseMs' | 'maxAttempts' | 'timeoutMs';

export interface SwarmSyncOptions extends Omit<EachDownload, Calling> {
  /** The numbers of a strategy, or the name of one. */
  readonly requestStrategy?: Partial<Pick<RequestRules, Numbers>> | 'lenient' | 'backOff';
  readonly downloadStrategy?: Partial<Pick<DownloadRules, 'home' | 'skipPresent' | 'layout'>>;
}

/** What is to be fetched: the items of `swarm`, without functions to ask. */
export type SwarmSyncItem = RequestLike | BundleItem;
