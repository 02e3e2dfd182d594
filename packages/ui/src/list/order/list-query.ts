/** Which downloads the list shows and in which order: filter, search and sort, as pure functions. */
import type { DownloadId, DownloadStateKind, DownloadView, Priority, QueueId } from '@sluice/contract';
import { readSearch } from './search-terms.ts';

export const filters = ['all', 'active', 'queued', 'stopped', 'failed', 'finished'] as const;
export type Filter = (typeof filters)[number];

/** Every kind of state belongs to exactly one filter besides "all". */
const filterOfKind: Readonly<Record<DownloadStateKind, Exclude<Filter, 'all'>>> = {
  running: 'active',
  waiting: 'active',
  queued: 'queued',
  paused: 'stopped',
  cancelled: 'stopped',
  failed: 'failed',
  finished: 'finished',
};

export const sortKeys = ['position', 'name', 'progress', 'size', 'speed', 'remaining', 'added'] as const;
export type SortKey = (typeof sortKeys)[number];
export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}
/** The order in which downloads start, which is also the order people arrange. */
export const queueOrder: Sort = { key: 'position', descending: false };

/** Sorting by what changes with every delta; such a list is put in order less often than it is drawn. */
export function isVolatile(sort: Sort): boolean {
  return sort.key === 'progress' || sort.key === 'speed' || sort.key === 'remaining';
}

export interface ListQuery {
  readonly filter: Filter;
  readonly queueId: QueueId | null;
  readonly search: string;
  readonly sort: Sort;
  /** Removed by the person, but not yet by the engine. */
  readonly hidden: ReadonlySet<DownloadId>;
  /** Tells which day is today. */
  readonly nowMs: number;
}

export function queryIds(downloads: Iterable<DownloadView>, query: ListQuery): DownloadId[] {
  const { terms } = readSearch(query.search);
  const shown: DownloadView[] = [];
  for (const download of downloads) {
    if (query.filter !== 'all' && filterOfKind[download.state.kind] !== query.filter) continue;
    if (query.queueId !== null && download.queueId !== query.queueId) continue;
    if (query.hidden.has(download.id)) continue;
    if (!terms.every((term) => term(download, query.nowMs))) continue;
    shown.push(download);
  }
  return shown.sort(comparison(query.sort)).map((download) => download.id);
}

export function countByFilter(byKind: Readonly<Record<DownloadStateKind, number>>): Record<Filter, number> {
  const counts: Record<Filter, number> = { all: 0, active: 0, queued: 0, stopped: 0, failed: 0, finished: 0 };
  for (const kind of Object.keys(byKind) as DownloadStateKind[]) {
    counts.all += byKind[kind];
    counts[filterOfKind[kind]] += byKind[kind];
  }
  return counts;
}

const nameOrder = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Who starts first: a higher priority, then the earlier place. */
export function byTurn(a: DownloadView, b: DownloadView): number {
  return turnOf[a.priority] - turnOf[b.priority] || a.position - b.position;
}

const turnOf: Readonly<Record<Priority, number>> = { high: 0, normal: 1, low: 2 };

function comparison(sort: Sort): (a: DownloadView, b: DownloadView) => number {
  const sign = sort.descending ? -1 : 1;
  const { key } = sort;
  if (key === 'position') return (a, b) => sign * byTurn(a, b);
  if (key === 'name') {
    return (a, b) => sign * nameOrder.compare(a.name, b.name) || a.position - b.position;
  }
  return (a, b) => {
    const left = measure(a, key);
    const right = measure(b, key);
    // What is not known comes last in either direction.
    if (left === null || right === null)
      return Number(left === null) - Number(right === null) || a.position - b.position;
    return sign * (left - right) || a.position - b.position;
  };
}

function measure(download: DownloadView, key: Exclude<SortKey, 'name' | 'position'>): number | null {
  switch (key) {
    case 'size':
      return download.sizeBytes;
    case 'speed':
      return download.speedBytesPerSecond;
    case 'remaining':
      return download.remainingMs;
    case 'added':
      return download.addedAtMs;
    case 'progress':
      return fractionOf(download);
    default:
      return key satisfies never;
  }
}

/** Between 0 and 1; null while the size is not known. */
export function fractionOf(download: Pick<DownloadView, 'receivedBytes' | 'sizeBytes' | 'state'>): number | null {
  if (download.state.kind === 'finished') return 1;
  if (download.sizeBytes === null) return null;
  if (download.sizeBytes === 0) return 0;
  return Math.min(1, download.receivedBytes / download.sizeBytes);
}
