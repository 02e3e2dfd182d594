/** Finds out wrong use before anything is asked of a server, and says what is wrong and how to put it right. */
import { SluiceError } from '@sluice/contract';
import type { DownloadOptions } from './options.ts';

/** A slip in the use of the library. Code `request-invalid`; `facts.name` is the option. */
export function mistake(name: string, detail: string): SluiceError {
  return new SluiceError('request-invalid', detail, { facts: { name } });
}

const destinations = ['file', 'folder', 'stream', 'onChunk'] as const;

/** Every option of every form: what is not among them is a slip. */
const known: ReadonlySet<string> = new Set([
  ...destinations,
  'name',
  'overwrite',
  'chunkBytes',
  'cache',
  'dest',
  'maxConnections',
  'resume',
  'keepPartial',
  'findChecksum',
  'markOrigin',
  'maxBytes',
  'headers',
  'request',
  'backend',
  'range',
  'checksum',
  'signal',
  'timeoutMs',
  'connectTimeoutMs',
  'idleTimeoutMs',
  'maxAttempts',
  'retryWaitMs',
  'speedLimitBytesPerSecond',
  'totalSize',
  'onProgress',
  'onSpeed',
  'progressEveryMs',
]);

const atLeast: Readonly<Record<string, number>> = {
  timeoutMs: 1,
  connectTimeoutMs: 1,
  idleTimeoutMs: 1,
  maxAttempts: 1,
  retryWaitMs: 0,
  maxConnections: 1,
  maxBytes: 0,
  chunkBytes: 1,
  speedLimitBytesPerSecond: 0,
  totalSize: 0,
  progressEveryMs: 0,
};

/** @throws SluiceError `request-invalid` */
export function checkOptions(options: DownloadOptions): void {
  const given: ReadonlyMap<string, unknown> = new Map(
    Object.entries(options).filter(([, value]) => value !== undefined),
  );
  for (const name of given.keys()) if (!known.has(name)) throw mistake(name, `there is no option called ${name}`);
  checkDestination(given);
  for (const [name, least] of Object.entries(atLeast)) {
    const value = given.get(name);
    if (value === undefined) continue;
    if (typeof value !== 'number' || Number.isNaN(value) || value < least) {
      throw mistake(name, `${name} must be a number, ${least} or more`);
    }
  }
  checkRange(given.get('range'));
  if (given.has('range') && given.get('findChecksum') === true) {
    throw mistake('findChecksum', 'a checksum beside the link is that of the whole: leave out findChecksum, or range');
  }
}

function checkDestination(given: ReadonlyMap<string, unknown>): void {
  const chosen = destinations.filter((name) => given.has(name) && given.get(name) !== false);
  const [first, second] = chosen;
  if (first !== undefined && second !== undefined) {
    throw mistake(second, `${chosen.join(' and ')}: the bytes go to one place, so give one of them`);
  }
  if (given.has('cache') || given.has('dest')) checkCached(given, first);
  const isToDisk = first === 'file' || first === 'folder';
  if (isToDisk && (typeof given.get(first) !== 'string' || given.get(first) === '')) {
    throw mistake(first, `${first} must be a path`);
  }
  if (first === 'onChunk' && typeof given.get(first) !== 'function') throw mistake(first, 'onChunk must be a function');
  const isCached = given.has('cache');
  for (const name of ['maxConnections', 'resume', 'keepPartial', 'findChecksum', 'markOrigin'] as const) {
    if (given.has(name) && !isToDisk && !(isCached && name === 'maxConnections'))
      throw mistake(name, `${name} is for a file: give file or folder too`);
  }
  if (given.has('overwrite') && first !== 'file' && !isCached) throw mistake('overwrite', 'overwrite goes with file');
  if (given.has('chunkBytes') && first !== 'stream' && first !== 'onChunk') {
    throw mistake('chunkBytes', 'chunkBytes goes with stream or onChunk');
  }
  if (given.has('name') && first !== 'folder') throw mistake('name', 'name goes with folder');
  if (given.has('maxBytes') && first !== undefined) throw mistake('maxBytes', 'maxBytes is for bytes in memory');
}

function checkCached(given: ReadonlyMap<string, unknown>, destination: string | undefined): void {
  if (!given.has('cache')) throw mistake('dest', 'dest goes with cache: without one, give file');
  if (destination !== undefined)
    throw mistake(destination, `with cache, dest says where the bytes go, not ${destination}`);
  if (given.has('range')) throw mistake('range', 'the cache keeps whole resources: leave out range, or cache');
  const dest = given.get('dest') ?? false;
  if (typeof dest !== 'boolean' && (typeof dest !== 'string' || dest === '')) {
    throw mistake('dest', 'dest must be a path, true for a path in the cache, or false for memory');
  }
  if (dest !== false && given.has('maxBytes')) throw mistake('maxBytes', 'maxBytes is for bytes in memory');
}

function checkRange(range: unknown): void {
  if (range === undefined) return;
  if (typeof range !== 'object' || range === null) throw mistake('range', 'range must be { start, end? }');
  const start: unknown = Reflect.get(range, 'start');
  const end: unknown = Reflect.get(range, 'end');
  const isSound = isOffset(start) && (end === undefined || (isOffset(end) && end > start));
  if (!isSound) throw mistake('range', 'range must be { start, end? } with whole numbers, 0 <= start < end');
}

function isOffset(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
