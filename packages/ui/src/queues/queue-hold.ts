/** What keeps a queue from starting anything; pure. */
import type { QueueId, QueueView } from '@sluice/contract';

export type QueueHold =
  | { readonly kind: 'none' }
  | { readonly kind: 'paused' }
  /** By its hours; null when they never come. */
  | { readonly kind: 'closed'; readonly untilMs: number | null };

const none: QueueHold = { kind: 'none' };

export function holdOf(queue: QueueView | undefined): QueueHold {
  if (queue === undefined) return none;
  if (queue.isPaused) return { kind: 'paused' };
  return queue.isOpen ? none : { kind: 'closed', untilMs: queue.changesAtMs };
}

export function queueById(queues: readonly QueueView[], id: QueueId): QueueView | undefined {
  return queues.find((queue) => queue.id === id);
}
