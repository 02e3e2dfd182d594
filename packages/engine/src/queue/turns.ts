/** Who is next among all queues: by priority, then by position, without looking at the whole list each time. */
import type { Priority } from '@sluice/contract';
import type { Entry } from './entry.ts';
import { TurnOrder } from './turn-order.ts';

const highestFirst: readonly Priority[] = ['high', 'normal', 'low'];

/** Downloads that may start or may not for the same reasons. */
export interface TurnGroup {
  readonly queueId: string;
  /** Name and port where the host may hold its downloads up; empty for all others. */
  readonly host: string;
}

export interface TurnsDeps {
  /** The whole list by position. */
  readonly inOrder: () => readonly Entry[];
  /** See {@link TurnGroup.host}. */
  readonly hostOf: (entry: Entry) => string;
}

/** Downloads of one group and one priority take turns by position; of all groups the best first one is next. */
export class Turns {
  readonly #deps: TurnsDeps;
  readonly #groups: Readonly<Record<Priority, Map<string, { readonly group: TurnGroup; readonly order: TurnOrder }>>> =
    {
      high: new Map(),
      normal: new Map(),
      low: new Map(),
    };

  constructor(deps: TurnsDeps) {
    this.#deps = deps;
  }

  /** The order changed, or downloads left. */
  markStale(): void {
    for (const groups of Object.values(this.#groups)) {
      for (const { order } of groups.values()) order.markStale();
    }
  }

  noteQueued(entry: Entry): void {
    this.#orderOf(entry).noteQueued(entry);
  }

  /** A download is about to leave its group for another. */
  noteLeaving(entry: Entry): void {
    this.#orderOf(entry).markStale();
  }

  /** The first download that may start now, from the groups that `mayStart` lets through. */
  next(mayStart: (group: TurnGroup) => boolean): Entry | null {
    for (const priority of highestFirst) {
      let first: Entry | null = null;
      for (const { group, order } of this.#groups[priority].values()) {
        const entry = mayStart(group) ? order.next() : null;
        if (entry !== null && (first === null || entry.record.position < first.record.position)) first = entry;
      }
      if (first !== null) return first;
    }
    return null;
  }

  #orderOf(entry: Entry): TurnOrder {
    const { hostOf, inOrder } = this.#deps;
    const { queueId, priority } = entry.record;
    const group: TurnGroup = { queueId, host: hostOf(entry) };
    // No host has a space in its name.
    const key = `${group.host} ${queueId}`;
    const known = this.#groups[priority].get(key);
    if (known !== undefined) return known.order;
    const isOfGroup = (other: Entry) =>
      other.record.queueId === queueId && other.record.priority === priority && hostOf(other) === group.host;
    const order = new TurnOrder(() => inOrder().filter(isOfGroup));
    this.#groups[priority].set(key, { group, order });
    return order;
  }
}
