/** Sums over the whole list, kept up to date by what changes: a delta costs what it changed and not what is listed. */
import type { DownloadStateKind, DownloadView, QueueId } from '@sluice/contract';

export interface Totals {
  readonly byKind: Readonly<Record<DownloadStateKind, number>>;
  /** What is neither finished nor cancelled. */
  readonly unfinishedByQueue: ReadonlyMap<QueueId, number>;
  readonly speedBytesPerSecond: number;
}

type Counted = Pick<DownloadView, 'state' | 'queueId' | 'speedBytesPerSecond'>;

export const noTotals: Totals = {
  byKind: { queued: 0, running: 0, waiting: 0, paused: 0, failed: 0, finished: 0, cancelled: 0 },
  unfinishedByQueue: new Map(),
  speedBytesPerSecond: 0,
};

export class TotalsCounter {
  readonly #byKind = { ...noTotals.byKind };
  readonly #unfinishedByQueue = new Map<QueueId, number>();
  /** Whole bytes: sums of fractions would not come back to 0. */
  #speedBytesPerSecond = 0;

  add(download: Counted): void {
    this.#count(download, 1);
  }

  /** @param download as it was when it was added */
  remove(download: Counted): void {
    this.#count(download, -1);
  }

  totals(): Totals {
    return {
      byKind: { ...this.#byKind },
      unfinishedByQueue: new Map(this.#unfinishedByQueue),
      speedBytesPerSecond: this.#speedBytesPerSecond,
    };
  }

  #count({ state, queueId, speedBytesPerSecond }: Counted, by: 1 | -1): void {
    this.#speedBytesPerSecond += by * Math.round(speedBytesPerSecond);
    this.#byKind[state.kind] += by;
    if (state.kind === 'finished' || state.kind === 'cancelled') return;
    const left = (this.#unfinishedByQueue.get(queueId) ?? 0) + by;
    if (left === 0) this.#unfinishedByQueue.delete(queueId);
    else this.#unfinishedByQueue.set(queueId, left);
  }
}
