/** The UI's copy of host state: applies snapshots and deltas in batches and tells narrow selectors what moved. */
import {
  defaultSettings,
  type Delta,
  type DownloadId,
  type DownloadStateKind,
  type DownloadView,
  FollowedList,
  mainQueueView,
  type QueueId,
  type QueueView,
  type Settings,
  type Snapshot,
} from '@sluice/contract';
import { createStore, type StoreApi } from 'zustand/vanilla';

export type Connection = 'connecting' | 'connected' | 'lost';

/** A download that changed from one kind of state into another since the batch before. */
export interface Transition {
  readonly id: DownloadId;
  readonly from: DownloadStateKind;
  readonly to: DownloadStateKind;
}

export interface Totals {
  readonly byKind: Readonly<Record<DownloadStateKind, number>>;
  /** What is neither finished nor cancelled. */
  readonly unfinishedByQueue: ReadonlyMap<QueueId, number>;
  readonly speedBytesPerSecond: number;
}

export interface ReplicaState {
  readonly connection: Connection;
  readonly settings: Settings;
  /** In their order, the main queue first. */
  readonly queues: readonly QueueView[];
  /** The host cannot save the list. */
  readonly isUnsaved: boolean;
  /**
   * The one collection that is updated in place, so that a delta costs what it changed and not what is
   * listed. Its values are never mutated: a changed download is a new object, and selectors compare those.
   */
  readonly downloads: ReadonlyMap<DownloadId, DownloadView>;
  /** Rises with every batch. */
  readonly revision: number;
  /** Rises only when something changed that lists are filtered or durably sorted by. */
  readonly shapeRevision: number;
  readonly totals: Totals;
  /** What changed its kind of state in the last batch; empty after a snapshot. */
  readonly transitions: readonly Transition[];
}

export type ReplicaStore = StoreApi<ReplicaState>;

export interface Replica {
  readonly store: ReplicaStore;
  setConnection(connection: Connection): void;
  /** Replaces everything. */
  applySnapshot(snapshot: Snapshot): void;
  /** Applies deltas that are already known to be gapless, oldest first, in one notification. */
  applyDeltas(deltas: readonly Delta[]): void;
}

const noTotals: Totals = {
  byKind: { queued: 0, running: 0, waiting: 0, paused: 0, failed: 0, finished: 0, cancelled: 0 },
  unfinishedByQueue: new Map(),
  speedBytesPerSecond: 0,
};

export function createReplica(): Replica {
  const list = new FollowedList();
  const store = createStore<ReplicaState>(() => ({
    connection: 'connecting',
    settings: defaultSettings,
    queues: [mainQueueView],
    isUnsaved: false,
    downloads: list.downloads,
    revision: 0,
    shapeRevision: 0,
    totals: noTotals,
    transitions: [],
  }));

  function applySnapshot(snapshot: Snapshot): void {
    list.takeSnapshot(snapshot);
    const { downloads } = list;
    store.setState((state) => ({
      connection: 'connected',
      settings: snapshot.settings,
      queues: snapshot.queues,
      isUnsaved: snapshot.unsaved !== undefined,
      downloads,
      revision: state.revision + 1,
      shapeRevision: state.shapeRevision + 1,
      totals: totalsOf(downloads),
      transitions: [],
    }));
  }

  function applyDeltas(deltas: readonly Delta[]): void {
    if (deltas.length === 0) return;
    const transitions: Transition[] = [];
    let shapeChanged = false;
    let settings: Settings | undefined;
    let queues: readonly QueueView[] | undefined;
    let isUnsaved: boolean | undefined;
    for (const delta of deltas) {
      for (const { before, after } of list.takeDelta(delta).changed) {
        if (before.state.kind !== after.state.kind) {
          transitions.push({ id: after.id, from: before.state.kind, to: after.state.kind });
        }
        shapeChanged ||= changesShape(before, after);
      }
      shapeChanged ||= delta.added !== undefined || delta.removed !== undefined;
      settings = delta.settings ?? settings;
      queues = delta.queues ?? queues;
      if (delta.unsaved !== undefined) isUnsaved = delta.unsaved !== null;
    }
    store.setState((state) => ({
      settings: settings ?? state.settings,
      queues: queues ?? state.queues,
      isUnsaved: isUnsaved ?? state.isUnsaved,
      revision: state.revision + 1,
      shapeRevision: state.shapeRevision + (shapeChanged ? 1 : 0),
      totals: totalsOf(list.downloads),
      transitions,
    }));
  }

  return {
    store,
    setConnection: (connection) => {
      if (store.getState().connection !== connection) store.setState({ connection });
    },
    applySnapshot,
    applyDeltas,
  };
}

function changesShape(before: DownloadView, after: DownloadView): boolean {
  return (
    before.state.kind !== after.state.kind ||
    before.name !== after.name ||
    before.url !== after.url ||
    before.folder !== after.folder ||
    before.position !== after.position ||
    before.queueId !== after.queueId ||
    before.priority !== after.priority ||
    before.sizeBytes !== after.sizeBytes
  );
}

function totalsOf(downloads: ReadonlyMap<DownloadId, DownloadView>): Totals {
  const byKind = { ...noTotals.byKind };
  const unfinishedByQueue = new Map<QueueId, number>();
  let speedBytesPerSecond = 0;
  for (const download of downloads.values()) {
    const { queueId, state } = download;
    byKind[state.kind] += 1;
    const isOver = state.kind === 'finished' || state.kind === 'cancelled';
    if (!isOver) unfinishedByQueue.set(queueId, (unfinishedByQueue.get(queueId) ?? 0) + 1);
    speedBytesPerSecond += download.speedBytesPerSecond;
  }
  return { byKind, unfinishedByQueue, speedBytesPerSecond };
}
