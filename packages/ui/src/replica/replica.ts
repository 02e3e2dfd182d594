/** The UI's copy of host state: applies snapshots and deltas in batches and tells narrow selectors what moved. */
import {
  defaultSettings,
  type Delta,
  type DownloadId,
  type DownloadStateKind,
  type DownloadView,
  FollowedList,
  mainQueueView,
  type QueueView,
  type Settings,
  type Snapshot,
} from '@sluice/contract';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { noTotals, type Totals, TotalsCounter } from './totals.ts';

export type Connection = 'connecting' | 'connected' | 'lost';

/** A download that changed from one kind of state into another since the batch before. */
export interface Transition {
  readonly id: DownloadId;
  readonly from: DownloadStateKind;
  readonly to: DownloadStateKind;
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

export function createReplica(): Replica {
  const list = new FollowedList();
  let counter = new TotalsCounter();
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
    counter = new TotalsCounter();
    for (const download of downloads.values()) counter.add(download);
    store.setState((state) => ({
      connection: 'connected',
      settings: snapshot.settings,
      queues: snapshot.queues,
      isUnsaved: snapshot.unsaved !== undefined,
      downloads,
      revision: state.revision + 1,
      shapeRevision: state.shapeRevision + 1,
      totals: counter.totals(),
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
      const { added, changed, removed } = list.takeDelta(delta);
      for (const download of added) counter.add(download);
      for (const download of removed) counter.remove(download);
      for (const { before, after } of changed) {
        counter.remove(before);
        counter.add(after);
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
      totals: counter.totals(),
      transitions,
    }));
  }

  return {
    store,
    setConnection: (connection) => {
      const before = store.getState();
      if (before.connection === connection) return;
      // What the engine does now is not known: its last speed is no speed.
      const totals = connection === 'lost' ? { ...before.totals, speedBytesPerSecond: 0 } : before.totals;
      store.setState({ connection, totals });
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
