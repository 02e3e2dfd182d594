/** The replica: any batching of deltas gives the same list, and only what changed is another object. */
import type { Delta, DownloadView } from '@sluice/contract';
import { defaultSettings, mainQueueView } from '@sluice/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReplica, type Replica } from '../../src/replica/replica.ts';
import { download, oneOfEach, transferring } from '../download.ts';

function snapshot(downloads: DownloadView[]) {
  return { sequence: 0, downloads, settings: defaultSettings, queues: [mainQueueView] };
}

function listed(replica: Replica): DownloadView[] {
  return [...replica.store.getState().downloads.values()];
}

const ids = ['d1', 'd2', 'd3', 'd4'];
const step = fc.oneof(
  fc.record({ added: fc.constantFrom(...ids).map((id) => [download(id)]) }),
  fc.record({ removed: fc.constantFrom(...ids).map((id) => [id]) }),
  fc.record({
    changed: fc.array(
      fc.record({
        id: fc.constantFrom(...ids),
        receivedBytes: fc.nat(1000),
        name: fc.constantFrom('a', 'b'),
        speedBytesPerSecond: fc.double({ min: 0, max: 1e9, noNaN: true }),
        queueId: fc.constantFrom('main', 'night'),
        state: fc.constantFrom({ kind: 'queued' } as const, { kind: 'finished', finishedAtMs: 1 } as const),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  }),
);

describe('createMirror', () => {
  it('ends with the same list however the deltas were batched', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.array(fc.integer({ min: 1, max: 5 })), (steps, cuts) => {
        const deltas: Delta[] = steps.map((fields, index) => ({ sequence: index + 1, ...fields }));
        const oneByOne = createReplica();
        const batched = createReplica();
        oneByOne.applySnapshot(snapshot([download('d1'), download('d2')]));
        batched.applySnapshot(snapshot([download('d1'), download('d2')]));
        for (const delta of deltas) oneByOne.applyDeltas([delta]);
        let rest = deltas;
        for (const cut of [...cuts, deltas.length]) {
          batched.applyDeltas(rest.slice(0, cut));
          rest = rest.slice(cut);
        }
        expect(listed(batched)).toEqual(listed(oneByOne));
        expect(batched.store.getState().totals).toEqual(oneByOne.store.getState().totals);
        const afresh = createReplica();
        afresh.applySnapshot(snapshot(listed(oneByOne)));
        expect(oneByOne.store.getState().totals).toEqual(afresh.store.getState().totals);
      }),
    );
  });

  it('keeps the object of a download that did not change', () => {
    const replica = createReplica();
    replica.applySnapshot(snapshot([download('d1'), download('d2')]));
    const before = replica.store.getState().downloads.get('d2');
    replica.applyDeltas([{ sequence: 1, changed: [{ id: 'd1', receivedBytes: 5 }] }]);
    expect(replica.store.getState().downloads.get('d2')).toBe(before);
    expect(replica.store.getState().downloads.get('d1')?.receivedBytes).toBe(5);
  });

  it('F111 knows no speed once the engine is lost', () => {
    const replica = createReplica();
    replica.applySnapshot(snapshot([download('d1', { state: transferring, speedBytesPerSecond: 100 })]));
    expect(replica.store.getState().totals.speedBytesPerSecond).toBeGreaterThan(0);
    replica.setConnection('lost');
    expect(replica.store.getState().totals.speedBytesPerSecond).toBe(0);
  });

  it('notifies once for a batch', () => {
    const replica = createReplica();
    replica.applySnapshot(snapshot([download('d1')]));
    let notified = 0;
    replica.store.subscribe(() => (notified += 1));
    replica.applyDeltas([1, 2, 3].map((sequence) => ({ sequence, changed: [{ id: 'd1', receivedBytes: sequence }] })));
    expect(notified).toBe(1);
  });

  it.each([
    ['progress', { receivedBytes: 9, speedBytesPerSecond: 1, remainingMs: 4 }, 0],
    ['a name', { name: 'other' }, 1],
    ['a state', { state: transferring }, 1],
    ['a phase of the same state', {}, 0],
    ['a place in the queue', { position: 99 }, 1],
    ['a size', { sizeBytes: 10 }, 1],
  ])('counts %s as a change of shape or not', (_, fields, rise) => {
    const replica = createReplica();
    replica.applySnapshot(snapshot([download('d1')]));
    const before = replica.store.getState().shapeRevision;
    replica.applyDeltas([{ sequence: 1, changed: [{ id: 'd1', ...fields }] }]);
    expect(replica.store.getState().shapeRevision - before).toBe(rise);
  });

  it('reports transitions of the batch, and none for a snapshot', () => {
    const replica = createReplica();
    replica.applySnapshot(snapshot([download('d1')]));
    replica.applyDeltas([{ sequence: 1, changed: [{ id: 'd1', state: { kind: 'finished', finishedAtMs: 1 } }] }]);
    expect(replica.store.getState().transitions).toEqual([{ id: 'd1', from: 'queued', to: 'finished' }]);
    replica.applySnapshot(snapshot([download('d1')]));
    expect(replica.store.getState().transitions).toEqual([]);
  });

  it('counts by state and by queue, and adds up the speed', () => {
    const replica = createReplica();
    replica.applySnapshot(snapshot(oneOfEach()));
    expect(replica.store.getState().totals).toEqual({
      byKind: { queued: 1, running: 1, waiting: 1, paused: 1, failed: 1, finished: 1, cancelled: 1 },
      unfinishedByQueue: new Map([['main', 5]]),
      speedBytesPerSecond: 100,
    });
  });

  it('ignores a change to a download it does not know', () => {
    const replica = createReplica();
    replica.applySnapshot(snapshot([]));
    replica.applyDeltas([{ sequence: 1, changed: [{ id: 'gone', receivedBytes: 1 }] }]);
    expect(listed(replica)).toEqual([]);
  });
});
