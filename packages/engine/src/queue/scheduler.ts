/** Decides who runs now: in order of position, as many as the settings allow; and wakes those whose wait is over. */
import type { Clock } from '../ports/clock.ts';
import type { DownloadList } from './download-list.ts';
import type { Runner } from './runner.ts';

export interface SchedulerParts {
  readonly list: DownloadList;
  readonly runner: Runner;
  readonly clock: Clock;
  readonly maxRunning: () => number;
  /** Nothing runs and nothing may start: who waits for the end need not wait longer. */
  readonly onIdle: () => void;
}

export class Scheduler {
  readonly #parts: SchedulerParts;
  readonly #stop = new AbortController();
  #pending = false;
  #wakeAtMs = Number.POSITIVE_INFINITY;
  #wake = new AbortController();

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
  }

  /** Something changed that may let a download start. Looks once, after the present turn, however often it is called. */
  poke(): void {
    if (this.#pending || this.#stop.signal.aborted) return;
    this.#pending = true;
    queueMicrotask(() => {
      this.#pending = false;
      if (!this.#stop.signal.aborted) this.#schedule();
    });
  }

  close(): void {
    this.#stop.abort();
    this.#wake.abort();
  }

  #schedule(): void {
    const { list, runner, clock, maxRunning, onIdle } = this.#parts;
    const nowMs = clock.wallMs();
    let nextWakeMs = Number.POSITIVE_INFINITY;
    for (const entry of list.waiting) {
      if (entry.state.kind !== 'waiting') continue;
      if (entry.state.retryAtMs <= nowMs) list.apply(entry, { kind: 'due' });
      else nextWakeMs = Math.min(nextWakeMs, entry.state.retryAtMs);
    }
    while (runner.runningCount < maxRunning()) {
      const entry = list.nextQueued();
      if (entry === null) break;
      const quietUntilMs = runner.quietUntilMs(entry);
      if (quietUntilMs > nowMs) {
        list.apply(entry, { kind: 'wait', error: { code: 'http-unavailable' }, retryAtMs: quietUntilMs, attempt: 0 });
        nextWakeMs = Math.min(nextWakeMs, quietUntilMs);
      } else runner.start(entry);
    }
    list.save();
    if (runner.runningCount === 0) onIdle();
    this.#sleepUntil(nextWakeMs);
  }

  #sleepUntil(atMs: number): void {
    if (atMs === this.#wakeAtMs) return;
    this.#wake.abort();
    this.#wake = new AbortController();
    this.#wakeAtMs = atMs;
    if (atMs === Number.POSITIVE_INFINITY) return;
    const delayMs = Math.max(0, atMs - this.#parts.clock.wallMs());
    this.#parts.clock.sleep(delayMs, this.#wake.signal).then(
      () => {
        this.#wakeAtMs = Number.POSITIVE_INFINITY;
        this.poke();
      },
      () => {},
    );
  }
}
