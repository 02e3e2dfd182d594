/** Finds out wrong use before anything is asked of a server, and says what is wrong and how to put it right. */
import { digestAlgorithms } from '../digests.ts';
import { CookieJar } from './cookie-jar.ts';
import { describe, optionError, readOptions } from './option-error.ts';
import { listed, suggestion } from './nearest.ts';
import type { DownloadOptions } from './options.ts';

const destinations = ['file', 'folder', 'stream', 'onChunk'] as const;

const atLeast: Readonly<Record<string, number>> = {
  timeoutMs: 1,
  connectTimeoutMs: 1,
  idleTimeoutMs: 1,
  maxAttempts: 1,
  retryWaitMs: 0,
  waitForNetworkMs: 0,
  maxConnections: 1,
  maxBytes: 0,
  chunkBytes: 1,
  speedLimitBytesPerSecond: 0,
  totalSize: 0,
  progressEveryMs: 0,
};

const flags = [
  'resume',
  'keepPartial',
  'findChecksum',
  'verify',
  'markOrigin',
  'overwrite',
  'preemptiveLogin',
] as const;
const functions = ['onProgress', 'onSpeed', 'onRetry', 'onRedirect', 'onFileName', 'onVersionChange'] as const;
const changeChoices = ['new', 'keep', 'beside'];
const hookNames = ['beforeRequest', 'beforeRedirect', 'beforeRetry'] as const;

const forFiles = [
  'maxConnections',
  'resume',
  'keepPartial',
  'onChanged',
  'onVersionChange',
  'findChecksum',
  'verify',
  'markOrigin',
] as const;

/** A larger piece is too much memory for one read. */
const mostChunkBytes = 256 * 1024 * 1024;

/** Every option of every form: what is not among them is a slip. */
const known: readonly string[] = [
  ...destinations,
  ...Object.keys(atLeast),
  ...flags,
  ...functions,
  'name',
  'onChanged',
  'cache',
  'dest',
  'headers',
  'request',
  'backend',
  'range',
  'checksum',
  'digests',
  'signal',
  'hooks',
  'cookieJar',
];

/**
 * Reads the options once, and checks them.
 * @throws SluiceError `request-invalid` (facts: `name`, the option)
 */
export function checkedOptions(options: DownloadOptions): DownloadOptions {
  const read = withoutCache(options, readOptions(options, 'options', known)) as DownloadOptions;
  const given: ReadonlyMap<string, unknown> = new Map(Object.entries(read));
  checkDestination(given);
  checkKinds(given);
  checkRange(given.get('range'));
  if (given.has('range') && given.get('verify') === true) {
    throw optionError('verify', 'a part is not read back: leave out verify, or range');
  }
  if (given.has('range') && given.get('findChecksum') === true) {
    throw optionError(
      'findChecksum',
      'a checksum beside the link is that of the whole: leave out findChecksum, or range',
    );
  }
  return read;
}

/** `cache: undefined` is a cache that is not configured: what `dest` says holds without one too. */
function withoutCache(options: object, read: object): object {
  if ('cache' in read || !('cache' in options) || !('dest' in read)) return read;
  const { dest, ...rest } = read;
  if (dest === true) throw optionError('dest', 'without a cache there is no path in it: give dest a path, or false');
  return dest === false ? rest : { ...rest, file: dest };
}

function checkKinds(given: ReadonlyMap<string, unknown>): void {
  for (const [name, least] of Object.entries(atLeast)) {
    const value = given.get(name);
    if (value === undefined) continue;
    if (typeof value !== 'number' || Number.isNaN(value) || value < least) {
      throw optionError(name, `${name} must be a number, ${least} or more`);
    }
  }
  const chunkBytes = given.get('chunkBytes') ?? 1;
  if (!Number.isInteger(chunkBytes) || Number(chunkBytes) > mostChunkBytes) {
    throw optionError('chunkBytes', `chunkBytes must be a whole number, ${mostChunkBytes} or less`);
  }
  for (const name of flags) checkKind(given, name, { type: 'boolean', wanted: 'true or false' });
  for (const name of functions) {
    // Null takes a listener away on a running download, and so it may be given from the start.
    if (given.get(name) !== null) checkKind(given, name, { type: 'function', wanted: 'a function' });
  }
  checkKind(given, 'name', { type: 'string', wanted: 'a text' });
  const onChanged = given.get('onChanged');
  if (onChanged !== undefined && !changeChoices.some((one) => one === onChanged)) {
    throw optionError('onChanged', `onChanged must be one of ${listed(changeChoices, 'or')}`);
  }
  const signal = given.get('signal');
  if (signal !== undefined && !isSignal(signal)) throw optionError('signal', 'signal must be an AbortSignal');
  const jar = given.get('cookieJar');
  if (jar !== undefined && !(jar instanceof CookieJar)) throw optionError('cookieJar', 'cookieJar must be a CookieJar');
  checkDigests(given.get('digests'));
  checkHooks(given.get('hooks'));
}

function checkKind(
  given: ReadonlyMap<string, unknown>,
  name: string,
  { type, wanted }: { readonly type: string; readonly wanted: string },
): void {
  const value = given.get(name);
  if (value !== undefined && typeof value !== type) {
    throw optionError(name, `${name} must be ${wanted}, not ${describe(value)}`);
  }
}

function isSignal(value: unknown): boolean {
  return value instanceof AbortSignal;
}

function checkDigests(digests: unknown): void {
  if (digests === undefined) return;
  if (!Array.isArray(digests))
    throw optionError('digests', `digests must be a list: ${listed(digestAlgorithms, 'and')}`);
  for (const name of digests as readonly unknown[]) {
    if (digestAlgorithms.some((one) => one === name)) continue;
    const hint = typeof name === 'string' ? suggestion(name, digestAlgorithms) : '';
    throw optionError('digests', `digests has one that Sluice cannot compute: ${hint}`);
  }
}

function checkHooks(hooks: unknown): void {
  if (hooks === undefined) return;
  const read = readOptions(hooks as object, 'hooks', hookNames);
  for (const [name, hook] of Object.entries(read)) {
    if (typeof hook !== 'function') throw optionError(`hooks.${name}`, `hooks.${name} must be a function`);
  }
}

function checkDestination(given: ReadonlyMap<string, unknown>): void {
  const chosen = destinations.filter((name) => given.has(name) && given.get(name) !== false);
  const [first, second] = chosen;
  if (first !== undefined && second !== undefined) {
    throw optionError(second, `${chosen.join(' and ')}: the bytes go to one place, so give one of them`);
  }
  if (given.has('cache') || given.has('dest')) checkCached(given, first);
  const isToDisk = first === 'file' || first === 'folder';
  if (isToDisk && (typeof given.get(first) !== 'string' || given.get(first) === '')) {
    throw optionError(first, `${first} must be a path`);
  }
  if (first === 'stream' && given.get(first) !== true) throw optionError(first, 'stream must be true or false');
  if (first === 'onChunk' && typeof given.get(first) !== 'function')
    throw optionError(first, 'onChunk must be a function');
  const isCached = given.has('cache');
  for (const name of forFiles) {
    if (given.has(name) && !isToDisk && !(isCached && name === 'maxConnections'))
      throw optionError(name, `${name} is for a file: give file or folder too`);
  }
  if (given.has('overwrite') && first !== 'file' && !isCached)
    throw optionError('overwrite', 'overwrite goes with file');
  if (given.has('chunkBytes') && first !== 'stream' && first !== 'onChunk') {
    throw optionError('chunkBytes', 'chunkBytes goes with stream or onChunk');
  }
  if (given.has('name') && first !== 'folder') throw optionError('name', 'name goes with folder');
  if (given.has('maxBytes') && first !== undefined) throw optionError('maxBytes', 'maxBytes is for bytes in memory');
}

function checkCached(given: ReadonlyMap<string, unknown>, destination: string | undefined): void {
  if (!given.has('cache')) throw optionError('dest', 'dest goes with cache: without one, give file');
  if (destination !== undefined)
    throw optionError(destination, `with cache, dest says where the bytes go, not ${destination}`);
  if (given.has('range')) throw optionError('range', 'the cache keeps whole resources: leave out range, or cache');
  const dest = given.get('dest') ?? false;
  if (typeof dest !== 'boolean' && (typeof dest !== 'string' || dest === '')) {
    throw optionError('dest', 'dest must be a path, true for a path in the cache, or false for memory');
  }
  if (dest !== false && given.has('maxBytes')) throw optionError('maxBytes', 'maxBytes is for bytes in memory');
}

function checkRange(range: unknown): void {
  if (range === undefined) return;
  const shape = 'range must be { start, end? } or { last }';
  if (typeof range !== 'object' || range === null) throw optionError('range', shape);
  const { start, end, last } = readOptions(range as Record<string, unknown>, 'range', ['start', 'end', 'last']);
  if (last !== undefined && start === undefined && end === undefined) {
    if (isOffset(last) && last > 0) return;
    throw optionError('range', 'range.last must be a whole number, 1 or more');
  }
  const isSound = last === undefined && isOffset(start) && (end === undefined || (isOffset(end) && end > start));
  if (!isSound) throw optionError('range', `${shape} with whole numbers, 0 <= start < end`);
}

function isOffset(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
