/** Starts the downloads of a round as their turns come, and hands out bundles as they finish. */
import { CallerFailure } from '../core/caller.ts';
import { optionError } from '../core/options/option-error.ts';
import type { Bundle } from './bundle.ts';
import type { BulkDeps } from './bulk-deps.ts';
import { runBundle } from './run-bundle.ts';
import type { Turn } from './turns.ts';

/** The most that wait for another try or for the caller. Beyond that no more are begun. */
const maxUnsettled = 256;

export interface Finished<Item> {
  /** Place among the items, from 0. */
  readonly index: number;
  readonly bundle: Bundle<Item>;
}

export type Items<Item> = Iterable<Item> | AsyncIterable<Item>;

/**
 * Items are drawn only when there is a turn for them, so they may be endless. Leaving the loop early stops what is
 * under way; it leaves partials on disk that a later round resumes.
 * @param context its signal must be the one of `stopping`, or follow it
 * @throws what the items throw; `context.signal.reason` when the round is stopped from outside
 */
export async function* runRound<Item>(
  items: Items<Item>,
  context: BulkDeps<Item>,
  stopping: AbortController,
): AsyncGenerator<Finished<Item>, void, undefined> {
  const round = new Round(items, context);
  const starting = round.start();
  // Its failure is met below, in its turn, or at once where what was begun is of no use without the rest.
  starting.catch((error: unknown) => {
    if (context.stopsWithItems === true) stopping.abort(new CallerFailure(error));
  });
  try {
    for (let next = await round.next(); next !== null; next = await round.next()) yield next;
    // First, so that no more items are waited for.
    context.signal.throwIfAborted();
    await starting;
  } finally {
    stopping.abort(new Error('the round is over'));
    await round.settle();
  }
}

class Round<Item> {
  readonly #items: Items<Item>;
  readonly #context: BulkDeps<Item>;
  readonly #running = new Set<Promise<void>>();
  readonly #finished: Finished<Item>[] = [];
  #changed = Promise.withResolvers<void>();
  #isDrawn = false;

  constructor(items: Items<Item>, context: BulkDeps<Item>) {
    this.#items = items;
    this.#context = context;
    context.signal.addEventListener('abort', () => this.#change(), { once: true });
  }

  async start(): Promise<void> {
    const { turns, requests, signal } = this.#context;
    const maxOpen = requests.concurrency + maxUnsettled;
    let iterator: Drawing<Item> | null = null;
    try {
      iterator = iteratorOf(this.#items);
      for (let index = 0; ; index += 1) {
        while (this.#running.size + this.#finished.length >= maxOpen) await this.#next();
        const turn = await turns.take(signal);
        const drawn = await draw(iterator, turn, signal);
        if (drawn.done === true) break;
        this.#run(index, runBundle(this.#context, drawn.value, turn));
      }
    } catch (error) {
      // It is the error that counts, whatever the iterator makes of its end.
      await Promise.resolve(iterator?.return?.()).catch(() => {});
      throw error;
    } finally {
      this.#isDrawn = true;
      this.#change();
    }
  }

  /** Null once all have been handed out, or no more can be. */
  async next(): Promise<Finished<Item> | null> {
    for (;;) {
      const next = this.#finished.shift();
      if (next !== undefined) {
        this.#change();
        return next;
      }
      if (this.#context.signal.aborted || (this.#isDrawn && this.#running.size === 0)) return null;
      await this.#next();
    }
  }

  async settle(): Promise<void> {
    while (this.#running.size > 0) await this.#next();
  }

  #run(index: number, bundle: Promise<Bundle<Item>>): void {
    const running: Promise<void> = bundle
      .then(
        (done) => void this.#finished.push({ index, bundle: done }),
        () => {},
      )
      .finally(() => {
        this.#running.delete(running);
        this.#change();
      });
    this.#running.add(running);
  }

  #next(): Promise<void> {
    return this.#changed.promise;
  }

  #change(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

type Drawing<Item> = Iterator<Item> | AsyncIterator<Item>;

function iteratorOf<Item>(items: Items<Item>): Drawing<Item> {
  return Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
}

function isResult<Item>(drawn: unknown): drawn is IteratorResult<Item> {
  return typeof drawn === 'object' && drawn !== null;
}

/** The turn goes back when there was nothing to draw, or when the round ended meanwhile. */
async function draw<Item>(iterator: Drawing<Item>, turn: Turn, signal: AbortSignal): Promise<IteratorResult<Item>> {
  try {
    const drawn: unknown = await iterator.next();
    if (!isResult<Item>(drawn))
      throw optionError('items', 'the iterator of items gives something that is not a result');
    signal.throwIfAborted();
    if (drawn.done === true) turn.giveBack();
    return drawn;
  } catch (error) {
    turn.giveBack();
    throw error;
  }
}
