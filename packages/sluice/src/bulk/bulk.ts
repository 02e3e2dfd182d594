/** `one`, `swarm` and `each`: many downloads by one set of rules. */
import { createSystemClock } from '@sluice/engine';
import { Caller, CallerFailure } from '../core/caller.ts';
import { CrowdMeter } from '../core/progress/crowd-progress.ts';
import { CrowdReporter } from '../core/progress/crowd-reporter.ts';
import { DownloadInterrupt } from '../core/forms/download-interrupt.ts';
import { toDownloadStrategy } from '../strategy/download-strategy.ts';
import { toRequestStrategy } from '../strategy/request-strategy.ts';
import type { BulkDeps } from './bulk-deps.ts';
import type { Bundle } from './bundle.ts';
import { checkedBulkOptions, checkItems } from './check-bulk.ts';
import { fetchBy } from './fetch-by.ts';
import type { BulkArguments, BulkOptions } from './options.ts';
import { PathClaims } from './path-claims.ts';
import { type Finished, type Items, runRound } from './round.ts';
import { Shares } from './shares.ts';
import { Turns } from './turns.ts';

/**
 * Fetches one thing by the rules of many. A failure is in the bundle, not thrown.
 * @param item a request, a {@link BundleItem}, or an object of your own with `urlOf`
 * @throws DownloadInterrupt when `signal` stops it; SluiceError `request-invalid` for options or rules that make no
 *   sense; what `onProgress` throws
 */
export async function one<Item>(item: Item, ...[options]: BulkArguments<Item>): Promise<Bundle<Item>> {
  for await (const { bundle } of round([item], optionsOf(options))) return bundle;
  throw new DownloadInterrupt(options?.signal?.reason);
}

/**
 * Fetches everything and settles with all bundles, in the order of `items`. Failures are in the bundles. Equal requests
 * are sent once.
 * @param items requests, {@link BundleItem}s, or objects of your own with `urlOf`; what they throw stops what is under way
 * @throws DownloadInterrupt when `signal` stops it; what `items` or `onProgress` throw; SluiceError `request-invalid` for
 *   items that are not iterable (a text among them: `one` takes a single link), and for options that make no sense
 */
export async function swarm<Item>(
  items: Items<Item>,
  ...[options]: BulkArguments<Item>
): Promise<readonly Bundle<Item>[]> {
  const bundles: Bundle<Item>[] = [];
  for await (const { index, bundle } of round(items, optionsOf(options), { stopsWithItems: true }))
    bundles[index] = bundle;
  return bundles;
}

/**
 * Hands out bundles as they finish, in no other order. Items are drawn as there are turns for them, so they may be
 * endless; leaving the loop stops what is under way, and what it leaves on disk are partials that a later call goes
 * on from. Equal requests are sent once.
 * @param items as for {@link swarm}
 * @throws as {@link swarm}; what `items` throw, once what was begun is done
 */
export async function* each<Item>(
  items: Items<Item>,
  ...[options]: BulkArguments<Item>
): AsyncGenerator<Bundle<Item>, void, undefined> {
  for await (const { bundle } of round(items, optionsOf(options))) yield bundle;
}

/** Null is not left out: it is refused with everything else that is not an object. */
function optionsOf<Item>(options: BulkOptions<Item> | undefined): BulkOptions<Item> {
  if (options === undefined) return {};
  return options;
}

async function* round<Item>(
  items: Items<Item>,
  given: BulkOptions<Item>,
  { stopsWithItems = false }: { readonly stopsWithItems?: boolean } = {},
): AsyncGenerator<Finished<Item>, void, undefined> {
  checkItems(items);
  const options = checkedBulkOptions(given);
  const stopping = new AbortController();
  const signal = options.signal === undefined ? stopping.signal : AbortSignal.any([options.signal, stopping.signal]);
  const caller = new Caller(stopping, signal);
  const meter = new CrowdMeter(countOf(items));
  const { onProgress = null, progressEveryMs = 0 } = options;
  const reporter = new CrowdReporter(meter, { listener: onProgress, caller, everyMs: progressEveryMs });
  meter.onChange = () => reporter.note();
  const context = { ...contextOf(options, signal), meter, stopsWithItems };
  try {
    yield* runRound(items, context, stopping);
    await reporter.finish();
    await caller.settle();
  } catch (error) {
    const { reason } = signal as { readonly reason: unknown };
    if (reason instanceof CallerFailure) throw reason.thrown;
    if (options.signal?.aborted === true) throw new DownloadInterrupt(options.signal.reason);
    throw error;
  }
}

function contextOf<Item>(options: BulkOptions<Item>, signal: AbortSignal): BulkDeps<Item> {
  const requests = toRequestStrategy(options.requestStrategy ?? {});
  const clock = createSystemClock();
  const { hooks, onRetry } = options;
  return {
    // The types see to it: who leaves it out has items that say themselves what to fetch.
    urlOf: options.urlOf ?? ((item) => item as ReturnType<BulkDeps<Item>['urlOf']>),
    requests,
    downloads: toDownloadStrategy(options.downloadStrategy ?? {}),
    turns: new Turns(requests, clock),
    claims: new PathClaims(),
    shares: new Shares(),
    fetchFile: fetchBy(options),
    async beforeRetry({ url, attempt, error }, delayMs) {
      const retrying = { url, attempt, error, delayMs };
      if ((await hooks?.beforeRetry?.(retrying)) === false) throw error;
      await onRetry?.(retrying);
    },
    clock,
    signal,
  };
}

function countOf(items: object): number | null {
  if (Array.isArray(items)) return items.length;
  return items instanceof Set || items instanceof Map ? items.size : null;
}
