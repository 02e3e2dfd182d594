/** Turns a request and its options into the spec that the engine carries out. */
import { type RequestOptions as WireOptions, requestOptionsSchema } from '@sluice/contract';
import {
  checkNewUrl,
  checkRequest,
  type DownloadSpec,
  isUserField,
  isIdempotent,
  isSafe,
  parseChecksum,
  type RetryPolicy,
  type WantedRange,
} from '@sluice/engine';
import type { RequestDescriptor } from '../../request/descriptor.ts';
import { mergeOptions } from './merge-options.ts';
import { optionError, readOptions } from './option-error.ts';
import type { RangeGiven } from './file-range.ts';
import type { BytesWanted, DownloadOptions } from './options.ts';
import type { RequestOptions } from './request-options.ts';

type Method = NonNullable<WireOptions['method']>;

const defaultMaxAttempts = 5;
const defaultRetryWaitMs = 1000;
const longestRetryWaitMs = 60_000;

export interface PreparedSpec extends Omit<DownloadSpec, 'onProgress'> {
  readonly range: WantedRange | null;
  /** How the range was said; null without one. */
  readonly rangeGiven: RangeGiven | null;
}

/** @throws SluiceError `url-invalid`, `url-unsupported`, `request-invalid` */
export function prepareSpec(descriptor: RequestDescriptor, options: DownloadOptions): PreparedSpec {
  const url = checkNewUrl(descriptor.url);
  const merged = mergeOptions(
    { headers: descriptor.headers, request: descriptor.request },
    { ...(options.headers === undefined ? {} : { headers: options.headers }), request: options.request ?? {} },
  );
  const requestOptions = checkRequest(url, readRequestOptions({ ...merged.request, ...backendOf(options) }, options), {
    forHeadAlone: true,
  });
  const { method = 'GET' } = requestOptions;
  checkMethod(method, options);
  const upload = options.request?.body === undefined ? descriptor.upload : null;
  if (upload !== null && isSafe(method)) throw optionError('method', `a body does not go with ${method}`);
  checkChecksum(options.checksum);
  const { headers, range } = takeRange(merged.headers);
  checkFields(headers);
  if (range !== null && options.range !== undefined)
    throw optionError('range', 'a Range header and the option range: give one');
  const wanted = options.range === undefined ? range : wantedRange(options.range);
  return {
    url,
    headers,
    request: requestOptions,
    upload,
    retry: retryPolicy(options, { method, canRepeat: upload?.isRepeatable ?? true }),
    checksum: options.checksum ?? null,
    speedLimitBytesPerSecond: options.speedLimitBytesPerSecond ?? 0,
    cookies: options.cookieJar?.cookies ?? null,
    sendsLoginAtOnce: options.preemptiveLogin ?? false,
    range: wanted,
    rangeGiven: wanted === null ? null : { from: range === null ? 'option' : 'header', range: wanted },
  };
}

/** Before anything is opened: an unread answer would keep its connection, and with it the process. */
function checkChecksum(checksum: string | undefined): void {
  if (checksum === undefined) return;
  try {
    parseChecksum(checksum);
  } catch {
    throw optionError('checksum', 'checksum must be sha256=HEX, md5=HEX and the like, or all the hex digits alone');
  }
}

function backendOf({ backend }: DownloadOptions): Pick<RequestOptions, 'backend'> {
  return backend === undefined ? {} : { backend };
}

function readRequestOptions(given: RequestOptions, { connectTimeoutMs, idleTimeoutMs }: DownloadOptions): WireOptions {
  const read = requestOptionsSchema.strict().safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    if (issue?.code === 'unrecognized_keys') readOptions(given, 'request', Object.keys(requestOptionsSchema.shape));
    const path = ['request', ...(issue?.path ?? [])].join('.');
    throw optionError(path, `${path}: ${issue?.message ?? 'not as it should be'}`);
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
  if (method === 'HEAD' && isFile) throw optionError('method', 'HEAD brings no bytes: leave out file and folder');
  if (options.cache !== undefined && method !== 'GET' && method !== 'POST')
    throw optionError('cache', `what ${method} is answered with is not kept: leave out cache`);
}

/** Whether a request may be repeated is known to the caller alone. A stream cannot be sent twice. */
function retryPolicy(
  { maxAttempts, retryWaitMs, waitForNetworkMs }: DownloadOptions,
  { method, canRepeat }: { readonly method: Method; readonly canRepeat: boolean },
): RetryPolicy {
  if (!canRepeat && maxAttempts !== undefined && maxAttempts > 1)
    throw optionError('maxAttempts', 'a stream can be sent once: give a path or bytes, or leave out maxAttempts');
  return {
    maxAttempts: maxAttempts ?? (canRepeat && isIdempotent(method) ? defaultMaxAttempts : 1),
    baseDelayMs: retryWaitMs ?? defaultRetryWaitMs,
    maxDelayMs: Math.max(longestRetryWaitMs, retryWaitMs ?? 0),
    ...(waitForNetworkMs === undefined ? {} : { waitNetworkMs: waitForNetworkMs }),
  };
}

function wantedRange(range: BytesWanted): WantedRange {
  return range.last === undefined ? { start: range.start, end: range.end ?? null } : { last: range.last };
}

/** A field that Sluice sets itself would be dropped without a word. */
function checkFields(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    const saysWhatIsSaid = name === 'accept-encoding' && value.toLowerCase() === 'identity';
    if (isUserField(name, value) || saysWhatIsSaid || name === 'connection') continue;
    throw optionError(`headers.${name}`, `Sluice sets the header ${name} itself: leave it out`);
  }
}

/** The engine owns the Range field: a Range header becomes the option `range`. */
function takeRange({ range: value, ...headers }: Readonly<Record<string, string>>): {
  readonly headers: Readonly<Record<string, string>>;
  readonly range: WantedRange | null;
} {
  if (value === undefined) return { headers, range: null };
  const [, first, last] = /^\s*bytes\s*=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*$/iu.exec(value) ?? [];
  if (first === undefined || last === undefined || first + last === '' || (first === '' && Number(last) === 0)) {
    throw optionError(
      'headers.range',
      'a Range header must ask for one range: bytes=start-end, bytes=start- or bytes=-last',
    );
  }
  if (first === '') return { headers, range: { last: Number(last) } };
  const start = Number(first);
  if (last === '') return { headers, range: { start, end: null } };
  if (Number(last) < start) throw optionError('headers.range', 'a Range header that ends before it begins');
  return { headers, range: { start, end: Number(last) + 1 } };
}
