/** Carries one download of a round through all its tries. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { SluiceError } from '@sluice/contract';
import { moveInto } from '../cache/content-store.ts';
import type { RequestDescriptor } from '../request/descriptor.ts';
import type { RequestLike } from '../request/description.ts';
import { describeRequest, urlOfRequest } from '../request/describe-request.ts';
import type { Bundle } from './bundle.ts';
import type { BulkDeps, FetchedFile } from './bulk-deps.ts';
import { headersOf, retryAfterOf, statusOf } from './failed-response.ts';
import type { BundleItem } from './options.ts';
import type { Turn } from './turns.ts';

/**
 * Whatever goes wrong with it is in the bundle.
 * @param turn for the first try; given back in any case
 * @throws `context.signal.reason` when the round ends
 */
export async function runBundle<Item>(context: BulkDeps<Item>, item: Item, turn: Turn): Promise<Bundle<Item>> {
  const run = new BundleRun(context, item, turn);
  const { meter } = context;
  meter?.begin(run);
  const bundle = await run.carryOut();
  meter?.end(run, bundle.outcome, bundle.bytes);
  try {
    if (bundle.error === null) await context.downloads.onSuccess(bundle);
    else await context.downloads.onFailure(bundle);
    return bundle;
  } catch (error) {
    // The rules' own error comes out; what is on disk is whole or not whatever they do.
    return { ...bundle, error: toError(error) };
  }
}

/** What all bundles of equal requests have in common. */
type Fetched = Pick<Bundle<unknown>, 'outcome' | 'status' | 'attempts' | 'bytes'>;

class BundleRun<Item> {
  readonly #context: BulkDeps<Item>;
  readonly #item: Item;
  #turn: Turn;
  #url = '';
  #path: string | null = null;
  #attempts = 0;
  #status: number | null = null;

  constructor(context: BulkDeps<Item>, item: Item, turn: Turn) {
    this.#context = context;
    this.#item = item;
    this.#turn = turn;
  }

  async carryOut(): Promise<Bundle<Item>> {
    try {
      return await this.#carryOut();
    } catch (error) {
      this.#context.signal.throwIfAborted();
      return this.#bundle({ outcome: 'failed', error: toError(error) });
    } finally {
      this.#turn.giveBack();
    }
  }

  async #carryOut(): Promise<Bundle<Item>> {
    const { urlOf, downloads, claims } = this.#context;
    const spec = toSpec(urlOf(this.#item));
    this.#url = urlOfRequest(spec.request);
    const descriptor = await describeRequest(spec.request);
    const path = resolve(downloads.home, spec.path ?? downloads.pathOf(new URL(descriptor.url)));
    this.#path = path;
    claims.claim(path, descriptor.key);
    const presentBytes = downloads.skipPresent ? await sizeOfFile(path) : null;
    if (presentBytes !== null) return this.#bundle({ outcome: 'present', bytes: presentBytes });
    return this.#bundle(await this.#fetchOnce(spec.request, descriptor, path));
  }

  /** Of equal requests the first is sent; what does more than ask is sent each time. */
  async #fetchOnce(request: RequestLike, descriptor: RequestDescriptor, path: string): Promise<Fetched> {
    const { shares } = this.#context;
    const { key } = descriptor;
    if (shares === undefined || descriptor.request.method !== 'GET') return this.#tryUntilDone(request, path);
    const before = shares.find<Fetched>(key);
    if (before === null) {
      const result = this.#tryUntilDone(request, path);
      shares.keep(key, { path, result });
      return result;
    }
    // Others may have the turn: this one sends no request.
    this.#turn.giveBack();
    const fetched = await before.result;
    // Timers and signals have their turn too, however many equal requests there are.
    await setImmediate();
    this.#attempts = fetched.attempts;
    this.#status = fetched.status;
    if (before.path !== path && fetched.outcome === 'downloaded') {
      await moveInto(before.path, path, !this.#context.downloads.skipPresent);
    }
    return fetched;
  }

  async #tryUntilDone(request: RequestLike, path: string): Promise<Fetched> {
    const { requests, turns, clock, signal, beforeRetry } = this.#context;
    for (;;) {
      signal.throwIfAborted();
      this.#attempts += 1;
      try {
        const { sizeBytes, status } = await this.#fetch(request, path);
        this.#status = status;
        return this.#fetched('downloaded', sizeBytes);
      } catch (error) {
        signal.throwIfAborted();
        this.#status = statusOf(error);
        // What a function of the program's own threw does not pass by itself.
        if (!(error instanceof SluiceError)) throw error;
        if (this.#isAccepted(error)) return this.#fetched('accepted', 0);
        const retryAfterMs = retryAfterOf(error, clock.wallMs());
        const failed = { url: this.#url, attempt: this.#attempts, status: this.#status, error, retryAfterMs };
        if (this.#attempts >= requests.maxAttempts || !requests.shouldRetry(failed)) throw error;
        const delayMs = Math.max(requests.waitMs(failed), retryAfterMs ?? 0);
        // Others may have the turn while this one waits.
        this.#turn.giveBack();
        await beforeRetry?.(failed, delayMs);
        await clock.sleep(delayMs, signal);
        this.#turn = await turns.take(signal);
      }
    }
  }

  #fetch(request: RequestLike, path: string): Promise<FetchedFile> {
    const { requests, downloads, fetchFile, signal, meter } = this.#context;
    return fetchFile(request, {
      path,
      overwrite: !downloads.skipPresent,
      timeoutMs: requests.timeoutMs === 0 ? null : requests.timeoutMs,
      signal,
      isSuccess: (status, headers) => requests.isSuccess(status, headers),
      ...(meter === undefined ? {} : { onProgress: (progress) => meter.note(this, progress) }),
    });
  }

  /** A failure behind a 2xx is of the bytes, and no rule about answers makes them whole. */
  #isAccepted(error: SluiceError): boolean {
    if (this.#status === null || (this.#status >= 200 && this.#status < 300)) return false;
    return this.#context.requests.isSuccess(this.#status, headersOf(error));
  }

  #fetched(outcome: Bundle<Item>['outcome'], bytes: number): Fetched {
    return { outcome, bytes, status: this.#status, attempts: this.#attempts };
  }

  #bundle(end: Pick<Bundle<Item>, 'outcome'> & Partial<Bundle<Item>>): Bundle<Item> {
    return {
      item: this.#item,
      url: this.#url,
      path: this.#path,
      status: this.#status,
      attempts: this.#attempts,
      error: null,
      bytes: 0,
      ...end,
    };
  }
}

function toSpec(given: RequestLike | BundleItem): BundleItem {
  const isItem = typeof given === 'object' && given !== null && 'request' in given && !('url' in given);
  return isItem ? given : { request: given };
}

/** Null unless a regular file is there. */
async function sizeOfFile(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() === true ? found.size : null;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error), { cause: error });
}
