/** One try of one file, as a round of downloads wants it. */
import { download } from '../core/download.ts';
import type { FetchFile } from './bulk-context.ts';
import type { BulkOptions } from './options.ts';

/** Tries are counted by the strategy: each of these is one. What it leaves on disk the next one takes up. */
export function fetchBy(options: Pick<BulkOptions<unknown>, 'headers' | 'speedLimitBytesPerSecond'>): FetchFile {
  const { headers, speedLimitBytesPerSecond } = options;
  return async (request, { path, overwrite, timeoutMs, signal }) => {
    const { sizeBytes, response } = await download(request, {
      file: path,
      overwrite,
      maxAttempts: 1,
      signal,
      ...(timeoutMs === null ? {} : { timeoutMs }),
      ...(headers === undefined ? {} : { headers }),
      ...(speedLimitBytesPerSecond === undefined ? {} : { speedLimitBytesPerSecond }),
    });
    return { sizeBytes, status: response?.status ?? null };
  };
}
