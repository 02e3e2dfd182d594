/** What a download without a list is asked to do: the request, its retries, and its listeners. */
import type { ChangeNotice, RequestOptions, SluiceError } from '@sluice/contract';
import type { HeaderLines } from '../plan/response/headers.ts';
import type { Resource } from '../plan/response/resource.ts';
import type { RetryPolicy } from '../plan/connections/retry.ts';
import type { BodySource } from '../ports/http.ts';
import type { PauseGate } from '../transfer/connections/pause-gate.ts';
import type { RequestHooks } from '../transfer/request/request-hooks.ts';
import type { OnChanged } from '../transfer/run/run-context.ts';
import type { AnswerHead } from '../transfer/request/answer-head.ts';
import type { SharedCookies } from '../transfer/request/shared-cookies.ts';

export interface DownloadSpec {
  /** As `checkNewUrl` gives it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As `checkRequest` gives it. */
  readonly request: RequestOptions;
  /** What is sent instead of the body in the request. */
  readonly upload?: BodySource | null;
  /** Tries count when they bring no new byte, and unlike the list's they do so when this machine's own network is away. */
  readonly retry: RetryPolicy;
  /** What the user says the checksum is. */
  readonly checksum: string | null;
  /** 0: no limit. */
  readonly speedLimitBytesPerSecond: number;
  /** Called about ten times a second while it works, and once more at the end. */
  readonly onProgress: (progress: DirectProgress) => void;
  /** Asked at each request; what one of them throws ends the attempt. */
  readonly hooks?: RequestHooks | undefined;
  /** Asked before the wait for another try; what it throws ends the download. */
  readonly beforeRetry?: ((retry: Retry) => Promise<void>) | undefined;
  /** Told the name of the file as soon as it is known, and again when it changes. */
  readonly onFileName?: ((fileName: string) => void) | undefined;
  /** Shared with other downloads. Default: cookies of its own. */
  readonly cookies?: SharedCookies | null;
  /** The login goes with the first request, also over plain http. */
  readonly sendsLoginAtOnce?: boolean;
  /** While it is shut, readers wait. */
  readonly gate?: PauseGate | null;
}

/** A try that failed, and when the next one follows. */
export interface Retry {
  readonly error: SluiceError;
  /** Tries that failed, this one included, since the last one that brought bytes. */
  readonly failures: number;
  readonly delayMs: number;
}

export interface DirectProgress {
  readonly receivedBytes: number;
  readonly totalBytes: number | null;
  readonly bytesPerSecond: number;
  readonly connections: number;
  /** Of those received, how many were there before. */
  readonly resumedFromBytes: number;
}

export interface FileSpec extends DownloadSpec {
  /** Absolute. */
  readonly folder: string;
  /** Null: what the answer or the link suggests. */
  readonly name: string | null;
  /**
   * `number`: a name that is taken gets a number. The others take `name` as it is: `refuse` ends with `file-exists`
   * where it is taken, `replace` puts the finished file in its place.
   */
  readonly whenTaken: 'number' | 'refuse' | 'replace';
  /** False: an earlier attempt is not resumed; its partial is deleted once the file is finished. */
  readonly resumes: boolean;
  /** What becomes of bytes that an earlier try left of another version. Default `new`. */
  readonly onChanged?: OnChanged;
  /** Called when the file has changed on the server, unless that fails the download. */
  readonly onChange?: (notice: ChangeNotice) => void;
  /** Whether the partial stays on disk, for a later resume, when the download fails or is stopped. */
  readonly keepsPartial: boolean;
  /** Without a checksum of the user's or the server's, one is looked for beside the file (`transfer/checksum/checksum-lookup.ts`). */
  readonly findsChecksum: boolean;
  /** All of the file is read back from the disk before it gets its name. */
  readonly readsBack?: boolean;
  /** The finished file says where it came from, where the disk has a place for that. */
  readonly marksOrigin: boolean;
  /** Ceiling of connections. */
  readonly maxConnections: number;
}

export interface FetchedFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Of these bytes, how many were there before. */
  readonly resumedFromBytes: number;
  readonly verifiedBy: string | null;
  /** What the whole was found to be; null where no checksum was named. */
  readonly digest: { readonly algorithm: string; readonly hex: string } | null;
  /** Where a partial is now that no journal vouched for and that was in the way; null when there was none. */
  readonly keptApart: string | null;
  readonly resource: Resource | null;
  /** Of the answer that brought the last bytes; null when nothing had to be asked for. */
  readonly head: AnswerHead | null;
  /** The last change of the file on the server that was met on the way; null without any. */
  readonly change: ChangeNotice | null;
  /** Bytes of another version that were kept until this file was finished, and deleted then; null when there were none. */
  readonly replacedBytes: number | null;
}

/** A half-open range, or a number of bytes at the end. */
export type WantedRange =
  | { readonly start: number; readonly end: number | null; readonly last?: never }
  | { readonly last: number; readonly start?: never };

export interface SequenceSpec extends DownloadSpec {
  /** Null: the whole. */
  readonly range: WantedRange | null;
  /** The most that one piece holds. */
  readonly chunkBytes: number;
}

/** The head of the answer that a sequence begins with. */
export interface SequenceHead {
  readonly status: number;
  readonly headers: HeaderLines;
  readonly finalUrl: string;
  /** The first byte's offset in the resource. */
  readonly start: number;
  /** Of this sequence; null when the server does not say, or the bytes have to be decoded. */
  readonly lengthBytes: number | null;
}

export interface SavedPart {
  readonly path: string;
  readonly sizeBytes: number;
  readonly head: SequenceHead;
}
