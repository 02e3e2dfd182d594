/** The followed list: what snapshots and deltas make of it. */
import { expect, test } from 'vitest';
import { defaultSettings, type DownloadView, FollowedList, mainQueueView, type Snapshot } from '../src/index.ts';

function snapshotOf(...downloads: readonly DownloadView[]): Snapshot {
  return { sequence: 0, downloads: [...downloads], settings: defaultSettings, queues: [mainQueueView] };
}

function downloadView(id: string): DownloadView {
  return {
    id,
    url: `https://a.test/${id}`,
    name: id,
    folder: '/in',
    state: { kind: 'queued' },
    sizeBytes: 10,
    receivedBytes: 0,
    speedBytesPerSecond: 0,
    remainingMs: null,
    connections: 0,
    resumable: null,
    addedAtMs: 0,
    queueId: 'main',
    priority: 'normal',
    position: 1,
    speedLimitBytesPerSecond: 0,
    maxConnections: 16,
    maxAttempts: null,
  };
}

test('a delta adds, changes and removes, and says what was before', () => {
  const list = new FollowedList();
  const [a, b, c] = [downloadView('a'), downloadView('b'), downloadView('c')];
  list.takeSnapshot(snapshotOf(a, b));
  const change = list.takeDelta({
    sequence: 1,
    added: [c],
    changed: [
      { id: 'a', receivedBytes: 7 },
      { id: 'unknown', receivedBytes: 1 },
    ],
    removed: ['b'],
  });
  const after = { ...a, receivedBytes: 7 };
  expect(change).toEqual({ added: [c], changed: [{ before: a, after }], removed: [b] });
  expect([...list.downloads]).toEqual([
    ['a', after],
    ['c', c],
  ]);
  expect(a.receivedBytes).toBe(0);
});

test('one that is added although it is known has changed', () => {
  const list = new FollowedList();
  const a = downloadView('a');
  list.takeSnapshot(snapshotOf(a));
  const after = { ...a, receivedBytes: 9 };
  expect(list.takeDelta({ sequence: 1, added: [after], removed: ['unknown'] })).toEqual({
    added: [],
    changed: [{ before: a, after }],
    removed: [],
  });
});

test('a field that comes as undefined has not changed', () => {
  const list = new FollowedList();
  const a = downloadView('a');
  list.takeSnapshot(snapshotOf(a));
  list.takeDelta({ sequence: 1, changed: [{ id: 'a', name: undefined, receivedBytes: 3 }] });
  expect(list.downloads.get('a')).toEqual({ ...a, receivedBytes: 3 });
});

test('a snapshot replaces all of it by another map', () => {
  const list = new FollowedList();
  list.takeSnapshot(snapshotOf(downloadView('a')));
  const before = list.downloads;
  list.takeSnapshot(snapshotOf(downloadView('b')));
  expect([...before.keys()]).toEqual(['a']);
  expect([...list.downloads.keys()]).toEqual(['b']);
});
