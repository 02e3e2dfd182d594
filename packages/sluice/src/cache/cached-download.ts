/** A download by way of a cache: what is there and good is given, what is not is fetched, kept and given. */
import { readFile, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { SluiceError } from '@sluice/contract';
import { type Direct, diskError, type FileSpec, headersByName, parseChecksum, redactUrl } from '@sluice/engine';
import { Digester, type DigestAlgorithm, digestsOfFile } from '../core/digests.ts';
import type { PreparedSpec } from '../core/options/download-spec.ts';
import type { FileResult, MemoryResult, ResponseFacts } from '../core/results.ts';
import { memoryResult, tooLarge } from '../core/forms/to-memory.ts';
import type { Cache } from './cache.ts';
import type { CacheUse } from './cache-entry.ts';
import type { IndexRow } from './cache-index.ts';
import { type CacheOption, openCache } from './cache-option.ts';
import { hashFile, moveInto } from './content-store.ts';
import { withoutSecrets } from './secret-headers.ts';
import type { Cached, CacheSource } from './through-cache.ts';

/** A null path is the file in the cache itself. */
export type CacheDestination =
  | { readonly kind: 'memory'; readonly maxBytes: number }
  | { readonly kind: 'file'; readonly path: string | null; readonly overwrite: boolean };

export interface CachedOrder {
  readonly direct: Direct;
  readonly spec: PreparedSpec & Pick<FileSpec, 'onProgress'>;
  /** Of the request and of everything that was said beside it. */
  readonly key: string;
  readonly option: CacheOption;
  readonly destination: CacheDestination;
  readonly maxConnections: number;
  readonly digests: readonly DigestAlgorithm[];
}

/** Entries found damaged are fetched anew; a disk that damages each is told of. */
const maxRounds = 3;

/** @throws SluiceError as `download` does; `unsupported` for a path in the cache of what may not be stored */
export async function cachedDownload(order: CachedOrder, signal: AbortSignal): Promise<MemoryResult | FileResult> {
  using opened = await openCache(order.option);
  const { cache, freshness } = opened;
  const needsPath = order.destination.kind === 'file' && order.destination.path === null;
  try {
    for (let round = 1; round <= maxRounds; round += 1) {
      const cached = await cache.obtain(sourceOf(order, signal), { freshness, needsPath, signal });
      const result = cached.row === null ? await deliverPassed(order, cached) : await deliver(cache, order, cached);
      if (result !== null) return result;
    }
  } catch (error) {
    throw signal.aborted ? error : diskError(error, { operation: 'write', path: cache.folder });
  }
  const facts = { name: basename(cache.folder) };
  throw new SluiceError('file-changed', 'what was stored was damaged each time it was read', { facts });
}

function sourceOf({ direct, spec, key, maxConnections }: CachedOrder, signal: AbortSignal): CacheSource {
  return {
    key,
    url: redactUrl(spec.url),
    request: { method: spec.request.method ?? 'GET', headers: withoutSecrets(lowerCase(spec.headers)) },
    async fetch(path, resumes) {
      const place = { folder: dirname(path), name: basename(path), whenTaken: 'replace' } as const;
      const file = {
        ...spec,
        ...place,
        resumes,
        keepsPartial: true,
        maxConnections,
        findsChecksum: false,
        marksOrigin: false,
      };
      const { sizeBytes, head, resource } = await direct.fetchFile(file, signal);
      const finalUrl = redactUrl(resource?.finalUrl ?? spec.url);
      return { sizeBytes, finalUrl, headers: head === null ? null : headersByName(head.headers) };
    },
    revalidate: (known) => direct.revalidate(spec, known, signal),
  };
}

type Stored = Extract<Cached, { readonly row: IndexRow }>;
type Passed = Exclude<Cached, Stored>;

/** @returns null when the bytes are not those that were stored, or not those that the caller knows: then the entry is gone */
async function deliver(
  cache: Cache,
  order: CachedOrder,
  { row, use }: Stored,
): Promise<MemoryResult | FileResult | null> {
  const { destination, spec } = order;
  if (!(await fits(cache.pathOf(row), row, spec.checksum))) return cache.forget(row);
  if (use !== 'fetched') tellWhole(order, row.sizeBytes);
  const facts = {
    finalUrl: row.finalUrl,
    status: row.status,
    headers: JSON.parse(row.responseHeaders) as ResponseFacts['headers'],
  };
  if (destination.kind === 'memory') {
    if (row.sizeBytes > destination.maxBytes) throw tooLarge(destination.maxBytes);
    const bytes = await cache.read(row);
    return bytes === null ? null : { ...memoryOf(order, facts, bytes), cacheUse: use };
  }
  const { path, overwrite } = destination;
  if (path !== null && !(await cache.copyTo(row, path, overwrite))) return null;
  return fileResult(order, facts, {
    path: path ?? cache.pathOf(row),
    sizeBytes: row.sizeBytes,
    use,
    sha256: row.sha256,
  });
}

/** What may not be stored goes to the caller all the same. */
async function deliverPassed(order: CachedOrder, { incoming, fetched }: Passed): Promise<MemoryResult | FileResult> {
  const { destination } = order;
  const facts = { finalUrl: fetched.finalUrl, status: 200, headers: fetched.headers ?? {} };
  try {
    if (destination.kind === 'memory') {
      if (fetched.sizeBytes > destination.maxBytes) throw tooLarge(destination.maxBytes);
      return { ...memoryOf(order, facts, Uint8Array.from(await readFile(incoming))), cacheUse: 'passed' };
    }
    const { path, overwrite } = destination;
    if (path === null) {
      const detail = 'the answer may not be stored, so it has no path in the cache: give dest a path, or false';
      throw new SluiceError('unsupported', detail, { facts: { name: 'dest' } });
    }
    await moveInto(incoming, path, overwrite);
    return await fileResult(order, facts, { path, sizeBytes: fetched.sizeBytes, use: 'passed', sha256: null });
  } finally {
    await rm(incoming, { force: true });
  }
}

async function fileResult(
  { spec, digests }: CachedOrder,
  { finalUrl, status, headers }: ResponseFacts,
  file: { readonly path: string; readonly sizeBytes: number; readonly use: CacheUse; readonly sha256: string | null },
): Promise<FileResult> {
  const known = file.sha256 === null ? null : { algorithm: 'sha256', hex: file.sha256 };
  return {
    kind: 'file',
    path: file.path,
    sizeBytes: file.sizeBytes,
    resumedFromBytes: file.use === 'fetched' || file.use === 'passed' ? 0 : file.sizeBytes,
    verifiedBy: spec.checksum === null ? null : parseChecksum(spec.checksum).algorithm,
    digests: await digestsOfFile(file.path, digests, { known, signal: new AbortController().signal }),
    finalUrl,
    response: { status, headers },
    cacheUse: file.use,
  };
}

function memoryOf(
  { digests }: CachedOrder,
  facts: ResponseFacts,
  bytes: Uint8Array<ArrayBuffer>,
): Omit<MemoryResult, 'cacheUse'> {
  const digester = new Digester(digests);
  digester.update(bytes);
  return { ...memoryResult(facts, bytes), digests: digester.finish() };
}

/** What is fetched is compared on its way; what was there may be other bytes than the caller knows of. */
async function fits(path: string, row: IndexRow, checksum: string | null): Promise<boolean> {
  if (checksum === null) return true;
  const { algorithm, hex } = parseChecksum(checksum);
  return (algorithm === 'sha-256' ? row.sha256 : await hashFile(path, algorithm.replace('-', ''))) === hex;
}

function tellWhole({ spec }: CachedOrder, sizeBytes: number): void {
  spec.onProgress({
    receivedBytes: sizeBytes,
    totalBytes: sizeBytes,
    bytesPerSecond: 0,
    connections: 0,
    resumedFromBytes: sizeBytes,
  });
}

function lowerCase(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
