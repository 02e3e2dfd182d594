/** Finds out wrong use of a manager, and of a download that stands alone, as soon as it is made. */
import { optionError, readOptions } from '../core/options/option-error.ts';
import type { ManagerOptions, StartOptions } from './manager-options.ts';

const known: readonly string[] = [
  'headers',
  'request',
  'backend',
  'preemptiveLogin',
  'cookieJar',
  'hooks',
  'digests',
  'checksum',
  'timeoutMs',
  'connectTimeoutMs',
  'idleTimeoutMs',
  'maxAttempts',
  'retryWaitMs',
  'speedLimitBytesPerSecond',
  'totalSize',
  'progressEveryMs',
  'findChecksum',
  'verify',
  'markOrigin',
  'maxConnections',
  'overwrite',
  'keepPartial',
  'onProgress',
  'onFinished',
  'onRetry',
  'onRedirect',
  'onFileName',
];

/** @throws SluiceError `request-invalid` (facts: `name`, the option) */
export function checkedManagerOptions(options: ManagerOptions): ManagerOptions {
  const read = readOptions(options, 'options', [...known, 'concurrency', 'limit', 'onTotalProgress']);
  checkFunctions(read, ['onTotalProgress']);
  const { limit } = read;
  const isLimit = typeof limit?.registerFile === 'function' && typeof limit.removeOld === 'function';
  if (limit !== undefined && !isLimit)
    throw optionError('limit', 'limit must be a PersistLimit, or have its two functions');
  return read;
}

/** @throws SluiceError `request-invalid` (facts: `name`, the option) */
export function checkedStartOptions(options: StartOptions): StartOptions {
  const read = readOptions(options, 'options', [...known, 'start', 'resume']);
  checkFunctions(read, []);
  return read;
}

function checkFunctions(read: object, more: readonly string[]): void {
  for (const name of ['onProgress', 'onFinished', ...more]) {
    const value: unknown = Reflect.get(read, name);
    if (value !== undefined && typeof value !== 'function') throw optionError(name, `${name} must be a function`);
  }
}
