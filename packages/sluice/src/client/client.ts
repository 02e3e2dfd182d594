/** A client: headers, cookies, a login, a proxy, a backend and a cache, said once for many calls. */
import { each, one, swarm } from '../bulk/bulk.ts';
import type { Bundle } from '../bulk/bundle.ts';
import type { BulkArguments, BulkOptions } from '../bulk/options.ts';
import { passedOptions } from '../bulk/fetch-by.ts';
import type { Items } from '../bulk/round.ts';
import type { CookieJar } from '../core/options/cookie-jar.ts';
import { mergeOptions } from '../core/options/merge-options.ts';
import type {
  CachedFileOptions,
  ChunkOptions,
  DownloadOptions,
  FileOptions,
  FolderOptions,
  MemoryOptions,
  StreamOptions,
} from '../core/options/options.ts';
import type { ChunksResult, DownloadResult, FileResult, MemoryResult, StreamResult } from '../core/results.ts';
import type { RunningDownload } from '../core/forms/running-download.ts';
import { startDownload } from '../core/forms/start-download.ts';
import { Download, type HandleOptions } from '../manager/download.ts';
import { DownloadManager } from '../manager/download-manager.ts';
import type { ManagerOptions } from '../manager/manager-options.ts';
import type { RequestLike } from '../request/description.ts';
import { type BoundOptions, boundOptions } from './bound-options.ts';
import type { ClientOptions } from './client-options.ts';

/**
 * Options of a call are laid over those of the client: `headers` are merged by name, `request` field by field and its
 * cookies by name; a login of the call replaces the client's; anything else replaces what the client has.
 */
export class Client {
  readonly #options: BoundOptions;

  /** @internal Made by {@link createClient}. */
  constructor(options: ClientOptions) {
    this.#options = boundOptions(options);
  }

  /** The cookies that the calls share; null where each has its own. */
  get cookieJar(): CookieJar | null {
    return this.#options.each.cookieJar ?? null;
  }

  /** As the function `download`. The client's cache is used for memory, and with `dest`. @throws as `download` does */
  download(request: RequestLike, options?: MemoryOptions): RunningDownload<MemoryResult>;
  download(request: RequestLike, options: FileOptions | FolderOptions): RunningDownload<FileResult>;
  download(request: RequestLike, options: StreamOptions): RunningDownload<StreamResult>;
  download(request: RequestLike, options: ChunkOptions): RunningDownload<ChunksResult>;
  download(request: RequestLike, options: Omit<CachedFileOptions, 'cache'>): RunningDownload<FileResult>;
  download(request: RequestLike, options?: DownloadOptions): RunningDownload<DownloadResult>;
  download(
    request: RequestLike,
    options: DownloadOptions | Omit<CachedFileOptions, 'cache'> = {},
  ): RunningDownload<DownloadResult> {
    const { each: all, cache } = this.#options;
    try {
      const merged = mergeOptions(all, options);
      const isElsewhere = ['file', 'folder', 'stream', 'onChunk', 'range', 'cache'].some((name) => name in merged);
      // Present though undefined: what `dest` says holds without a cache too.
      return startDownload(request, (isElsewhere ? merged : { ...merged, cache }) as DownloadOptions);
    } catch {
      // The call itself says what is wrong, as a rejection.
      return startDownload(request, options as DownloadOptions);
    }
  }

  /** As the function `one`. */
  one<Item>(item: Item, ...[options]: BulkArguments<Item>): Promise<Bundle<Item>> {
    return one(item, ...this.#bulk(options));
  }

  /** As the function `swarm`. */
  swarm<Item>(items: Items<Item>, ...[options]: BulkArguments<Item>): Promise<readonly Bundle<Item>[]> {
    return swarm(items, ...this.#bulk(options));
  }

  /** As the function `each`. */
  each<Item>(items: Items<Item>, ...[options]: BulkArguments<Item>): AsyncGenerator<Bundle<Item>, void, undefined> {
    return each(items, ...this.#bulk(options));
  }

  /** A manager of a folder with the client's options. @throws as the constructor of `DownloadManager` */
  manager(folder: string, options: ManagerOptions = {}): DownloadManager {
    const { onProgress: _one, onSpeed: _speed, ...all } = this.#options.each;
    return new DownloadManager(folder, mergeOptions(all, options));
  }

  /** A handle of one download with the client's options, to be started. @throws as the constructor of `Download` */
  handle(request: RequestLike, file: string, options: HandleOptions = {}): Download {
    const { onSpeed: _speed, ...all } = this.#options.each;
    return new Download(request, file, mergeOptions(all, options));
  }

  #bulk<Item>(options: BulkOptions<Item> | undefined): BulkArguments<Item> {
    const all = Object.fromEntries(Object.entries(this.#options.each).filter(([name]) => isPassed(name)));
    return [mergeOptions(all, options ?? {})] as unknown as BulkArguments<Item>;
  }
}

/** Tries and their times are the strategy's; listeners of one download are not those of a round. */
function isPassed(name: string): boolean {
  return passedOptions.some((passed) => passed === name);
}

/**
 * Makes a client. Nothing is opened and nothing has to be closed.
 * @throws SluiceError `request-invalid` (facts: `name`, the option) for options that make no sense
 */
export function createClient(options: ClientOptions = {}): Client {
  return new Client(options);
}
