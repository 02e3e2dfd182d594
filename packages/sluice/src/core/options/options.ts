/** What a call of `download` may be told: how to ask, where the bytes go, and whom to keep informed. */
import type { CacheOption } from '../../cache/cache-option.ts';
import type { HeadersLike } from '../../request/description.ts';
import type { ChangeNotice } from '../progress/change-notice.ts';
import type { CookieJar } from './cookie-jar.ts';
import type { DigestAlgorithm } from '../digests.ts';
import type { DownloadEvents, DownloadHooks } from './hooks.ts';
import type { ProgressListener, SpeedListener } from '../progress/progress.ts';
import type { RequestOptions } from './request-options.ts';

/** A half-open range of bytes `[start, end)`; without an end, all from `start`; with `last`, that number at the end. */
export type BytesWanted =
  | { readonly start: number; readonly end?: number; readonly last?: never }
  | { readonly last: number; readonly start?: never; readonly end?: never };

export interface CommonOptions extends DownloadEvents {
  /**
   * Sent to the link's own origin and nowhere else. For memory, streams and `onChunk` a `Range` among them is the same
   * as `range`. With `file` or `folder` it can only mean that an earlier call is gone on with, which needs no header:
   * it is refused where there is nothing to go on from. Fields that Sluice owns (Host, Accept-Encoding, If-Range,
   * Content-Length and the like) are refused with `request-invalid`.
   */
  readonly headers?: HeadersLike;
  /** Login, cookies, proxy, certificates, method, body: they win over those of the request. */
  readonly request?: RequestOptions;
  /**
   * Which way to the bytes: `socket`, the engine's own reader of HTTP/1.1; `undici`, which also speaks HTTP/2; `curl`,
   * the system's program, which also speaks ftp, ftps, sftp and scp. Default `auto`, which picks by the link.
   */
  readonly backend?: 'auto' | 'socket' | 'undici' | 'curl';
  /**
   * True: the login goes with the first request. Default: over https it does as well; over plain http it waits for the
   * server to ask, since that may know a way that shows no password.
   */
  readonly preemptiveLogin?: boolean;
  /** Cookies that several calls share, as the tabs of a browser do. Default: each call has its own. */
  readonly cookieJar?: CookieJar;
  /** Asked on the way; see {@link DownloadHooks}. */
  readonly hooks?: DownloadHooks;
  /** Digests to compute of what came, into `digests` of the result: on the way, or from the file once it is whole. */
  readonly digests?: readonly DigestAlgorithm[];
  /** Only these bytes. A server that would send others is refused (`range-ignored`). */
  readonly range?: BytesWanted;
  /** `sha256=…`, `md5=…` or bare hex. Wrong bytes end with `checksum-mismatch`. Default: what the server states, if it does. */
  readonly checksum?: string;
  /** Aborting it ends the download with a {@link DownloadInterrupt}. */
  readonly signal?: AbortSignal;
  /** For the whole call in milliseconds, waits and pauses included; then `timeout`. Default: none. */
  readonly timeoutMs?: number;
  /** From a request to the head of its answer. Default 30 000. */
  readonly connectTimeoutMs?: number;
  /** The longest silence within an answer. Default 30 000. */
  readonly idleTimeoutMs?: number;
  /**
   * Tries in a row that bring no new byte, the first included. Default 5; 1 for POST and PATCH, which may not be
   * repeatable, and for a body that is a stream, which cannot be sent twice.
   * What may pass is tried again, other failures never; a server's Retry-After is honoured.
   */
  readonly maxAttempts?: number;
  /** The wait after the first failure; it doubles with each one in a row, up to a minute. Default 1000. */
  readonly retryWaitMs?: number;
  /**
   * How long a network that is away (no way out, no name server) is waited for without using up a try. Default 0: such
   * a try counts like any other.
   */
  readonly waitForNetworkMs?: number;
  /** 0: no limit. */
  readonly speedLimitBytesPerSecond?: number;
  /** The size to reckon with when the server sends none, for the percentage alone. */
  readonly totalSize?: number;
  /** Told at most every `progressEveryMs`, and once more at the end; each call waits for the promise of the one before. */
  readonly onProgress?: ProgressListener;
  /** Told the speed in bytes per second, as often as `onProgress`. */
  readonly onSpeed?: SpeedListener;
  /** Default 100, which is the least. */
  readonly progressEveryMs?: number;
}

/** All bytes in memory. */
export interface MemoryOptions extends CommonOptions {
  readonly cache?: never;
  readonly dest?: never;
  readonly chunkBytes?: never;
  readonly file?: never;
  readonly folder?: never;
  readonly stream?: never;
  readonly onChunk?: never;
  /** The most bytes; a larger answer fails with `file-too-large`. Default 1 GiB. */
  readonly maxBytes?: number;
}

/** What is done for a file besides fetching it. */
export interface FileCare {
  /**
   * True: a checksum is looked for beside the link (`NAME.sha256`, `SHA256SUMS` and the like), over up to ten small
   * requests, while a file of 4 MiB or more is on its way; none found is no failure. Not where `checksum` or the server
   * states one, nor with `range`. Default false: no requests but those for the file.
   */
  readonly findChecksum?: boolean;
  /**
   * True: all of the file is read back from the disk before it gets its name, and what another program has overwritten
   * meanwhile is fetched again. Default false: only what leaves a sign (size, room, time) is found.
   */
  readonly verify?: boolean;
  /**
   * True: the finished file is marked with where it came from, as browsers do: `Zone.Identifier` on Windows, quarantine
   * on macOS, `user.xdg.origin.url` on Linux; on the latter two this needs the package `@napi-rs/xattr` (`unsupported`
   * without). A disk without a place for the mark is no failure. Default false.
   */
  readonly markOrigin?: boolean;
}

interface ToDisk extends CommonOptions, FileCare {
  readonly cache?: never;
  readonly dest?: never;
  readonly chunkBytes?: never;
  readonly stream?: never;
  readonly onChunk?: never;
  readonly maxBytes?: never;
  /** Ceiling of connections; the engine uses as many as pay. Default 8. */
  readonly maxConnections?: number;
  /**
   * False: nothing that an earlier call left of this file is used; it is deleted once the file is finished. Default: it is
   * taken up, behind a proof.
   */
  readonly resume?: boolean;
  /** See {@link OnChanged}. Default `new`. */
  readonly onChanged?: OnChanged;
  /** Told when the file has changed on the server, unless that fails the call. */
  readonly onVersionChange?: (notice: ChangeNotice) => void;
  /** False: nothing is left on disk after a failure or an abort. Default: the partial stays, for the next call to resume. */
  readonly keepPartial?: boolean;
}

/**
 * What becomes of the part that an earlier call left when the file on the server has changed. `new`: the new version
 * gathers in a second partial, and the old part is deleted once the file is finished. `keep`: the call fails with
 * `resource-changed`, and nothing on disk is touched. `beside`: the old part stays, and the new version becomes another
 * file under the next free name, which `path` of the result tells.
 */
export type OnChanged = 'new' | 'keep' | 'beside';

/** Into the file of exactly this path. */
export interface FileOptions extends ToDisk {
  readonly file: string;
  readonly folder?: never;
  readonly name?: never;
  /** Replaces a file that is there, once the new one is whole. Default: `file-exists`, before any request. */
  readonly overwrite?: boolean;
}

/** Into a folder, under a name that the server or the link suggests, or `name`; numbered where that is taken. */
export interface FolderOptions extends ToDisk {
  readonly folder: string;
  readonly name?: string;
  readonly file?: never;
  readonly overwrite?: never;
}

/** Resolves with the head of the answer; the bytes are read from the result. */
export interface StreamOptions extends CommonOptions {
  readonly cache?: never;
  readonly dest?: never;
  readonly stream: true;
  /** The most that one piece holds. Default 64 KiB. */
  readonly chunkBytes?: number;
  readonly file?: never;
  readonly folder?: never;
  readonly onChunk?: never;
  readonly maxBytes?: never;
}

/** Each piece is handed to a function, in order; the next waits for its promise, and so does the server. */
export interface ChunkOptions extends CommonOptions {
  readonly cache?: never;
  readonly dest?: never;
  readonly onChunk: (chunk: Uint8Array<ArrayBuffer>) => unknown;
  /** The most that one piece holds. Default 64 KiB. */
  readonly chunkBytes?: number;
  readonly file?: never;
  readonly folder?: never;
  readonly stream?: never;
  readonly maxBytes?: never;
}

interface Cached extends CommonOptions {
  /**
   * A folder, an open cache, or one of them with a rule of freshness. Whole resources only: no `range`. Undefined, as
   * `loadDefaults` gives it where no cache is configured, is no cache.
   */
  readonly cache: CacheOption | undefined;
  readonly file?: never;
  readonly folder?: never;
  readonly stream?: never;
  readonly onChunk?: never;
  readonly chunkBytes?: never;
  readonly range?: never;
}

/** By way of a cache into memory. */
export interface CachedMemoryOptions extends Cached {
  readonly dest?: false;
  readonly maxBytes?: number;
}

/** By way of a cache into a file. */
export interface CachedFileOptions extends Cached {
  /** A path of one's own, or true for the file in the cache itself, which is only to be read. */
  readonly dest: string | true;
  /** Replaces a file at the path. Default: `file-exists`. */
  readonly overwrite?: boolean;
  /** Ceiling of connections. Default 8. */
  readonly maxConnections?: number;
  readonly maxBytes?: never;
}

export type DownloadOptions =
  | MemoryOptions
  | FileOptions
  | FolderOptions
  | StreamOptions
  | ChunkOptions
  | CachedMemoryOptions
  | CachedFileOptions;
