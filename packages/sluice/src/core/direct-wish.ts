/** Turns a request and its options into the wish that the engine carries out. */
import { type RequestOptions as WireOptions, requestOptionsSchema } from '@sluice/contract';
import {
  checkNewUrl,
  checkRequest,
  type DirectWish,
  isIdempotent,
  isSafe,
  parseChecksum,
  type RetryPolicy,
} from '@sluice/engine';
import type { RequestDescriptor } from '../request/descriptor.ts';
import { readHeaders } from '../request/read-headers.ts';
import { mistake } from './check-options.ts';
import type { BytesWanted, DownloadOptions } from './options.ts';
import type { RequestOptions } from './request-options.ts';

type Method = NonNullable<WireOptions['method']>;

const defaultMaxAttempts = 5;
const defaultRetryWaitMs = 1000;
const longestRetryWaitMs = 60_000;

export interface PreparedWish extends Omit<DirectWish, 'onProgress'> {
  readonly range: { readonly start: number; readonly end: number | null } | null;
}

/** @throws SluiceError `url-invalid`, `url-unsupported`, `request-invalid` */
export function prepareWish(descriptor: RequestDescriptor, options: DownloadOptions): PreparedWish {
  const url = checkNewUrl(descriptor.url);
  const requestOptions = checkRequest(
    url,
    readRequestOptions({ ...descriptor.request, ...options.request, ...backendOf(options) }, options),
    { forHeadAlone: true },
  );
  const { method = 'GET' } = requestOptions;
  checkMethod(method, options);
  const upload = options.request?.body === undefined ? descriptor.upload : null;
  if (upload !== null && isSafe(method)) throw mistake('method', `a body does not go with ${method}`);
  checkChecksum(options.checksum);
  readHeaders(options.headers ?? {});
  const { headers, range } = takeRange({ ...descriptor.headers, ...options.headers });
  if (range !== null && options.range !== undefined)
    throw mistake('range', 'a Range header and the option range: give one');
  const wanted = options.range ?? range;
  return {
    url,
    headers,
    request: requestOptions,
    upload,
    retry: retryPolicy(options, { method, canRepeat: upload?.isRepeatable ?? true }),
    checksum: options.checksum ?? null,
    speedLimitBytesPerSecond: options.speedLimitBytesPerSecond ?? 0,
    range: wanted === null ? null : { start: wanted.start, end: wanted.end ?? null },
  };
}

/** Before anything is opened: an answer that nobody reads would hold its connection, and the process with it. */
function checkChecksum(checksum: string | undefined): void {
  if (checksum === undefined) return;
  try {
    parseChecksum(checksum);
  } catch {
    throw mistake('checksum', 'checksum must be sha256=HEX, md5=HEX and the like, or all the hex digits alone');
  }
}

function backendOf({ backend }: DownloadOptions): Pick<RequestOptions, 'backend'> {
  return backend === undefined ? {} : { backend };
}

function readRequestOptions(given: RequestOptions, { connectTimeoutMs, idleTimeoutMs }: DownloadOptions): WireOptions {
  const read = requestOptionsSchema.strict().safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    const path = ['request', ...(issue?.path ?? [])].join('.');
    throw mistake(path, `${path}: ${issue?.message ?? 'not as it should be'}`);
  }
  const timeouts = {
    ...read.data.timeouts,
    ...(connectTimeoutMs === undefined ? {} : { headTimeoutMs: connectTimeoutMs }),
    ...(idleTimeoutMs === undefined ? {} : { idleTimeoutMs }),
  };
  return { ...read.data, timeouts };
}

/** Only bytes can be kept, and only what is meant to be the same the next time. */
function checkMethod(method: Method, options: DownloadOptions): void {
  const isFile = options.file !== undefined || options.folder !== undefined;
  if (method === 'HEAD' && isFile) throw mistake('method', 'HEAD brings no bytes: leave out file and folder');
  if (options.cache !== undefined && method !== 'GET' && method !== 'POST')
    throw mistake('cache', `what ${method} is answered with is not kept: leave out cache`);
}

/** What may come to something else when it is done twice: only a caller can know. A stream nobody can send twice. */
function retryPolicy(
  { maxAttempts, retryWaitMs }: DownloadOptions,
  { method, canRepeat }: { readonly method: Method; readonly canRepeat: boolean },
): RetryPolicy {
  if (!canRepeat && maxAttempts !== undefined && maxAttempts > 1)
    throw mistake('maxAttempts', 'a stream can be sent once: give a path or bytes, or leave out maxAttempts');
  return {
    maxAttempts: maxAttempts ?? (canRepeat && isIdempotent(method) ? defaultMaxAttempts : 1),
    baseDelayMs: retryWaitMs ?? defaultRetryWaitMs,
    maxDelayMs: Math.max(longestRetryWaitMs, retryWaitMs ?? 0),
  };
}

/** The engine owns the Range field: what stands in one is taken as the wish that it is. */
function takeRange(headers: Readonly<Record<string, string>>): {
  readonly headers: Readonly<Record<string, string>>;
  readonly range: BytesWanted | null;
} {
  const ranges = Object.entries(headers).filter(([name]) => name.toLowerCase() === 'range');
  const [found] = ranges;
  if (found === undefined) return { headers, range: null };
  const match = /^\s*bytes\s*=\s*(\d+)\s*-\s*(\d*)\s*$/iu.exec(found[1]);
  if (match === null || ranges.length > 1)
    throw mistake('headers.range', 'a Range header must ask for one range: bytes=start-end');
  const rest = Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'range'));
  const start = Number(match[1]);
  const last = match[2] === '' ? null : Number(match[2]);
  if (last !== null && last < start) throw mistake('headers.range', 'a Range header that ends before it begins');
  return { headers: rest, range: last === null ? { start } : { start, end: last + 1 } };
}
