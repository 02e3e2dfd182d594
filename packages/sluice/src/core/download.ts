/** `download`: one call for one resource, to memory, to a file, or as a stream. */
import { basename, dirname, resolve } from 'node:path';
import { SluiceError } from '@sluice/contract';
import type { RequestLike } from '../request/description.ts';
import type {
  CachedFileOptions,
  CachedMemoryOptions,
  ChunkOptions,
  DownloadOptions,
  FileOptions,
  FolderOptions,
  MemoryOptions,
  StreamOptions,
} from './options/options.ts';
import type { ChunksResult, DownloadResult, FileResult, MemoryResult, StreamResult } from './results.ts';
import type { RunningDownload } from './forms/running-download.ts';
import { sharedDirect } from './options/session.ts';
import { startDownload } from './forms/start-download.ts';

/**
 * Downloads one resource: to memory unless `file`, `folder`, `stream` or `onChunk` say otherwise.
 *
 * Wrong use rejects with `request-invalid`, `url-invalid` or `url-unsupported` before anything is sent. Failures are
 * {@link SluiceError}s to be told apart by `code`; those of a server's answer carry `response`. What an `AbortSignal`
 * or `cancel` stops ends with a {@link DownloadInterrupt}, what takes longer than `timeoutMs` with `timeout`. What a
 * function of the program's own throws (a listener, a hook, `onChunk`) stops the download, and the call rejects with
 * just that; a file that is whole by then stays.
 * @param request a link, or a description of a request
 * @param options where the bytes go, how to ask for them, and whom to tell
 */
export function download(request: RequestLike, options?: MemoryOptions): RunningDownload<MemoryResult>;
export function download(request: RequestLike, options: FileOptions | FolderOptions): RunningDownload<FileResult>;
export function download(request: RequestLike, options: StreamOptions): RunningDownload<StreamResult>;
export function download(request: RequestLike, options: ChunkOptions): RunningDownload<ChunksResult>;
export function download(request: RequestLike, options: CachedMemoryOptions): RunningDownload<MemoryResult>;
export function download(request: RequestLike, options: CachedFileOptions): RunningDownload<FileResult>;
export function download(request: RequestLike, options?: DownloadOptions): RunningDownload<DownloadResult>;
export function download(request: RequestLike, options: DownloadOptions = {}): RunningDownload<DownloadResult> {
  return startDownload(request, options);
}

/**
 * How many bytes of a file earlier calls have fetched, which the next call with the same `file` need not fetch again;
 * 0 when there is nothing to resume, as when the file is finished. The next call resumes by itself: give it neither
 * a `range` nor a `Range` header.
 * @param file the path as `download` is given it
 * @throws SluiceError `name-invalid`, `journal-too-new`, disk codes
 */
export async function resumePosition(file: string): Promise<number> {
  const path = typeof file === 'string' && file !== '' ? resolve(file) : '';
  if (basename(path) === '') throw new SluiceError('name-invalid', 'not the path of a file');
  return sharedDirect().resumeBytes(dirname(path), basename(path));
}
