/** Carries one download of a round through all its tries. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RequestLike } from '../request/description.ts';
import { describeRequest, urlOfRequest } from '../request/describe-request.ts';
import type { Bundle } from './bundle.ts';
import type { BulkContext } from './bulk-context.ts';
import { retryAfterOf, statusOf } from './failed-response.ts';
import type { BundleWish } from './options.ts';
import type { Turn } from './turns.ts';

/**
 * Whatever goes wrong with it is in the bundle.
 * @param turn for the first try; given back in any case
 * @throws `context.signal.reason` when the round ends
 */
export async function runBundle<Item>(context: BulkContext<Item>, item: Item, turn: Turn): Promise<Bundle<Item>> {
  const run = new BundleRun(context, item, turn);
  const bundle = await run.carryOut();
  try {
    if (bundle.error === null) await context.downloads.onSuccess(bundle);
    else await context.downloads.onFailure(bundle);
    return bundle;
  } catch (error) {
    return { ...bundle, outcome: 'failed', error: toError(error) };
  }
}

class BundleRun<Item> {
  readonly #context: BulkContext<Item>;
  readonly #item: Item;
  #turn: Turn;
  #url = '';
  #path: string | null = null;
  #attempts = 0;
  #status: number | null = null;

  constructor(context: BulkContext<Item>, item: Item, turn: Turn) {
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
    const wish = toWish(urlOf(this.#item));
    this.#url = urlOfRequest(wish.request);
    const descriptor = await describeRequest(wish.request);
    const path = resolve(downloads.home, wish.path ?? downloads.pathOf(new URL(descriptor.url)));
    this.#path = path;
    claims.claim(path, descriptor.key);
    const presentBytes = downloads.skipPresent ? await sizeOfFile(path) : null;
    if (presentBytes !== null) return this.#bundle({ outcome: 'present', bytes: presentBytes });
    return this.#tryUntilDone(wish.request, path);
  }

  async #tryUntilDone(request: RequestLike, path: string): Promise<Bundle<Item>> {
    const { requests, downloads, turns, clock, fetchFile, signal } = this.#context;
    const timeoutMs = requests.timeoutMs === 0 ? null : requests.timeoutMs;
    for (;;) {
      signal.throwIfAborted();
      this.#attempts += 1;
      try {
        const overwrite = !downloads.skipPresent;
        const fetched = await fetchFile(request, { path, overwrite, timeoutMs, signal });
        this.#status = fetched.status;
        return this.#bundle({ outcome: 'downloaded', bytes: fetched.sizeBytes });
      } catch (error) {
        signal.throwIfAborted();
        this.#status = statusOf(error);
        if (this.#isAccepted()) return this.#bundle({ outcome: 'accepted' });
        const retryAfterMs = retryAfterOf(error, clock.wallMs());
        const failed = { url: this.#url, attempt: this.#attempts, status: this.#status, error, retryAfterMs };
        if (this.#attempts >= requests.maxAttempts || !requests.shouldRetry(failed)) throw error;
        // Others may have the turn while this one waits.
        this.#turn.giveBack();
        await clock.sleep(Math.max(requests.waitMs(failed), retryAfterMs ?? 0), signal);
        this.#turn = await turns.take(signal);
      }
    }
  }

  /** A failure behind a 2xx is of the bytes, and no rule about statuses makes them whole. */
  #isAccepted(): boolean {
    if (this.#status === null || (this.#status >= 200 && this.#status < 300)) return false;
    return this.#context.requests.isSuccess(this.#status);
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

function toWish(given: RequestLike | BundleWish): BundleWish {
  return typeof given === 'object' && 'request' in given && !('url' in given) ? given : { request: given };
}

/** Null unless a regular file is there. */
async function sizeOfFile(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() === true ? found.size : null;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
