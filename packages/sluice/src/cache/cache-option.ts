/** How a download is told which cache to use, and how long to trust what is in it. */
import { optionError, readOptions } from '../core/options/option-error.ts';
import { Cache } from './cache.ts';
import type { Freshness } from './freshness.ts';

export interface CacheRules {
  /** A folder, or a cache that is open: it stays open. */
  readonly folder: string | Cache;
  /** Default `http`: as long as the server says. */
  readonly freshness?: Freshness;
}

export type CacheOption = string | Cache | CacheRules;

export interface OpenedCache extends Disposable {
  readonly cache: Cache;
  readonly freshness: Freshness;
}

/** @throws SluiceError `request-invalid` (facts: `name`); `unsupported` without the package better-sqlite3 */
export async function openCache(option: CacheOption): Promise<OpenedCache> {
  const { folder, freshness = 'http' } = readOptions(rulesOf(option), 'cache', ['folder', 'freshness']);
  const isKnown = typeof freshness === 'number' ? freshness >= 0 : ['http', 'validate', 'forever'].includes(freshness);
  if (!isKnown) throw optionError('cache.freshness', 'freshness is http, validate, forever, or milliseconds from 0 up');
  if (folder instanceof Cache) return { cache: folder, freshness, [Symbol.dispose]() {} };
  if (typeof folder !== 'string' || folder === '') throw optionError('cache', 'cache wants a folder, or an open Cache');
  const cache = await Cache.open(folder);
  return { cache, freshness, [Symbol.dispose]: () => cache.close() };
}

function rulesOf(option: CacheOption): CacheRules {
  return typeof option === 'string' || option instanceof Cache ? { folder: option } : option;
}
