/** What a manager of a folder may be told, for all of its downloads or for one of them. */
import type { CrowdProgress } from '../core/progress/crowd-progress.ts';
import type { DownloadProgress } from '../core/progress/progress.ts';
import type { CommonOptions, FileCare } from '../core/options/options.ts';
import type { DownloadHandle } from './download-handle.ts';

/** Keeps a folder within bounds; a `PersistLimit` is one. */
export interface FolderLimit {
  /** A file was finished. */
  registerFile(path: string): unknown;
  /** Deletes what is too much. */
  removeOld(): unknown;
}

/** What every download of a manager may be told. */
export interface ManagedOptions extends Omit<CommonOptions, 'signal' | 'range' | 'onProgress' | 'onSpeed'>, FileCare {
  /** Ceiling of connections of one download. */
  readonly maxConnections?: number;
  /** True: a file that is there is replaced, once the new one is whole. Default: it is `present` and nothing is asked. */
  readonly overwrite?: boolean;
  /** True: what a failed or cancelled download had stays on disk, for the next one of the name. Default: it is deleted. */
  readonly keepPartial?: boolean;
  readonly onProgress?: (progress: DownloadProgress, handle: DownloadHandle) => unknown;
  /** Called once a download has ended, however that was. */
  readonly onFinished?: (handle: DownloadHandle) => unknown;
}

export interface ManagerOptions extends ManagedOptions {
  /** Called for all its downloads together, at most ten times a second. What it throws comes out of `wait`. */
  readonly onTotalProgress?: (progress: CrowdProgress) => unknown;
  /** Downloads at a time; the others wait. Default 4. */
  readonly concurrency?: number;
  readonly limit?: FolderLimit;
}

export interface StartOptions extends ManagedOptions {
  /** False: it waits for `handle.start()`. */
  readonly start?: boolean;
}
