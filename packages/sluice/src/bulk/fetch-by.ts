/** One try of one file, as a round of downloads wants it. */
import { SluiceError } from '@sluice/contract';
import { startDownload } from '../core/forms/start-download.ts';
import type { FetchFile, FetchFileOptions } from './bulk-deps.ts';
import type { EachDownload } from './options.ts';

export const passedOptions = [
  'headers',
  'request',
  'backend',
  'preemptiveLogin',
  'cookieJar',
  'hooks',
  'onRetry',
  'onRedirect',
  'onFileName',
  'connectTimeoutMs',
  'idleTimeoutMs',
  'maxConnections',
  'findChecksum',
  'verify',
  'markOrigin',
  'speedLimitBytesPerSecond',
] as const satisfies readonly (keyof EachDownload)[];

/** Tries are counted by the strategy: each of these is one. The next one resumes what it leaves on disk. */
export function fetchBy(options: EachDownload): FetchFile {
  const said: EachDownload = Object.fromEntries(
    passedOptions.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
  return async (request, spec) => {
    const { path, overwrite, timeoutMs, signal, onProgress } = spec;
    const result = await startDownload(
      request,
      {
        ...said,
        ...(timeoutMs === null ? {} : { timeoutMs }),
        ...(onProgress === undefined ? {} : { onProgress }),
        file: path,
        overwrite,
        maxAttempts: 1,
        signal,
      },
      { judge: judgeBy(spec) },
    );
    if (result.kind !== 'file') throw new SluiceError('internal', 'a file was asked for');
    return { sizeBytes: result.sizeBytes, status: result.response?.status ?? null };
  };
}

function judgeBy({ isSuccess }: FetchFileOptions): (answer: Answer) => void {
  return ({ status, headers }) => {
    if (isSuccess === undefined || isSuccess(status, headers)) return;
    const detail = 'isSuccess says that the answer is not a success';
    throw new SluiceError('response-rejected', detail, { facts: { status }, response: { status, headers } });
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}
