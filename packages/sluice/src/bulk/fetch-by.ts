/** One try of one file, as a round of downloads wants it. */
import { download } from '../core/download.ts';
import type { FetchFile } from './bulk-context.ts';
import type { EachDownload } from './options.ts';

const passed = [
  'headers',
  'request',
  'backend',
  'connectTimeoutMs',
  'idleTimeoutMs',
  'maxConnections',
  'findChecksum',
  'markOrigin',
  'speedLimitBytesPerSecond',
] as const satisfies readonly (keyof EachDownload)[];

/** Tries are counted by the strategy: each of these is one. What it leaves on disk the next one takes up. */
export function fetchBy(options: EachDownload): FetchFile {
  const said: EachDownload = Object.fromEntries(
    passed.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
  return async (request, { path, overwrite, timeoutMs, signal }) => {
    const time = timeoutMs === null ? {} : { timeoutMs };
    const { sizeBytes, response } = await download(request, {
      ...said,
      ...time,
      file: path,
      overwrite,
      maxAttempts: 1,
      signal,
    });
    return { sizeBytes, status: response?.status ?? null };
  };
}
