/** The public library: downloads for Node programs. */
export { download, resumePosition } from './core/download.ts';
export { type Client, createClient } from './client/client.ts';
export type { ClientOptions, Login } from './client/client-options.ts';
export { each, one, swarm } from './bulk/bulk.ts';
export type { Bundle, BundleOutcome } from './bulk/bundle.ts';
export type { BulkArguments, BulkOptions, BundleItem, BundleWish, EachDownload } from './bulk/options.ts';
export type { Items } from './bulk/round.ts';
export { Cache, type Pruned, type PruneRules, type Verified } from './cache/cache.ts';
export type { CacheEntry, CacheUse } from './cache/cache-entry.ts';
export type { CacheOption, CacheRules } from './cache/cache-option.ts';
export type { Freshness } from './cache/freshness.ts';
export { type Environment } from './config/environment.ts';
export { type Defaults, loadDefaults } from './config/load-defaults.ts';
export { loadConfig } from './config/load-config.ts';
export type { BulkConfig, CacheConfig, Config, DownloadConfig, ManagerConfig } from './config/config.ts';
export { type ErrorCode, errorCodes, type ErrorFacts, type FailedResponse, SluiceError } from '@sluice/contract';
export { CookieJar } from './core/options/cookie-jar.ts';
export type { CrowdOutcome, CrowdProgress } from './core/progress/crowd-progress.ts';
export type { DigestAlgorithm, Digests } from './core/digests.ts';
export { DownloadInterrupt } from './core/forms/download-interrupt.ts';
export type {
  DownloadEvents,
  DownloadHooks,
  HeaderChanges,
  OutgoingRequest,
  Redirected,
  Retrying,
} from './core/options/hooks.ts';
export { isNetworkError } from './core/is-network-error.ts';
export type { ChangeNotice, FileVersion } from './core/progress/change-notice.ts';
export type {
  BytesWanted,
  CachedFileOptions,
  CachedMemoryOptions,
  ChunkOptions,
  CommonOptions,
  DownloadOptions,
  FileCare,
  FileOptions,
  OnChanged,
  FolderOptions,
  MemoryOptions,
  StreamOptions,
} from './core/options/options.ts';
export type { DownloadProgress, ProgressListener, SpeedListener } from './core/progress/progress.ts';
export type {
  ChunksResult,
  DownloadResult,
  FileResult,
  MemoryResult,
  ResponseFacts,
  StreamResult,
} from './core/results.ts';
export type { ClientCertificate, RequestOptions } from './core/options/request-options.ts';
export type { RunningDownload } from './core/forms/running-download.ts';
export { terminalBar, type TerminalBarOptions } from './core/progress/terminal-bar.ts';
export { PersistLimit, type PersistLimitOptions } from './limit/persist-limit.ts';
export { describeRequest } from './request/describe-request.ts';
export type {
  Fields,
  HeadersLike,
  QueryValue,
  RequestDescription,
  RequestLike,
  RequestMethod,
  Upload,
  UploadBody,
  UploadFile,
  UploadPart,
  UploadStream,
} from './request/description.ts';
export type { BodySource } from '@sluice/engine';
export type { RequestDescriptor } from './request/descriptor.ts';
export type { FailedAttempt } from './strategy/attempt.ts';
export { DownloadStrategy, type DownloadRules, writeEmptyFile } from './strategy/download-strategy.ts';
export { backOff, lenient, RequestStrategy, type RequestRules } from './strategy/request-strategy.ts';
export type { UrlToPath } from './strategy/url-to-path.ts';
export { Download, type HandleOptions } from './manager/download.ts';
export { DownloadHandle } from './manager/download-handle.ts';
export { DownloadManager } from './manager/download-manager.ts';
export type { FolderLimit, ManagedOptions, ManagerOptions, StartOptions } from './manager/manager-options.ts';
export { PresentFile } from './manager/present-file.ts';
export { downloadSync, swarmSync } from './sync/download-sync.ts';
export type { FileSyncOptions, MemorySyncOptions, SwarmSyncItem, SwarmSyncOptions } from './sync/sync-options.ts';
