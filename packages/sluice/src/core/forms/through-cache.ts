/** Downloads by way of a cache, whose code is loaded when it is asked for: most downloads need none. */
import { resolve } from 'node:path';
import { keyBeside } from '../../request/request-key.ts';
import { mergeHeaders } from '../../request/read-headers.ts';
import type { CachedFileOptions, CachedMemoryOptions } from '../options/options.ts';
import type { FileResult, MemoryResult } from '../results.ts';
import type { Order } from './order.ts';

const defaultMaxBytes = 1024 ** 3;
const defaultMaxConnections = 8;

/** @throws SluiceError as `download` does */
export async function throughCache(
  order: Omit<Order, 'options'> & { readonly options: CachedMemoryOptions | CachedFileOptions },
): Promise<MemoryResult | FileResult> {
  const { direct, spec, descriptor, options, stop } = order;
  const { dest = false, cache: option, headers, request = {} } = options;
  if (option === undefined) throw new TypeError('no cache was asked for');
  const { cachedDownload } = await import('../../cache/cached-download.ts');
  // A server may answer a session otherwise than others.
  const jar = (await spec.cookies?.for(spec.url)) ?? null;
  const beside = { headers: mergeHeaders(headers, jar === null ? {} : { 'x-sluice-session': jar }), request };
  const cached = {
    direct,
    spec,
    option,
    key: keyBeside(descriptor, beside),
    maxConnections: ('maxConnections' in options ? options.maxConnections : undefined) ?? defaultMaxConnections,
    digests: options.digests ?? [],
  };
  if (dest === false) {
    const destination = { kind: 'memory', maxBytes: options.maxBytes ?? defaultMaxBytes } as const;
    return cachedDownload({ ...cached, destination }, stop.signal);
  }
  const overwrite = ('overwrite' in options && options.overwrite) ?? false;
  const path = dest === true ? null : resolve(dest);
  return cachedDownload({ ...cached, destination: { kind: 'file', path, overwrite } }, stop.signal);
}
