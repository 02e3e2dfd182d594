/** The public library: downloads for Node programs. */
export { type ErrorCode, errorCodes, type FailedResponse, type RequestOptions, SluiceError } from '@sluice/contract';
export { download, type DownloadRequest, resumePosition } from './core/download.ts';
export { DownloadInterrupt } from './core/download-interrupt.ts';
export { isNetworkError } from './core/is-network-error.ts';
export type {
  BytesWanted,
  ChunkOptions,
  CommonOptions,
  DownloadOptions,
  FileOptions,
  FolderOptions,
  MemoryOptions,
  StreamOptions,
} from './core/options.ts';
export type { DownloadProgress, ProgressListener, SpeedListener } from './core/progress.ts';
export type {
  ChunksResult,
  DownloadResult,
  FileResult,
  MemoryResult,
  ResponseFacts,
  StreamResult,
} from './core/results.ts';
export type { RunningDownload } from './core/running-download.ts';
export type { RequestDescription } from './request/descriptor.ts';
