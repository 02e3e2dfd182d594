/** `one`, `swarm` and `each`: many downloads by one set of rules. */
import { createSystemClock } from '@sluice/engine';
import { DownloadInterrupt } from '../core/download-interrupt.ts';
import { toDownloadStrategy } from '../strategy/download-strategy.ts';
import { toRequestStrategy } from '../strategy/request-strategy.ts';
import type { BulkContext } from './bulk-context.ts';
import type { Bundle } from './bundle.ts';
import { fetchBy } from './fetch-by.ts';
import type { BulkArguments, BulkOptions } from './options.ts';
import { PathClaims } from './path-claims.ts';
import { type Finished, type Items, runRound } from './round.ts';
import { Turns } from './turns.ts';

/**
 * Fetches one thing by the rules of many. A failure is in the bundle, not thrown.
 * @throws DownloadInterrupt when `signal` stops it; SluiceError `request-invalid` for rules that make no sense
 */
export async function one<Item>(item: Item, ...[options]: BulkArguments<Item>): Promise<Bundle<Item>> {
  for await (const { bundle } of round([item], options ?? {})) return bundle;
  throw new DownloadInterrupt(options?.signal?.reason);
}

/**
 * Fetches everything and settles with all bundles, in the order of `items`. Failures are in the bundles.
 * @throws DownloadInterrupt when `signal` stops it; what `items` throw
 */
export async function swarm<Item>(
  items: Items<Item>,
  ...[options]: BulkArguments<Item>
): Promise<readonly Bundle<Item>[]> {
  const bundles: Bundle<Item>[] = [];
  for await (const { index, bundle } of round(items, options ?? {})) bundles[index] = bundle;
  return bundles;
}

/**
 * Hands out bundles as they finish, in no other order. Items are drawn as there are turns for them, so they may be
 * endless; leaving the loop stops what is under way, and what it leaves on disk are partials that a later call goes
 * on from.
 * @throws DownloadInterrupt when `signal` stops it; what `items` throw, once what was begun is done
 */
export async function* each<Item>(
  items: Items<Item>,
  ...[options]: BulkArguments<Item>
): AsyncGenerator<Bundle<Item>, void, undefined> {
  for await (const { bundle } of round(items, options ?? {})) yield bundle;
}

async function* round<Item>(
  items: Items<Item>,
  options: BulkOptions<Item>,
): AsyncGenerator<Finished<Item>, void, undefined> {
  const stopping = new AbortController();
  const signal = options.signal === undefined ? stopping.signal : AbortSignal.any([options.signal, stopping.signal]);
  try {
    yield* runRound(items, contextOf(options, signal), stopping);
  } catch (error) {
    if (options.signal?.aborted === true) throw new DownloadInterrupt(options.signal.reason);
    throw error;
  }
}

function contextOf<Item>(options: BulkOptions<Item>, signal: AbortSignal): BulkContext<Item> {
  const requests = toRequestStrategy(options.requestStrategy ?? {});
  const clock = createSystemClock();
  return {
    // The types see to it: who leaves it out has items that say themselves what to fetch.
    urlOf: options.urlOf ?? ((item) => item as ReturnType<BulkContext<Item>['urlOf']>),
    requests,
    downloads: toDownloadStrategy(options.downloadStrategy ?? {}),
    turns: new Turns(requests, clock),
    claims: new PathClaims(),
    fetchFile: fetchBy(options),
    clock,
    signal,
  };
}
