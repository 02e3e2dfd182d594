/** The mirror: any batching of deltas gives the same list, and only what changed is another object. */
import type { Delta, DownloadView } from '@sluice/contract';
import { defaultSettings, mainQueueView } from '@sluice/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMirror, type Mirror } from '../../src/mirror/mirror.ts';
import { download, oneOfEach, transferring } from '../download.ts';

function snapshot(downloads: DownloadView[]) {
  return { sequence: 0, downloads, settings: defaultSettings, queues: [mainQueueView] };
}

function listed(mirror: Mirror): DownloadView[] {
  return [...mirror.store.getState().downloads.values()];
}

const ids = ['d1', 'd2', 'd3', 'd4'];
const step = fc.oneof(
  fc.record({ added: fc.constantFrom(...ids).map((id) => [download(id)]) }),
  fc.record({ removed: fc.constantFrom(...ids).map((id) => [id]) }),
  fc.record({
    changed: fc.array(
      fc.record({ id: fc.constantFrom(...ids), receivedBytes: fc.nat(1000), name: fc.constantFrom('a', 'b') }),
      { minLength: 1, maxLength: 3 },
    ),
  }),
);

describe('createMirror', () => {
  it('ends with the same list however the deltas were batched', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.array(fc.integer({ min: 1, max: 5 })), (steps, cuts) => {
        const deltas: Delta[] = steps.map((fields, index) => ({ sequence: index + 1, ...fields }));
        const oneByOne = createMirror();
        const batched = createMirror();
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
      }),
    );
  });

  it('keeps the object of a download that did not change', () => {
    const mirror = createMirror();
    mirror.applySnapshot(snapshot([download('d1'), download('d2')]));
    const before = mirror.store.getState().downloads.get('d2');
    mirror.applyDeltas([{ sequence: 1, changed: [{ id: 'd1', receivedBytes: 5 }] }]);
    expect(mirror.store.getState().downloads.get('d2')).toBe(before);
    expect(mirror.store.getState().downloads.get('d1')?.receivedBytes).toBe(5);
  });

  it('notifies once for a batch', () => {
    const mirror = createMirror();
    mirror.applySnapshot(snapshot([download('d1')]));
    let notified = 0;
    mirror.store.subscribe(() => (notified += 1));
    mirror.applyDeltas([1, 2, 3].map((sequence) => ({ sequence, changed: [{ id: 'd1', receivedBytes: sequence }] })));
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
    const mirror = createMirror();
    mirror.applySnapshot(snapshot([download('d1')]));
    const before = mirror.store.getState().shapeRevision;
    mirror.applyDeltas([{ sequence: 1, changed: [{ id: 'd1', ...fields }] }]);
    expect(mirror.store.getState().shapeRevision - before).toBe(rise);
  });

  it('reports transitions of the batch, and none for a snapshot', () => {
    const mirror = createMirror();
    mirror.applySnapshot(snapshot([download('d1')]));
    mirror.applyDeltas([{ sequence: 1, changed: [{ id: 'd1', state: { kind: 'finished', finishedAtMs: 1 } }] }]);
    expect(mirror.store.getState().transitions).toEqual([{ id: 'd1', from: 'queued', to: 'finished' }]);
    mirror.applySnapshot(snapshot([download('d1')]));
    expect(mirror.store.getState().transitions).toEqual([]);
  });

  it('counts by state and by queue, and adds up the speed', () => {
    const mirror = createMirror();
    mirror.applySnapshot(snapshot(oneOfEach()));
    expect(mirror.store.getState().totals).toEqual({
      byKind: { queued: 1, running: 1, waiting: 1, paused: 1, failed: 1, finished: 1, cancelled: 1 },
      unfinishedByQueue: new Map([['main', 5]]),
      speedBytesPerSecond: 100,
    });
  });

  it('ignores a change to a download it does not know', () => {
    const mirror = createMirror();
    mirror.applySnapshot(snapshot([]));
    mirror.applyDeltas([{ sequence: 1, changed: [{ id: 'gone', receivedBytes: 1 }] }]);
    expect(listed(mirror)).toEqual([]);
  });
});
