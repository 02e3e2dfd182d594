/** The named queues: what each allows, whether its hours are open, and their copy in the records. */
import { randomUUID } from 'node:crypto';
import { mainQueue, mainQueueId, type Queue, type QueueChange, queueSchema, type QueueView } from '@sluice/contract';
import { SluiceError } from '../errors.ts';
import { isOpen, nextChangeMs } from '../plan/schedule.ts';
import type { Clock } from '../ports/clock.ts';
import type { Records } from '../ports/records.ts';
import { SpeedLimiter } from '../transfer/connections/limiter.ts';

interface QueueState {
  queue: Queue;
  readonly limiter: SpeedLimiter;
  isOpen: boolean;
  /** When `isOpen` and `changesAtMs` were found, by the wall clock. */
  refreshedAtMs: number;
  changesAtMs: number | null;
}

export interface QueuesDeps {
  readonly clock: Clock;
  readonly records: Records;
  /** A queue changed, opened, closed, came or went. */
  readonly onChange: () => void;
}

export class Queues {
  readonly #deps: QueuesDeps;
  readonly #states = new Map<string, QueueState>();

  constructor(deps: QueuesDeps) {
    this.#deps = deps;
    const stored = deps.records.loadQueues();
    const nowMs = deps.clock.wallMs();
    if (!stored.some(({ id }) => id === mainQueueId)) this.#put(mainQueue, nowMs);
    for (const queue of stored) this.#put(queue, nowMs);
  }

  /** In the order in which they were made. */
  views(): QueueView[] {
    return [...this.#states.values()].map(viewOf);
  }

  has(id: string): boolean {
    return this.#states.has(id);
  }

  /** @throws SluiceError `queue-unknown` */
  require(id: string): string {
    if (!this.#states.has(id)) throw new SluiceError('queue-unknown', 'no such queue', { facts: { queue: id } });
    return id;
  }

  /** Whether the queue's downloads may run at this hour, as of the last {@link refresh}. */
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
  refresh(nowMs: number): number {
    let nextMs = Number.POSITIVE_INFINITY;
    let changed = false;
    for (const state of this.#states.values()) {
      changed = this.#refresh(state, nowMs) || changed;
      nextMs = Math.min(nextMs, state.changesAtMs ?? Number.POSITIVE_INFINITY);
    }
    if (changed) this.#deps.onChange();
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
      [...this.#states.values()].map((state) => (state.queue.id === id ? queue : state.queue)),
      before ? [] : [queue],
    );
    const state = this.#put(queue, this.#deps.clock.wallMs());
    this.#deps.onChange();
    return viewOf(state);
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
    this.#store([...this.#states.values()].flatMap(({ queue }) => (queue.id === id ? [] : queue)));
    this.#states.delete(id);
    this.#deps.onChange();
  }

  #of(id: string): QueueState {
    const state = this.#states.get(id) ?? this.#states.get(mainQueueId);
    if (state === undefined) throw new SluiceError('internal', 'there is no main queue');
    return state;
  }

  #store(queues: readonly Queue[], added: readonly Queue[] = []): void {
    this.#deps.records.saveQueues([...queues, ...added]);
  }

  #requireFreeName({ id, name }: Queue): void {
    const isTaken = [...this.#states.values()].some(({ queue }) => queue.id !== id && sameName(queue.name, name));
    if (isTaken) throw new SluiceError('queue-name-taken', 'another queue has this name', { facts: { name } });
  }

  #put(queue: Queue, nowMs: number): QueueState {
    const limiter = this.#states.get(queue.id)?.limiter ?? new SpeedLimiter(this.#deps.clock);
    limiter.setLimit(queue.speedLimitBytesPerSecond);
    const state: QueueState = {
      queue,
      limiter,
      isOpen: true,
      refreshedAtMs: Number.POSITIVE_INFINITY,
      changesAtMs: null,
    };
    this.#refresh(state, nowMs);
    this.#states.set(queue.id, state);
    return state;
  }

  /** @returns whether what is shown of it changed */
  #refresh(state: QueueState, nowMs: number): boolean {
    const { schedule } = state.queue;
    const { clock } = this.#deps;
    const isOpenNow = isOpen(schedule, clock.localTime(nowMs));
    // To find the next change takes a thousand looks at the clock: only when the last finding no longer holds.
    const stillHolds =
      isOpenNow === state.isOpen &&
      nowMs >= state.refreshedAtMs &&
      nowMs < (state.changesAtMs ?? Number.POSITIVE_INFINITY);
    if (stillHolds) return false;
    const before = viewOf(state);
    state.isOpen = isOpenNow;
    state.refreshedAtMs = nowMs;
    state.changesAtMs = nextChangeMs(schedule, nowMs, (epochMs) => clock.localTime(epochMs));
    return before.isOpen !== state.isOpen || before.changesAtMs !== state.changesAtMs;
  }
}

function viewOf(state: QueueState): QueueView {
  return { ...state.queue, isOpen: state.isOpen, changesAtMs: state.changesAtMs };
}

function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** A field that came as undefined was not given. */
function given(change: QueueChange): Partial<Queue> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
