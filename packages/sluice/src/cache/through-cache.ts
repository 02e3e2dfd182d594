/** Answers a request from the cache: with what is there while it is good, else with what is fetched and kept. */
import { randomUUID } from 'node:crypto';
import { renameSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createNodeFiles, type Revalidated } from '@sluice/engine';
import type { CacheUse } from './cache-entry.ts';
import type { CacheIndex, IndexRow } from './cache-index.ts';
import { type ContentStore, hashFile } from './content-store.ts';
import { type AskedRequest, type Freshness, judge, policyOf, refreshed, type StoredPolicy } from './freshness.ts';
import { withoutSecrets } from './secret-headers.ts';

/** What came over the network for the cache, and is in the file it asked for. */
export interface CacheFetch {
  readonly sizeBytes: number;
  readonly finalUrl: string;
  /** Null when all bytes were there from an earlier call, which took what it knew of the answer with it. */
  readonly headers: Readonly<Record<string, string>> | null;
}

/** The ways to the network, for one request. */
export interface CacheSource {
  readonly key: string;
  /** As it may be shown. */
  readonly url: string;
  readonly request: AskedRequest;
  /** Downloads into a file, replacing what is there. */
  fetch(path: string, resume: boolean): Promise<CacheFetch>;
  revalidate(known: { readonly etag: string | null; readonly lastModified: string | null }): Promise<Revalidated>;
}

export interface CacheDeps {
  readonly index: CacheIndex;
  readonly content: ContentStore;
  readonly nowMs: () => number;
}

/** `row` is null for what may not be stored: then it is in the file `incoming`, for the caller to take away. */
export type Cached =
  | { readonly use: Exclude<CacheUse, 'passed'>; readonly row: IndexRow }
  | { readonly use: 'passed'; readonly row: null; readonly incoming: string; readonly fetched: CacheFetch };

const files = createNodeFiles();
const firstPollMs = 20;
const longestPollMs = 500;

/**
 * Of several who ask the same at the same time, in whatever processes, one fetches and the others wait for what it
 * brings. The claim of a process that died counts for nothing.
 */
export async function throughCache(
  deps: CacheDeps,
  source: CacheSource,
  rule: { readonly freshness: Freshness; readonly needsPath?: boolean; readonly signal: AbortSignal },
): Promise<Cached> {
  const { index } = deps;
  const { freshness, needsPath = false } = rule;
  const how = { freshness, needsPath };
  const self = await files.owner();
  const owner = `${self ?? ''} ${randomUUID()}`;
  for (let pollMs = firstPollMs; ; pollMs = Math.min(longestPollMs, pollMs * 2)) {
    rule.signal.throwIfAborted();
    const fresh = lookUp(deps, source, rule.freshness);
    if (fresh.judgement === 'use' && fresh.row !== null) return { use: 'fresh', row: fresh.row };
    // Where the system lets nobody ask after a process, all fetch for themselves, and the last one wins.
    if (self === null) return obtain(deps, source, { ...how, name: randomUUID() });
    const other = index.claim(source.key, owner);
    if (other === null) {
      try {
        return await obtain(deps, source, { ...how, name: source.key });
      } finally {
        index.release(source.key, owner);
      }
    }
    if (other !== '' && !(await files.isOwnerAlive(other.split(' ')[0] ?? ''))) index.release(source.key, other);
    else await sleep(pollMs, undefined, { signal: rule.signal });
  }
}

interface LookUp {
  readonly row: IndexRow | null;
  readonly judgement: 'use' | 'ask' | 'fetch';
}

/** What was deleted from under the index counts as not there. */
function lookUp({ index, content, nowMs }: CacheDeps, { key, request }: CacheSource, freshness: Freshness): LookUp {
  const row = index.find(key);
  if (row === null || !content.has(row.sha256, row.sizeBytes)) return { row: null, judgement: 'fetch' };
  return { row, judgement: judge(storedPolicy(row), request, { freshness, nowMs: nowMs() }) };
}

interface Obtaining {
  readonly freshness: Freshness;
  readonly needsPath: boolean;
  /** Of the file in which the bytes gather. */
  readonly name: string;
}

async function obtain(deps: CacheDeps, source: CacheSource, how: Obtaining): Promise<Cached> {
  // Somebody may have stored it while this one waited for its turn.
  const { row, judgement } = lookUp(deps, source, how.freshness);
  if (row !== null && judgement === 'use') return { use: 'fresh', row };
  const validated = row !== null && judgement === 'ask' ? await validate(deps, source, row) : null;
  return validated ?? fetchAndStore(deps, source, how);
}

async function validate({ index, nowMs }: CacheDeps, source: CacheSource, row: IndexRow): Promise<Cached | null> {
  const stored = storedPolicy(row);
  const { etag = null, 'last-modified': lastModified = null } = stored.responseHeaders;
  const answer = await source.revalidate({ etag, lastModified });
  const news = answer.kind === 'same' ? refreshed(stored, source.request, answer.headers) : null;
  if (news === null) return null;
  const update = {
    policy: news.policy,
    responseHeaders: JSON.stringify(withoutSecrets(news.responseHeaders)),
    validatedAtMs: nowMs(),
  };
  index.update({ ...row, ...update });
  return { use: 'validated', row: { ...row, ...update } };
}

/** The bytes are fetched, hashed as the disk has them, given their place, and only then entered. */
async function fetchAndStore(deps: CacheDeps, source: CacheSource, how: Obtaining): Promise<Cached> {
  const { index, content, nowMs } = deps;
  const incoming = content.incomingPath(how.name);
  let fetched = await source.fetch(incoming, true);
  // Bytes without the head of their answer: their freshness is unknown.
  if (fetched.headers === null) fetched = await source.fetch(incoming, false);
  const headers = describeWhole(fetched);
  // A caller that wants the path of the stored file gets one, though it be stale at once and asked for again each time.
  const isStored = how.needsPath && how.freshness === 'http';
  const policy = policyOf(source.request, headers, isStored ? 'validate' : how.freshness);
  if (policy === null) {
    // So that the next fetch of the same link starts clean.
    const aside = content.incomingPath(randomUUID());
    renameSync(incoming, aside);
    return { use: 'passed', row: null, incoming: aside, fetched };
  }
  const atMs = nowMs();
  const row: IndexRow = {
    key: source.key,
    url: source.url,
    finalUrl: fetched.finalUrl,
    method: source.request.method,
    status: 200,
    requestHeaders: JSON.stringify(source.request.headers),
    responseHeaders: JSON.stringify(headers),
    policy,
    sizeBytes: fetched.sizeBytes,
    sha256: await hashFile(incoming),
    storedAtMs: atMs,
    validatedAtMs: atMs,
    usedAtMs: atMs,
  };
  index.exclusively(() => {
    content.adopt(incoming, row.sha256);
    const before = index.find(row.key);
    index.put(row);
    if (before !== null && !index.isContentUsed(before.sha256)) content.drop(before.sha256);
  });
  return { use: 'fetched', row };
}

/** A resumed file was answered in parts; the cache stores the whole. */
function describeWhole({ headers, sizeBytes }: CacheFetch): Readonly<Record<string, string>> {
  const { 'content-range': _range, ...rest } = withoutSecrets(headers ?? {});
  return { ...rest, 'content-length': String(sizeBytes) };
}

function storedPolicy({ policy, responseHeaders, validatedAtMs }: IndexRow): StoredPolicy {
  return { policy, responseHeaders: JSON.parse(responseHeaders) as Record<string, string>, validatedAtMs };
}
