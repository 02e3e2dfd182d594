/** `download`: one call for one resource, to memory, to a file, or as a stream. */
import { basename, dirname, resolve } from 'node:path';
import { SluiceError } from '@sluice/contract';
import { type Direct, type DirectProgress, type FileWish, headersByName, parseChecksum } from '@sluice/engine';
import { describeRequest } from '../request/describe-request.ts';
import type { RequestDescriptor } from '../request/descriptor.ts';
import type { RequestLike } from '../request/description.ts';
import { keyBeside } from '../request/request-key.ts';
import { checkOptions, mistake } from './check-options.ts';
import { type PreparedWish, prepareWish } from './direct-wish.ts';
import type {
  CachedFileOptions,
  CachedMemoryOptions,
  ChunkOptions,
  DownloadOptions,
  FileOptions,
  FolderOptions,
  MemoryOptions,
  StreamOptions,
} from './options.ts';
import { ProgressReporter } from './progress-reporter.ts';
import type { ChunksResult, DownloadResult, FileResult, MemoryResult, StreamResult } from './results.ts';
import { RunningDownload } from './running-download.ts';
import { requireOriginMarks, sharedDirect } from './session.ts';
import { joinStops, type StopSignal } from './stop-signal.ts';
import { toMemory } from './to-memory.ts';
import { toChunks, toStream } from './to-stream.ts';

const defaultMaxBytes = 1024 ** 3;
const defaultMaxConnections = 8;
const defaultChunkBytes = 64 * 1024;
const leastProgressEveryMs = 100;

/**
 * Downloads one resource: to memory unless `file`, `folder`, `stream` or `onChunk` say otherwise.
 *
 * Wrong use rejects with `request-invalid`, `url-invalid` or `url-unsupported` before anything is sent. Failures are
 * {@link SluiceError}s to be told apart by `code`; those of a server's answer carry `response`. What an `AbortSignal`
 * or `cancel` stops ends with a {@link DownloadInterrupt}, what takes longer than `timeoutMs` with `timeout`.
 */
export function download(request: RequestLike, options?: MemoryOptions): RunningDownload<MemoryResult>;
export function download(request: RequestLike, options: FileOptions | FolderOptions): RunningDownload<FileResult>;
export function download(request: RequestLike, options: StreamOptions): RunningDownload<StreamResult>;
export function download(request: RequestLike, options: ChunkOptions): RunningDownload<ChunksResult>;
export function download(request: RequestLike, options: CachedMemoryOptions): RunningDownload<MemoryResult>;
export function download(request: RequestLike, options: CachedFileOptions): RunningDownload<FileResult>;
export function download(request: RequestLike, options?: DownloadOptions): RunningDownload<DownloadResult>;
export function download(request: RequestLike, options: DownloadOptions = {}): RunningDownload<DownloadResult> {
  const stopping = new AbortController();
  const reporter = new ProgressReporter(options, {
    everyMs: Math.max(leastProgressEveryMs, options.progressEveryMs ?? 0),
    totalSize: options.totalSize ?? null,
    onFailure: (error) => stopping.abort(error),
  });
  return new RunningDownload(start(request, options, { stopping, reporter }), { stopping, reporter });
}

interface Control {
  readonly stopping: AbortController;
  readonly reporter: ProgressReporter;
}

async function start(request: RequestLike, options: DownloadOptions, control: Control): Promise<DownloadResult> {
  checkOptions(options);
  const descriptor = await describeRequest(request);
  const wish = prepareWish(descriptor, options);
  const { stopping, reporter } = control;
  const stop = joinStops({ stopping, signal: options.signal, timeoutMs: options.timeoutMs });
  const onProgress = (progress: DirectProgress): void => reporter.note(progress);
  let isStreaming = false;
  let isDone = false;
  try {
    stop.signal.throwIfAborted();
    const order = { direct: sharedDirect(), descriptor, options, wish: { ...wish, onProgress } };
    const result = await carryOut(order, stop, reporter);
    isStreaming = result.kind === 'stream';
    isDone = true;
    return result;
  } catch (error) {
    throw stop.explain(error);
  } finally {
    if (!isStreaming) await reporter.finish(isDone);
  }
}

interface Order {
  readonly direct: Direct;
  readonly descriptor: RequestDescriptor;
  readonly options: DownloadOptions;
  readonly wish: PreparedWish & Pick<FileWish, 'onProgress'>;
}

async function carryOut(order: Order, stop: StopSignal, reporter: ProgressReporter): Promise<DownloadResult> {
  const { direct, options, wish } = order;
  if (options.cache !== undefined) return throughCache({ ...order, options }, stop.signal);
  if (options.file !== undefined || options.folder !== undefined) return toFile({ direct, options, wish }, stop.signal);
  const sequence = await direct.openSequence(
    { ...wish, chunkBytes: options.chunkBytes ?? defaultChunkBytes },
    stop.signal,
  );
  if (options.stream === true) {
    return toStream(sequence, { explain: stop.explain, finished: (isDone) => reporter.finish(isDone) });
  }
  if (options.onChunk !== undefined) return toChunks(sequence, options.onChunk);
  return toMemory(sequence, options.maxBytes ?? defaultMaxBytes);
}

async function toFile(
  order: Pick<Order, 'direct' | 'wish'> & { readonly options: FileOptions | FolderOptions },
  signal: AbortSignal,
): Promise<FileResult> {
  const { direct, options, wish } = order;
  if (options.markOrigin === true) await requireOriginMarks();
  if (wish.range !== null) return partToFile(order, signal);
  const fetched = await direct.fetchFile(
    {
      ...wish,
      ...placeOf(options),
      resumes: options.resume ?? true,
      keepsPartial: options.keepPartial ?? true,
      findsChecksum: options.findChecksum ?? false,
      marksOrigin: options.markOrigin ?? false,
      maxConnections: options.maxConnections ?? defaultMaxConnections,
    },
    signal,
  );
  const { path, sizeBytes, resumedFromBytes, verifiedBy, resource, head } = fetched;
  const response = head === null ? null : { status: head.status, headers: headersByName(head.headers) };
  return {
    kind: 'file',
    path,
    sizeBytes,
    resumedFromBytes,
    verifiedBy,
    finalUrl: resource?.finalUrl ?? wish.url,
    response,
  };
}

/** Some bytes of a resource, as a file of their own. */
async function partToFile(
  order: Pick<Order, 'direct' | 'wish'> & { readonly options: FileOptions | FolderOptions },
  signal: AbortSignal,
): Promise<FileResult> {
  const { direct, options, wish } = order;
  const { chunkBytes = defaultChunkBytes, markOrigin: marksOrigin = false } = options;
  const part = { ...wish, ...placeOf(options), chunkBytes, marksOrigin };
  const { path, sizeBytes, head } = await direct.savePart(part, signal);
  const response = { status: head.status, headers: headersByName(head.headers) };
  const verifiedBy = wish.checksum === null ? null : parseChecksum(wish.checksum).algorithm;
  return { kind: 'file', path, sizeBytes, resumedFromBytes: 0, verifiedBy, finalUrl: head.finalUrl, response };
}

/** Loaded when it is asked for: most downloads need no cache. */
async function throughCache(
  order: Omit<Order, 'options'> & { readonly options: CachedMemoryOptions | CachedFileOptions },
  signal: AbortSignal,
): Promise<MemoryResult | FileResult> {
  const { direct, wish, descriptor, options } = order;
  const { cachedDownload } = await import('../cache/cached-download.ts');
  const { dest = false, cache: option } = options;
  const cached = {
    direct,
    wish,
    option,
    key: keyBeside(descriptor, options),
    maxConnections: ('maxConnections' in options ? options.maxConnections : undefined) ?? defaultMaxConnections,
  };
  if (dest === false) {
    return cachedDownload(
      { ...cached, destination: { kind: 'memory', maxBytes: options.maxBytes ?? defaultMaxBytes } },
      signal,
    );
  }
  const overwrite = ('overwrite' in options && options.overwrite) ?? false;
  const path = dest === true ? null : resolve(dest);
  return cachedDownload({ ...cached, destination: { kind: 'file', path, overwrite } }, signal);
}

function placeOf(options: FileOptions | FolderOptions): Pick<FileWish, 'folder' | 'name' | 'whenTaken'> {
  if (options.file === undefined) {
    return { folder: resolve(options.folder), name: options.name ?? null, whenTaken: 'number' };
  }
  const path = resolve(options.file);
  const name = basename(path);
  if (name === '') throw mistake('file', 'file must be the path of a file');
  return { folder: dirname(path), name, whenTaken: options.overwrite === true ? 'replace' : 'refuse' };
}

/**
 * How many bytes of a file earlier calls have fetched, which the next call with the same `file` need not fetch again;
 * 0 when there is nothing to go on from, as when the file is finished.
 * @throws SluiceError `journal-too-new`, disk codes
 */
export async function resumePosition(file: string): Promise<number> {
  const path = resolve(file);
  if (basename(path) === '') throw new SluiceError('name-invalid', 'not the path of a file');
  return sharedDirect().resumeBytes(dirname(path), basename(path));
}
