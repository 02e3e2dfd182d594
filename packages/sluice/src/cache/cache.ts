/** A cache of downloads in a folder: an index in SQLite, and the contents as files under their own hashes. */
import { join, resolve } from 'node:path';
import type { RequestLike } from '../request/description.ts';
import { describeRequest } from '../request/describe-request.ts';
import type { CacheEntry } from './cache-entry.ts';
import { CacheIndex, type IndexRow } from './cache-index.ts';
import { ContentStore, hashFile } from './content-store.ts';
import type { Freshness } from './freshness.ts';
import { openDatabase } from './open-database.ts';
import { type Cached, type CacheSource, throughCache } from './through-cache.ts';

export interface PruneRules {
  /** Removes what was not used for longer. */
  readonly unusedForMs?: number;
  /** Then removes what was used longest ago until the rest is no larger. */
  readonly maxBytes?: number;
}

export interface Pruned {
  readonly removed: readonly CacheEntry[];
  /** Contents that no entry had, and partials without a running download. */
  readonly leftoverCount: number;
}

/** `damaged`: the bytes are no longer those that were stored. `missing`: there are none, or not as many. */
export interface Verified {
  readonly entry: CacheEntry;
  readonly state: 'sound' | 'damaged' | 'missing';
}

/** How long the partial of a broken download is kept for the next call to resume. */
const incomingLifeMs = 24 * 60 * 60 * 1000;

/**
 * Several processes may use one folder at the same time. A crash at any moment leaves no entry without its bytes; what
 * it may leave are bytes without an entry, which `prune` clears away.
 */
export class Cache implements Disposable {
  readonly folder: string;
  readonly #index: CacheIndex;
  readonly #content: ContentStore;

  private constructor(folder: string, index: CacheIndex, content: ContentStore) {
    this.folder = folder;
    this.#index = index;
    this.#content = content;
  }

  /**
   * Opens the cache in a folder, or makes one there. What it holds, other users cannot read.
   * @throws SluiceError `unsupported` without the package better-sqlite3, `database-unreadable`, disk codes
   */
  static async open(folder: string): Promise<Cache> {
    const path = resolve(folder);
    const content = new ContentStore(path);
    await content.prepare();
    return new Cache(path, new CacheIndex(await openDatabase(join(path, 'index.sqlite'))), content);
  }

  /** Everything that is stored, used longest ago first. */
  list(): readonly CacheEntry[] {
    return this.#index.all().map((row) => this.#entry(row));
  }

  /** What is stored for a request, however old; null for nothing. */
  async find(request: RequestLike): Promise<CacheEntry | null> {
    const row = this.#index.find((await describeRequest(request)).key);
    return row === null ? null : this.#entry(row);
  }

  /** Removes what the rules say, and in any case what no entry needs. */
  prune({ unusedForMs = Number.POSITIVE_INFINITY, maxBytes = Number.POSITIVE_INFINITY }: PruneRules = {}): Pruned {
    const oldestMs = Date.now() - unusedForMs;
    const all = this.list();
    let totalBytes = sizeOf(all);
    const removed: CacheEntry[] = [];
    for (const entry of all) {
      if (entry.usedAtMs >= oldestMs && totalBytes <= maxBytes) continue;
      if (this.#remove(entry)) removed.push(entry);
      totalBytes -= entry.sizeBytes;
    }
    return { removed, leftoverCount: this.#dropLeftovers() };
  }

  /** Reads all contents and compares them with their hashes. What is not sound is only told; `remove` removes it. */
  async verify(signal?: AbortSignal): Promise<readonly Verified[]> {
    const verified: Verified[] = [];
    for (const entry of this.list()) {
      signal?.throwIfAborted();
      verified.push({ entry, state: await this.#stateOf(entry) });
    }
    return verified;
  }

  /**
   * Removes entries, and their contents unless another entry has the same.
   * @param which an entry, or the link or description of a request
   * @returns how many entries there were
   */
  async remove(which: CacheEntry | RequestLike): Promise<number> {
    const entry = isEntry(which) ? which : await this.find(which);
    return entry !== null && this.#remove(entry) ? 1 : 0;
  }

  /** Removes everything. @returns how many entries there were */
  clear(): number {
    const removed = this.list().filter((entry) => this.#remove(entry)).length;
    this.#dropLeftovers();
    return removed;
  }

  close(): void {
    this.#index.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** @internal What `download` does with a cache. */
  async obtain(
    source: CacheSource,
    rule: { freshness: Freshness; needsPath?: boolean; signal: AbortSignal },
  ): Promise<Cached> {
    const parts = { index: this.#index, content: this.#content, nowMs: () => Date.now() };
    const cached = await throughCache(parts, source, rule);
    if (cached.row !== null) this.#index.markUsed(cached.row.key, Date.now());
    return cached;
  }

  /** @internal Null when the bytes turned out not to be what was stored; the entry is gone then. */
  async read(row: IndexRow): Promise<Uint8Array<ArrayBuffer> | null> {
    const bytes = await this.#content.read(row.sha256);
    if (bytes === null) this.#remove(row);
    return bytes;
  }

  /** @internal False when the bytes turned out not to be what was stored; the entry is gone then. */
  async copyTo(row: IndexRow, path: string, overwrite: boolean): Promise<boolean> {
    const isSound = await this.#content.copyTo(row.sha256, path, overwrite);
    if (!isSound) this.#remove(row);
    return isSound;
  }

  /** @internal For an entry whose bytes are not those that the caller knows. */
  async forget(row: IndexRow): Promise<null> {
    this.#remove(row);
    return null;
  }

  /** @internal */
  pathOf(row: IndexRow): string {
    return this.#content.pathOf(row.sha256);
  }

  async #stateOf({ sha256, sizeBytes, path }: CacheEntry): Promise<Verified['state']> {
    if (!this.#content.has(sha256, sizeBytes)) return 'missing';
    return (await hashFile(path)) === sha256 ? 'sound' : 'damaged';
  }

  #remove({ key, sha256 }: Pick<IndexRow, 'key' | 'sha256'>): boolean {
    return this.#index.exclusively(() => {
      const isRemoved = this.#index.delete(key, sha256);
      if (!this.#index.isContentUsed(sha256)) this.#content.drop(sha256);
      return isRemoved;
    });
  }

  #dropLeftovers(): number {
    return this.#index.exclusively(() => {
      const contents = this.#content.contents().filter((sha256) => !this.#index.isContentUsed(sha256));
      for (const sha256 of contents) this.#content.drop(sha256);
      return contents.length + this.#content.dropIncoming(Date.now() - incomingLifeMs);
    });
  }

  #entry(row: IndexRow): CacheEntry {
    const { policy: _policy, requestHeaders, responseHeaders, ...rest } = row;
    return {
      ...rest,
      requestHeaders: JSON.parse(requestHeaders) as Record<string, string>,
      responseHeaders: JSON.parse(responseHeaders) as Record<string, string>,
      path: this.#content.pathOf(row.sha256),
    };
  }
}

function sizeOf(entries: readonly CacheEntry[]): number {
  return entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function isEntry(which: CacheEntry | RequestLike): which is CacheEntry {
  return typeof which === 'object' && 'sha256' in which;
}
