/** The commands about queues: making, changing and removing them, and who is in which with what priority. */
import { mainQueueId, type Params, type QueueView } from '@sluice/contract';
import type { DownloadRecord } from '../download/record.ts';
import type { DownloadList } from '../queue/download-list.ts';
import type { Entry } from '../queue/entry.ts';
import type { Queues } from '../queue/queues.ts';
import type { Runner } from '../queue/runner.ts';
import type { Scheduler } from '../queue/scheduler.ts';

export interface QueueCommandDeps {
  readonly list: DownloadList;
  readonly queues: Queues;
  readonly runner: Runner;
  readonly scheduler: Scheduler;
  readonly find: (ids: readonly string[]) => readonly Entry[];
}

type Nothing = Record<string, never>;

export interface QueueCommands {
  /** @throws SluiceError `download-unknown`, `queue-unknown` */
  setQueue(params: Params<'setQueue'>): Nothing;
  /** @throws SluiceError `download-unknown` */
  setPriority(params: Params<'setPriority'>): Nothing;
  /** @throws SluiceError `queue-unknown`, `queue-name-taken` */
  saveQueue(change: Params<'saveQueue'>): QueueView;
  /** @throws SluiceError `queue-unknown`, `request-invalid` */
  removeQueue(params: Params<'removeQueue'>): Nothing;
}

export function createQueueCommands(deps: QueueCommandDeps): QueueCommands {
  const { list, queues, runner, scheduler, find } = deps;

  /** Durable when it returns. */
  function place(
    entries: readonly Entry[],
    where: Pick<DownloadRecord, 'queueId'> | Pick<DownloadRecord, 'priority'>,
  ): Nothing {
    for (const entry of entries) {
      list.update(entry, where);
      runner.applyLimits(entry);
    }
    list.save();
    scheduler.poke();
    return {};
  }

  return {
    setQueue: ({ ids, queueId }) => place(find(ids), { queueId: queues.require(queueId) }),
    setPriority: ({ ids, priority }) => place(find(ids), { priority }),
    saveQueue(change) {
      const queue = queues.save(change);
      scheduler.poke();
      return queue;
    },
    removeQueue({ id }) {
      queues.requireRemovable(id);
      // Downloads first: were this cut short, an empty queue would be left, and not a download without one.
      place(
        list.inOrder().filter(({ record }) => record.queueId === id),
        { queueId: mainQueueId },
      );
      queues.remove(id);
      return {};
    },
  };
}

/** Downloads of a queue that was lost belong to the main one. */
export function adoptOrphans(list: DownloadList, queues: Queues): void {
  for (const entry of list.inOrder()) {
    if (!queues.has(entry.record.queueId)) list.update(entry, { queueId: mainQueueId });
  }
}
