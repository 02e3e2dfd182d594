import { defaultSettings, type Priority, type Settings } from '@sluice/contract';
import { createFakeClock, type FakeClock } from '@sluice/testkit/clock';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMemoryRecords } from '../../src/adapters/records/memory-records.ts';
import { silentLog } from '../../src/ports/log.ts';
import { DownloadList } from '../../src/queue/download-list.ts';
import { type Entry, hostOf } from '../../src/queue/entry.ts';
import { Queues } from '../../src/queue/queues.ts';
import { Scheduler } from '../../src/queue/scheduler.ts';
import { recordOf } from '../adapters/records/records-of.ts';

const priorities: readonly Priority[] = ['high', 'normal', 'low'];
const hosts = ['free', 'narrow', 'busy'];
const queueNames = ['main', 'day', 'night'];

/** A scheduler with runs that last until they are told to end, and a host that allows one connection. */
class Stage {
  readonly clock: FakeClock = createFakeClock(Date.UTC(2030, 0, 1, 12));
  readonly list: DownloadList;
  readonly queues: Queues;
  readonly live = new Set<Entry>();
  readonly #scheduler: Scheduler;
  settings: Pick<Settings, 'maxRunning' | 'retryWaitLimitMs'> = defaultSettings;
  busyUntilMs = 0;
  #added = 0;

  constructor() {
    const records = createMemoryRecords();
    const isApart = (host: string) => host !== 'free';
    this.list = new DownloadList(
      records,
      () => {},
      (entry) => (isApart(hostOf(entry)) ? hostOf(entry) : ''),
    );
    this.queues = new Queues({ clock: this.clock, records, onChange: () => {} });
    const everyDay = [0, 1, 2, 3, 4, 5, 6];
    this.queues.save({ name: 'day', schedule: [{ days: everyDay, fromMinute: 480, untilMinute: 1200 }] });
    this.queues.save({ name: 'night', schedule: [{ days: everyDay, fromMinute: 1200, untilMinute: 480 }] });
    const cooldownUntilMs = (host: string) => (host === 'busy' ? this.busyUntilMs : 0);
    this.#scheduler = new Scheduler({
      list: this.list,
      queues: this.queues,
      clock: this.clock,
      log: silentLog,
      settings: () => this.settings,
      hosts: {
        cooldownUntilMs,
        nextCooldownEndMs: (nowMs) => (this.busyUntilMs > nowMs ? this.busyUntilMs : Number.POSITIVE_INFINITY),
      },
      isHostFull: (host) => host === 'narrow' && this.#running('narrow') > 0,
      runner: this.#runner(),
      onIdle: () => {},
    });
  }

  queueId(index: number): string {
    return this.queues.views()[index % queueNames.length]?.id ?? 'main';
  }

  add(host: string, queue: number, priority: Priority): void {
    this.#added += 1;
    const url = `http://${host}/${String(this.#added)}`;
    this.list.add([
      recordOf(`d${String(this.#added)}`, { url, queueId: this.queueId(queue), priority, position: this.#added }),
    ]);
  }

  /** The run lets go of its file; whoever stopped it has said so before. */
  end(entry: Entry): void {
    this.live.delete(entry);
    entry.run = null;
    this.list.apply(entry, { kind: 'finished', atMs: 0 });
  }

  async settle(): Promise<void> {
    this.#scheduler.poke();
    await this.clock.advance(0);
  }

  close(): void {
    this.#scheduler.close();
  }

  /** What must hold whenever nothing is about to happen. */
  expectRight(): void {
    const open = (entry: Entry) => this.queues.mayRun(entry.record.queueId);
    const running = this.#fetching().filter(({ state }) => state.kind === 'running');
    expect(running.filter((entry) => !open(entry))).toEqual([]);
    if (this.#isCrowded()) return;
    const startable = this.list
      .inOrder()
      .filter((entry) => entry.state.kind === 'queued' && entry.run === null && open(entry))
      .filter((entry) => this.#mayRunBeside(entry));
    expect(startable.map(({ record }) => record.id)).toEqual([]);
  }

  #mayRunBeside({ record, ...rest }: Entry): boolean {
    const host = hostOf({ record, ...rest });
    if (host === 'narrow' && this.#running('narrow') > 0) return false;
    if (host === 'busy' && this.busyUntilMs > this.clock.wallMs()) return false;
    const ofQueue = this.#fetching().filter((entry) => entry.record.queueId === record.queueId).length;
    return ofQueue < this.queues.maxRunning(record.queueId);
  }

  /** All but those that have everything and wait for the disk. */
  #fetching(): Entry[] {
    return [...this.live].filter(({ state }) => state.kind !== 'running' || state.phase !== 'finishing');
  }

  #isCrowded(): boolean {
    const { maxRunning } = this.settings;
    return this.#fetching().length >= maxRunning || this.live.size >= 3 * maxRunning;
  }

  #running(host: string): number {
    return [...this.live].filter((entry) => hostOf(entry) === host).length;
  }

  #runner(): ConstructorParameters<typeof Scheduler>[0]['runner'] {
    const { live, list } = this;
    const start = (entry: Entry): void => {
      expect(this.#isCrowded()).toBe(false);
      expect(this.#mayRunBeside(entry)).toBe(true);
      this.#expectNobodyBefore(entry);
      list.apply(entry, { kind: 'start' });
      live.add(entry);
      entry.run = { controller: new AbortController(), done: Promise.resolve() };
    };
    return {
      hasWayOut: true,
      get runningCount() {
        return live.size;
      },
      fetching: () => this.#fetching(),
      start,
      stop: async () => {},
    };
  }

  #expectNobodyBefore(entry: Entry): void {
    const rank = ({ record }: Entry) => priorities.indexOf(record.priority) * 1e6 + record.position;
    const before = this.list
      .inOrder()
      .filter((other) => other.state.kind === 'queued' && other.run === null && rank(other) < rank(entry))
      .filter((other) => this.queues.mayRun(other.record.queueId) && this.#mayRunBeside(other));
    expect(before.map(({ record }) => record.id)).toEqual([]);
  }
}

const steps = fc.array(
  fc.record({
    kind: fc.constantFrom(
      'add',
      'add',
      'add',
      'end',
      'finishing',
      'move',
      'prefer',
      'pause',
      'resume',
      'retryLater',
      'busy',
      'hours',
      'limit',
      'queue' as const,
    ),
    pick: fc.nat(30),
    host: fc.constantFrom(...hosts),
    queue: fc.nat(2),
    priority: fc.constantFrom(...priorities),
    isPaused: fc.boolean(),
  }),
  { minLength: 5, maxLength: 60 },
);

it('starts whoever may start, in order, no more than may run, and nothing in a closed queue, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const stage = new Stage();
      for (const { kind, pick, host, queue, priority, isPaused } of sequence) {
        const entry = stage.list.inOrder()[pick % Math.max(1, stage.list.size)];
        const live = [...stage.live][pick % Math.max(1, stage.live.size)];
        const nowMs = stage.clock.wallMs();
        if (kind === 'add') stage.add(host, queue, priority);
        else if (kind === 'busy') stage.busyUntilMs = nowMs + (pick + 1) * 60_000;
        else if (kind === 'hours') await stage.clock.advance(pick * 3_600_000);
        else if (kind === 'limit') stage.settings = { ...stage.settings, maxRunning: 1 + (pick % 5) };
        else if (kind === 'queue') stage.queues.save({ id: stage.queueId(queue), isPaused, maxRunning: pick % 3 });
        else if (kind === 'end' && live !== undefined) stage.end(live);
        else if (kind === 'finishing' && live !== undefined)
          stage.list.apply(live, { kind: 'phase', phase: 'finishing' });
        else if (entry !== undefined) {
          if (kind === 'move') stage.list.update(entry, { queueId: stage.queueId(queue) });
          else if (kind === 'prefer') stage.list.update(entry, { priority });
          else if (kind === 'retryLater') {
            const error = { code: 'stalled' } as const;
            stage.live.delete(entry);
            entry.run = null;
            stage.list.apply(entry, { kind: 'wait', error, retryAtMs: nowMs + pick * 60_000, attempt: 1 });
          } else if (kind === 'pause' || kind === 'resume') stage.list.apply(entry, { kind });
        }
        await stage.settle();
        stage.expectRight();
      }
      stage.close();
      expect(stage.clock.pending).toBe(0);
    }),
    { numRuns: 150 },
  );
}, 300_000);
