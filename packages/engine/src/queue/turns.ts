/** Who is next among all queues: by priority, then by position, without looking at the whole list each time. */
import type { Priority } from '@sluice/contract';
import type { Entry } from './entry.ts';
import { TurnOrder } from './turn-order.ts';

const highestFirst: readonly Priority[] = ['high', 'normal', 'low'];

/** Downloads that may start or may not for the same reasons. */
export interface Lane {
  readonly queueId: string;
  /** Name and port where the host may hold its downloads up; empty for all others. */
  readonly host: string;
}

export interface TurnsParts {
  /** The whole list by position. */
  readonly inOrder: () => readonly Entry[];
  /** See {@link Lane.host}. */
  readonly hostOf: (entry: Entry) => string;
}

/** Downloads of one lane and one priority take turns by position; of all lanes the best first one is next. */
export class Turns {
  readonly #parts: TurnsParts;
  readonly #lanes: Readonly<Record<Priority, Map<string, { readonly lane: Lane; readonly order: TurnOrder }>>> = {
    high: new Map(),
    normal: new Map(),
    low: new Map(),
  };

  constructor(parts: TurnsParts) {
    this.#parts = parts;
  }

  /** The order changed, or downloads left. */
  markStale(): void {
    for (const lanes of Object.values(this.#lanes)) {
      for (const { order } of lanes.values()) order.markStale();
    }
  }

  noteQueued(entry: Entry): void {
    this.#orderOf(entry).noteQueued(entry);
  }

  /** A download is about to leave its lane for another. */
  noteLeaving(entry: Entry): void {
    this.#orderOf(entry).markStale();
  }

  /** The first download that may start now, from the lanes that `mayStart` lets through. */
  next(mayStart: (lane: Lane) => boolean): Entry | null {
    for (const priority of highestFirst) {
      let first: Entry | null = null;
      for (const { lane, order } of this.#lanes[priority].values()) {
        const entry = mayStart(lane) ? order.next() : null;
        if (entry !== null && (first === null || entry.record.position < first.record.position)) first = entry;
      }
      if (first !== null) return first;
    }
    return null;
  }

  #orderOf(entry: Entry): TurnOrder {
    const { hostOf, inOrder } = this.#parts;
    const { queueId, priority } = entry.record;
    const lane: Lane = { queueId, host: hostOf(entry) };
    // No host has a space in its name.
    const key = `${lane.host} ${queueId}`;
    const known = this.#lanes[priority].get(key);
    if (known !== undefined) return known.order;
    const isOfLane = (other: Entry) =>
      other.record.queueId === queueId && other.record.priority === priority && hostOf(other) === lane.host;
    const order = new TurnOrder(() => inOrder().filter(isOfLane));
    this.#lanes[priority].set(key, { lane, order });
    return order;
  }
}
