/** Which rows are shown, and in which order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextSort } from '../../../src/list/column-headers.tsx';
import {
  countByFilter,
  filters,
  fractionOf,
  queryIds,
  queueOrder,
  type ListQuery,
  type SortKey,
} from '../../../src/list/order/list-query.ts';
import { download, oneOfEach } from '../../download.ts';

const everything: ListQuery = {
  filter: 'all',
  queueId: null,
  search: '',
  sort: queueOrder,
  hidden: new Set(),
  nowMs: 0,
};

describe('filters', () => {
  it.each([
    ['all', ['d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7']],
    ['active', ['d1', 'd3']],
    ['queued', ['d2']],
    ['stopped', ['d4', 'd7']],
    ['failed', ['d5']],
    ['finished', ['d6']],
  ] as const)('%s shows %j', (filter, ids) => {
    expect(queryIds(oneOfEach(), { ...everything, filter })).toEqual(ids);
  });

  it('count what they show', () => {
    const kinds = { queued: 1, running: 2, waiting: 3, paused: 4, failed: 5, finished: 6, cancelled: 7 };
    expect(countByFilter(kinds)).toEqual({ all: 28, active: 5, queued: 1, stopped: 11, failed: 5, finished: 6 });
    expect(Object.keys(countByFilter(kinds)).sort()).toEqual([...filters].sort());
  });

  it('show what is in one queue', () => {
    const list = [download('d1', { queueId: 'night' }), download('d2'), download('d3', { queueId: 'night' })];
    expect(queryIds(list, { ...everything, queueId: 'night' })).toEqual(['d1', 'd3']);
  });

  it('leave out what is hidden', () => {
    expect(queryIds(oneOfEach(), { ...everything, hidden: new Set(['d1', 'd6']) })).not.toContain('d6');
  });
});

describe('the order in which downloads start', () => {
  it('looks at the priority before the place', () => {
    const list = [
      download('d1', { position: 1, priority: 'low' }),
      download('d2', { position: 2 }),
      download('d3', { position: 3, priority: 'high' }),
      download('d4', { position: 4, priority: 'high' }),
    ];
    expect(queryIds(list, everything)).toEqual(['d3', 'd4', 'd2', 'd1']);
  });
});

describe('search', () => {
  const list = [
    download('d1', { name: 'Debian 13.iso', url: 'https://cdimage.debian.org/x' }),
    download('d2', { name: 'notes.txt', folder: '/home/Reading' }),
  ];
  it.each([
    ['debian', ['d1']],
    ['13 DEBIAN', ['d1']],
    ['cdimage', ['d1']],
    ['reading', ['d2']],
    ['  ', ['d1', 'd2']],
    ['debian notes', []],
  ])('for "%s" shows %j', (search, ids) => {
    expect(queryIds(list, { ...everything, search })).toEqual(ids);
  });
});

describe('sort', () => {
  const list = [
    download('d1', { name: 'file 10', sizeBytes: 5, speedBytesPerSecond: 0, addedAtMs: 3, position: 3 }),
    download('d2', { name: 'File 9', sizeBytes: null, speedBytesPerSecond: 7, addedAtMs: 2, position: 1 }),
    download('d3', {
      name: 'alpha',
      sizeBytes: 9,
      speedBytesPerSecond: 3,
      addedAtMs: 1,
      position: 2,
      receivedBytes: 3,
    }),
  ];
  it.each([
    ['position', false, ['d2', 'd3', 'd1']],
    ['name', false, ['d3', 'd2', 'd1']],
    ['name', true, ['d1', 'd2', 'd3']],
    ['size', false, ['d1', 'd3', 'd2']],
    ['size', true, ['d3', 'd1', 'd2']],
    ['speed', true, ['d2', 'd3', 'd1']],
    ['added', true, ['d1', 'd2', 'd3']],
    ['progress', true, ['d3', 'd1', 'd2']],
  ] as const)('by %s, descending %s, is %j', (key, descending, ids) => {
    expect(queryIds(list, { ...everything, sort: { key, descending } })).toEqual(ids);
  });

  it('is the same list in another order, whatever it sorts by', () => {
    const keys: SortKey[] = ['position', 'name', 'progress', 'size', 'speed', 'remaining', 'added'];
    const size = fc.option(fc.nat(9));
    fc.assert(
      fc.property(
        fc.array(size, { maxLength: 20 }),
        fc.constantFrom(...keys),
        fc.boolean(),
        (sizes, key, descending) => {
          const made = sizes.map((sizeBytes, index) =>
            download(`d${String(index)}`, { sizeBytes, remainingMs: sizeBytes }),
          );
          const shown = queryIds(made, { ...everything, sort: { key, descending } });
          expect([...shown].sort()).toEqual(made.map(({ id }) => id).sort());
        },
      ),
    );
  });

  it('goes one way, the other way, and back to the order of the queue', () => {
    const first = nextSort(queueOrder, 'size', true);
    expect(first).toEqual({ key: 'size', descending: true });
    const second = nextSort(first, 'size', true);
    expect(second).toEqual({ key: 'size', descending: false });
    expect(nextSort(second, 'size', true)).toBe(queueOrder);
    expect(nextSort(second, 'name', false)).toEqual({ key: 'name', descending: false });
  });
});

it.each([
  [{ receivedBytes: 5, sizeBytes: 10 }, 0.5],
  [{ receivedBytes: 5, sizeBytes: null }, null],
  [{ receivedBytes: 0, sizeBytes: 0 }, 0],
  [{ receivedBytes: 12, sizeBytes: 10 }, 1],
  [{ receivedBytes: 3, sizeBytes: null, state: { kind: 'finished', finishedAtMs: 0 } }, 1],
] as const)('the fraction of %j is %s', (fields, fraction) => {
  expect(fractionOf(download('d1', fields))).toBe(fraction);
});
