/** Turns a request and its options into the wish that the engine carries out. */
import type { RequestOptions } from '@sluice/contract';
import { checkNewUrl, checkRequest, type DirectWish } from '@sluice/engine';
import { type RequestDescription, toDescriptor } from '../request/descriptor.ts';
import { mistake } from './check-options.ts';
import type { BytesWanted, DownloadOptions } from './options.ts';

const defaultMaxAttempts = 5;

export interface PreparedWish extends Omit<DirectWish, 'onProgress'> {
  readonly range: { readonly start: number; readonly end: number | null } | null;
}

/** @throws SluiceError `url-invalid`, `url-unsupported`, `request-invalid` */
export function prepareWish(request: string | URL | RequestDescription, options: DownloadOptions): PreparedWish {
  const descriptor = toDescriptor(request);
  const requestOptions: RequestOptions = checkRequest({ ...descriptor.request, ...options.request });
  const { headers, range } = takeRange({ ...descriptor.headers, ...options.headers });
  if (range !== null && options.range !== undefined)
    throw mistake('range', 'a Range header and the option range: give one');
  const wanted = options.range ?? range;
  return {
    url: checkNewUrl(descriptor.url),
    headers,
    request: requestOptions,
    timeouts: {
      ...(options.connectTimeoutMs === undefined ? {} : { headTimeoutMs: options.connectTimeoutMs }),
      ...(options.idleTimeoutMs === undefined ? {} : { idleTimeoutMs: options.idleTimeoutMs }),
    },
    maxAttempts: options.maxAttempts ?? (requestOptions.method === 'POST' ? 1 : defaultMaxAttempts),
    checksum: options.checksum ?? null,
    speedLimitBytesPerSecond: options.speedLimitBytesPerSecond ?? 0,
    range: wanted === null ? null : { start: wanted.start, end: wanted.end ?? null },
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
