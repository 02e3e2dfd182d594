/** Decides who runs now: in order of priority and position, as many as the settings and the queues allow; and wakes those whose wait is over. */
import type { Settings } from '@sluice/contract';
import { isWaitOver } from '../plan/connections/retry.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { DownloadList } from './download-list.ts';
import { type Entry, hostOf } from './entry.ts';
import type { Hosts } from '../servers/hosts.ts';
import type { Queues } from './queues.ts';
import { waitsForNetwork } from './network-watch.ts';
import type { Runner } from './runner.ts';
import type { TurnGroup } from './turns.ts';

export interface SchedulerDeps {
  readonly list: DownloadList;
  readonly queues: Queues;
  readonly runner: Pick<Runner, 'fetching' | 'hasWayOut' | 'runningCount' | 'start' | 'stop'>;
  readonly hosts: Pick<Hosts, 'cooldownUntilMs' | 'nextCooldownEndMs'>;
  /** Whether a host with a ceiling of its own has as many connections as that allows. */
  readonly isHostFull: (host: string) => boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: () => Pick<Settings, 'maxRunning' | 'retryWaitLimitMs'>;
  /** Nothing runs and nothing may start: who waits for the end need not wait longer. */
  readonly onIdle: () => void;
}

/**
 * Timers stand still while the machine sleeps, and the wall clock may be set: so a wait for a time of day looks at
 * the wall clock this often.
 */
const checkEveryMs = 15_000;

/** The most runs under way, with those that wait for the disk, as a multiple of those that may run. */
const mostWaitFactor = 3;

export class Scheduler {
  readonly #deps: SchedulerDeps;
  readonly #stop = new AbortController();
  #pending = false;
  #wakeAtMs = Number.POSITIVE_INFINITY;
  #wake = new AbortController();

  constructor(deps: SchedulerDeps) {
    this.#deps = deps;
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

  /** It is not waited for any longer, whatever was planned. */
  networkReturned(): void {
    const { list } = this.#deps;
    for (const entry of list.waiting) if (waitsForNetwork(entry)) list.apply(entry, { kind: 'due' });
    this.poke();
  }

  close(): void {
    this.#stop.abort();
    this.#wake.abort();
  }

  #schedule(): void {
    const { list, queues, runner, hosts, clock, log, settings, onIdle } = this.#deps;
    const nowMs = clock.wallMs();
    let nextWakeMs = queues.refresh(nowMs);
    const fetching = runner.fetching();
    this.#stopClosed(fetching);
    for (const entry of list.waiting) {
      if (entry.state.kind !== 'waiting') continue;
      if (isWaitOver(entry.state.retryAtMs, nowMs, settings())) list.apply(entry, { kind: 'due' });
      else nextWakeMs = Math.min(nextWakeMs, entry.state.retryAtMs);
    }
    this.#startNext(nowMs, fetching);
    if (!list.trySave(log)) nextWakeMs = Math.min(nextWakeMs, nowMs + checkEveryMs);
    if (runner.runningCount === 0) onIdle();
    this.#sleepUntil(Math.min(nextWakeMs, hosts.nextCooldownEndMs(nowMs)));
  }

  /**
   * What runs outside its queue's hours goes back into the queue; its place falls free when its run has ended.
   * A download that has all its bytes and waits for the disk alone is left to finish.
   */
  #stopClosed(fetching: readonly Entry[]): void {
    const { list, queues, runner } = this.#deps;
    for (const entry of fetching) {
      if (queues.mayRun(entry.record.queueId) || !list.apply(entry, { kind: 'interrupted' })) continue;
      void runner.stop(entry, 'closed');
    }
  }

  /** @param fetching also those whose queue has just closed: they take their turn until their run has ended */
  #startNext(nowMs: number, fetching: readonly Entry[]): void {
    const { list, queues, runner, settings } = this.#deps;
    const running = new Map<string, number>();
    const count = ({ record }: Entry) => running.set(record.queueId, (running.get(record.queueId) ?? 0) + 1);
    fetching.forEach(count);
    // A download that waits for the disk alone takes no place of another; but a slow disk gets a bounded number.
    const { maxRunning } = settings();
    const mostAtOnce = Math.min(maxRunning + runner.runningCount - fetching.length, maxRunning * mostWaitFactor);
    const mayStart = ({ queueId, host }: TurnGroup) =>
      queues.mayRun(queueId) &&
      (running.get(queueId) ?? 0) < queues.maxRunning(queueId) &&
      (host === '' || this.#mayTry(host, nowMs));
    while (runner.runningCount < mostAtOnce) {
      // As many as could run try whether it is back; the others stay as they are.
      if (!runner.hasWayOut && countWaiting(list) >= maxRunning) return;
      const entry = list.nextQueued(mayStart);
      if (entry === null) return;
      if (this.#waitForHost(entry, nowMs)) continue;
      runner.start(entry);
      count(entry);
    }
  }

  /**
   * Of a host in a cooldown, as many as could run are shown to wait for it, and the others stay as they
   * are: there may be a hundred thousand of them.
   */
  #mayTry(host: string, nowMs: number): boolean {
    const { list, hosts, isHostFull, settings } = this.#deps;
    if (hosts.cooldownUntilMs(host) > nowMs) return list.waiting.size < settings().maxRunning;
    return !isHostFull(host);
  }

  #waitForHost(entry: Entry, nowMs: number): boolean {
    const { list, hosts } = this.#deps;
    const host = hostOf(entry);
    const retryAtMs = hosts.cooldownUntilMs(host);
    if (retryAtMs <= nowMs) return false;
    // It was refused nothing itself: another download of its host was.
    const error = { code: 'http-unavailable', facts: { cooldownOf: host } } as const;
    return list.apply(entry, { kind: 'wait', error, retryAtMs, attempt: 0 });
  }

  #sleepUntil(atMs: number): void {
    if (atMs === this.#wakeAtMs) return;
    this.#wake.abort();
    this.#wake = new AbortController();
    this.#wakeAtMs = atMs;
    if (atMs === Number.POSITIVE_INFINITY) return;
    const delayMs = Math.min(Math.max(0, atMs - this.#deps.clock.wallMs()), checkEveryMs);
    this.#deps.clock.sleep(delayMs, this.#wake.signal).then(
      () => {
        this.#wakeAtMs = Number.POSITIVE_INFINITY;
        this.poke();
      },
      () => {},
    );
  }
}

function countWaiting({ waiting }: DownloadList): number {
  let count = 0;
  for (const entry of waiting) if (waitsForNetwork(entry)) count += 1;
  return count;
}
