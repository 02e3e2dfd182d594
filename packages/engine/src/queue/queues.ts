/** The named queues: what each allows, whether its hours are open, and their copy in the records. */
import { randomUUID } from 'node:crypto';
import { mainQueue, mainQueueId, type Queue, type QueueChange, queueSchema, type QueueView } from '@sluice/contract';
import { SluiceError } from '../errors.ts';
import { isOpen, nextChangeMs } from '../plan/schedule.ts';
import type { Clock } from '../ports/clock.ts';
import type { Records } from '../ports/records.ts';
import { SpeedLimiter } from '../transfer/connections/limiter.ts';

interface Held {
  queue: Queue;
  readonly limiter: SpeedLimiter;
  isOpen: boolean;
  /** When `isOpen` and `changesAtMs` were found, by the wall clock. */
  lookedAtMs: number;
  changesAtMs: number | null;
}

export interface QueuesParts {
  readonly clock: Clock;
  readonly records: Records;
  /** A queue changed, opened, closed, came or went. */
  readonly onChange: () => void;
}

export class Queues {
  readonly #parts: QueuesParts;
  readonly #held = new Map<string, Held>();

  constructor(parts: QueuesParts) {
    this.#parts = parts;
    const stored = parts.records.loadQueues();
    const nowMs = parts.clock.wallMs();
    if (!stored.some(({ id }) => id === mainQueueId)) this.#hold(mainQueue, nowMs);
    for (const queue of stored) this.#hold(queue, nowMs);
  }

  /** In the order in which they were made. */
  views(): QueueView[] {
    return [...this.#held.values()].map(viewOf);
  }

  has(id: string): boolean {
    return this.#held.has(id);
  }

  /** @throws SluiceError `queue-unknown` */
  require(id: string): string {
    if (!this.#held.has(id)) throw new SluiceError('queue-unknown', 'no such queue', { facts: { queue: id } });
    return id;
  }

  /** Whether the queue's downloads may run at this hour, as far as the last {@link look} found. */
  mayRun(id: string): boolean {
    const { queue, isOpen: isItsHour } = this.#of(id);
    return isItsHour && !queue.isPaused;
  }

  /** Infinite when the queue has no number of its own. */
  maxRunning(id: string): number {
    return this.#of(id).queue.maxRunning || Number.POSITIVE_INFINITY;
  }

  limiter(id: string): SpeedLimiter {
    return this.#of(id).limiter;
  }

  /**
   * Finds out which queues are open. The clock may have jumped since the last look, in either direction.
   * @returns when it is time for the next look; infinite when no queue keeps hours
   */
  look(nowMs: number): number {
    let nextMs = Number.POSITIVE_INFINITY;
    let changed = false;
    for (const held of this.#held.values()) {
      changed = this.#lookAt(held, nowMs) || changed;
      nextMs = Math.min(nextMs, held.changesAtMs ?? Number.POSITIVE_INFINITY);
    }
    if (changed) this.#parts.onChange();
    return nextMs;
  }

  /**
   * Durable when it returns.
   * @throws SluiceError `queue-unknown`, `queue-name-taken`
   */
  save(change: QueueChange): QueueView {
    const { id = randomUUID() } = change;
    const before = change.id === undefined ? undefined : this.#of(this.require(change.id)).queue;
    const queue = queueSchema.parse({ ...before, ...given(change), id });
    this.#requireFreeName(queue);
    this.#store(
      [...this.#held.values()].map((held) => (held.queue.id === id ? queue : held.queue)),
      before ? [] : [queue],
    );
    const held = this.#hold(queue, this.#parts.clock.wallMs());
    this.#parts.onChange();
    return viewOf(held);
  }

  /** @throws SluiceError `queue-unknown`; `request-invalid` for the main queue */
  requireRemovable(id: string): void {
    if (this.require(id) === mainQueueId) throw new SluiceError('request-invalid', 'the main queue stays');
  }

  /**
   * Durable when it returns. The caller has moved its downloads elsewhere.
   * @throws SluiceError `queue-unknown`; `request-invalid` for the main queue
   */
  remove(id: string): void {
    this.requireRemovable(id);
    this.#store([...this.#held.values()].flatMap(({ queue }) => (queue.id === id ? [] : queue)));
    this.#held.delete(id);
    this.#parts.onChange();
  }

  #of(id: string): Held {
    const held = this.#held.get(id) ?? this.#held.get(mainQueueId);
    if (held === undefined) throw new SluiceError('internal', 'there is no main queue');
    return held;
  }

  #store(queues: readonly Queue[], added: readonly Queue[] = []): void {
    this.#parts.records.saveQueues([...queues, ...added]);
  }

  #requireFreeName({ id, name }: Queue): void {
    const isTaken = [...this.#held.values()].some(({ queue }) => queue.id !== id && sameName(queue.name, name));
    if (isTaken) throw new SluiceError('queue-name-taken', 'another queue has this name', { facts: { name } });
  }

  #hold(queue: Queue, nowMs: number): Held {
    const limiter = this.#held.get(queue.id)?.limiter ?? new SpeedLimiter(this.#parts.clock);
    limiter.setLimit(queue.speedLimitBytesPerSecond);
    const held: Held = { queue, limiter, isOpen: true, lookedAtMs: Number.POSITIVE_INFINITY, changesAtMs: null };
    this.#lookAt(held, nowMs);
    this.#held.set(queue.id, held);
    return held;
  }

  /** @returns whether what is shown of it changed */
  #lookAt(held: Held, nowMs: number): boolean {
    const { schedule } = held.queue;
    const { clock } = this.#parts;
    const isOpenNow = isOpen(schedule, clock.localTime(nowMs));
    // To find the next change takes a thousand looks at the clock: only when the last finding no longer holds.
    const stillHolds =
      isOpenNow === held.isOpen && nowMs >= held.lookedAtMs && nowMs < (held.changesAtMs ?? Number.POSITIVE_INFINITY);
    if (stillHolds) return false;
    const before = viewOf(held);
    held.isOpen = isOpenNow;
    held.lookedAtMs = nowMs;
    held.changesAtMs = nextChangeMs(schedule, nowMs, (epochMs) => clock.localTime(epochMs));
    return before.isOpen !== held.isOpen || before.changesAtMs !== held.changesAtMs;
  }
}

function viewOf(held: Held): QueueView {
  return { ...held.queue, isOpen: held.isOpen, changesAtMs: held.changesAtMs };
}

function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** A field that came as undefined was not given. */
function given(change: QueueChange): Partial<Queue> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
