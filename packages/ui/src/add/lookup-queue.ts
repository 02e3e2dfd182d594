/** Looks links up while the Add dialog is open: four at a time, each once, and none after it has closed. */
import { errorToInfo, type EngineApi, type NewDownload } from '@sluice/contract';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Lookup } from './link-rows.ts';

const mostAtOnce = 4;

export class LookupQueue {
  /** By link. Another map after each change. */
  readonly store: StoreApi<ReadonlyMap<string, Lookup>> = createStore<ReadonlyMap<string, Lookup>>(() => new Map());
  readonly #engine: Pick<EngineApi, 'preview'>;
  readonly #waiting: NewDownload[] = [];
  #asking = 0;
  #ending = new AbortController();

  constructor(engine: Pick<EngineApi, 'preview'>) {
    this.#engine = engine;
  }

  /** @param downloads as they would be added; one that was looked up before is not asked for again */
  lookUp(downloads: readonly NewDownload[]): void {
    const known = new Map(this.store.getState());
    for (const download of downloads) {
      if (known.has(download.url)) continue;
      known.set(download.url, { kind: 'asking' });
      this.#waiting.push(download);
    }
    this.store.setState(known, true);
    this.#askNext();
  }

  /** Gives up what is asked and what waits to be. It may be used again. */
  stop(): void {
    this.#ending.abort();
    this.#ending = new AbortController();
    const left = new Map(this.store.getState());
    for (const [url, { kind }] of left) if (kind === 'asking') left.delete(url);
    this.store.setState(left, true);
    this.#waiting.length = 0;
  }

  #askNext(): void {
    while (this.#asking < mostAtOnce) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#asking += 1;
      void this.#ask(next, this.#ending.signal);
    }
  }

  async #ask(download: NewDownload, signal: AbortSignal): Promise<void> {
    const found = await this.#engine
      .preview({ download, keep: true }, signal)
      .then((preview): Lookup => ({ kind: 'known', preview }))
      .catch((error: unknown): Lookup => ({ kind: 'failed', error: errorToInfo(error) }));
    this.#asking -= 1;
    if (!signal.aborted) this.store.setState(new Map(this.store.getState()).set(download.url, found), true);
    this.#askNext();
  }
}
