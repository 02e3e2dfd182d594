/** Where a selection goes when it is moved in the queue; pure. */
import type { DownloadId, DownloadView } from '@sluice/contract';
import { byTurn } from '../list/order/list-query.ts';
import { isInQueue } from './actions.ts';

export type MoveDirection = 'top' | 'up' | 'down' | 'bottom';

/** The params of `reorder`: `ids` go in front of `beforeId`, or to the end when it is null. */
export interface QueueMove {
  readonly ids: DownloadId[];
  readonly beforeId: DownloadId | null;
}

/** The ids that have a place in the queue, first to start first. */
export function queueOf(downloads: Iterable<DownloadView>): DownloadId[] {
  return [...downloads]
    .filter(isInQueue)
    .sort(byTurn)
    .map((download) => download.id);
}

/**
 * A selection with holes is gathered into one block, in its order.
 * @returns undefined when nothing would move
 */
export function queueMove(
  queue: readonly DownloadId[],
  selected: ReadonlySet<DownloadId>,
  direction: MoveDirection,
): QueueMove | undefined {
  const ids = queue.filter((id) => selected.has(id));
  if (ids.length === 0) return undefined;
  const rest = queue.filter((id) => !selected.has(id));
  const aboveFirst = queue.findIndex((id) => selected.has(id));
  const aboveLast = rest.length - (queue.length - 1 - queue.findLastIndex((id) => selected.has(id)));
  const place = {
    top: 0,
    up: Math.max(0, aboveFirst - 1),
    down: Math.min(rest.length, aboveLast + 1),
    bottom: rest.length,
  }[direction];
  const moved = [...rest.slice(0, place), ...ids, ...rest.slice(place)];
  if (moved.every((id, index) => id === queue[index])) return undefined;
  return { ids, beforeId: rest[place] ?? null };
}
