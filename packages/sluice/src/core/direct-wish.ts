/** Turns a request and its options into the wish that the engine carries out. */
import { type RequestOptions as WireOptions, requestOptionsSchema } from '@sluice/contract';
import { checkNewUrl, checkRequest, type DirectWish, parseChecksum, type RetryPolicy } from '@sluice/engine';
import type { RequestDescriptor } from '../request/descriptor.ts';
import { readHeaders } from '../request/read-headers.ts';
import { mistake } from './check-options.ts';
import type { BytesWanted, DownloadOptions } from './options.ts';
import type { RequestOptions } from './request-options.ts';

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
  );
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
    retry: retryPolicy(options, requestOptions),
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

/** A POST may not be repeatable: only a caller can know. */
function retryPolicy({ maxAttempts, retryWaitMs }: DownloadOptions, request: WireOptions): RetryPolicy {
  return {
    maxAttempts: maxAttempts ?? (request.method === 'POST' ? 1 : defaultMaxAttempts),
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
