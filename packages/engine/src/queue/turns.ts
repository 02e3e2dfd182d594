/** Who is next among all queues: by priority, then by position, without looking at the whole list each time. */
import type { Priority } from '@sluice/contract';
import type { Entry } from './entry.ts';
import { TurnOrder } from './turn-order.ts';

const highestFirst: readonly Priority[] = ['high', 'normal', 'low'];

/** Downloads of one queue and one priority take turns by position; of many such lanes the best first one is next. */
export class Turns {
  readonly #inOrder: () => readonly Entry[];
  readonly #lanes: Readonly<Record<Priority, Map<string, TurnOrder>>> = {
    high: new Map(),
    normal: new Map(),
    low: new Map(),
  };

  /** @param inOrder the whole list by position */
  constructor(inOrder: () => readonly Entry[]) {
    this.#inOrder = inOrder;
  }

  /** The order changed, or downloads left. */
  markStale(): void {
    for (const lanes of Object.values(this.#lanes)) {
      for (const lane of lanes.values()) lane.markStale();
    }
  }

  noteQueued(entry: Entry): void {
    this.#laneOf(entry).noteQueued(entry);
  }

  /** A download is about to leave its lane for another. */
  noteLeaving(entry: Entry): void {
    this.#laneOf(entry).markStale();
  }

  /** The first download that may start now, from the queues that `mayStart` lets through. */
  next(mayStart: (queueId: string) => boolean): Entry | null {
    for (const priority of highestFirst) {
      const first = this.#first(priority, mayStart);
      if (first !== null) return first;
    }
    return null;
  }

  #first(priority: Priority, mayStart: (queueId: string) => boolean): Entry | null {
    let first: Entry | null = null;
    for (const [queueId, lane] of this.#lanes[priority]) {
      const entry = mayStart(queueId) ? lane.next() : null;
      if (entry !== null && (first === null || entry.record.position < first.record.position)) first = entry;
    }
    return first;
  }

  #laneOf({ record: { queueId, priority } }: Entry): TurnOrder {
    const lanes = this.#lanes[priority];
    const known = lanes.get(queueId);
    if (known !== undefined) return known;
    const isOfLane = ({ record }: Entry) => record.queueId === queueId && record.priority === priority;
    const lane = new TurnOrder(() => this.#inOrder().filter(isOfLane));
    lanes.set(queueId, lane);
    return lane;
  }
}
