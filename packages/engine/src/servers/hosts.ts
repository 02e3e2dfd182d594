/** What all downloads from one host share: its connections, the lesson of its ramp, and its cooldown. */
import { type ConnectionLesson, type HostLesson, isFresh } from '../download/host-lesson.ts';
import { SluiceError } from '../errors.ts';
import { maxRetryAfterMs } from '../plan/response/headers.ts';
import type { Clock } from '../ports/clock.ts';
import { type Log, silentLog } from '../ports/log.ts';
import type { Records } from '../ports/records.ts';
import type { HostAllowance } from '../transfer/run/run-context.ts';

/** What it needs to remember lessons by. */
export type HostRecords = Pick<Records, 'loadHostLessons' | 'saveHostLesson'>;

export class Hosts {
  readonly #clock: Clock;
  readonly #records: HostRecords;
  readonly #cap: (host: string) => number;
  readonly #onFree: (host: string) => void;
  readonly #onFirstCooldown: (host: string) => void;
  readonly #log: Log;
  readonly #taken = new Map<string, number>();
  readonly #lessons: Map<string, HostLesson>;
  readonly #cooldownUntilMs = new Map<string, number>();
  readonly #everCooledDown = new Set<string>();

  /**
   * @param parts `cap`: connections to one host, read at each use; a download's first one is never refused.
   *   `onFree`: a connection to the host has ended; `onFirstCooldown`: it has said for the first time when to come back
   */
  constructor(parts: {
    readonly clock: Clock;
    readonly records: HostRecords;
    readonly cap: (host: string) => number;
    readonly onFree?: (host: string) => void;
    readonly onFirstCooldown?: (host: string) => void;
    readonly log?: Log;
  }) {
    this.#clock = parts.clock;
    this.#records = parts.records;
    this.#cap = parts.cap;
    this.#onFree = parts.onFree ?? (() => {});
    this.#onFirstCooldown = parts.onFirstCooldown ?? (() => {});
    this.#log = parts.log ?? silentLog;
    this.#lessons = new Map(parts.records.loadHostLessons().map((lesson) => [lesson.host, lesson]));
  }

  /** A download's share: its first connection is counted at once and until `end`, which may be said again. */
  open(host: string): HostAllowance & { readonly end: () => void } {
    this.#add(host, 1);
    let isOpen = true;
    const end = (): void => {
      if (isOpen) this.#add(host, -1);
      isOpen = false;
    };
    return { ...this.allowance(host), end };
  }

  /** Connections beyond a download's first: its further ones, and all of them to its mirrors. */
  allowance(host: string): HostAllowance {
    return {
      tryTake: () => {
        const isCoolingDown = this.cooldownUntilMs(host) > this.#clock.wallMs();
        if (isCoolingDown || (this.#taken.get(host) ?? 0) >= this.#cap(host)) return false;
        this.#add(host, 1);
        return true;
      },
      release: () => this.#add(host, -1),
      startCooldown: (forMs) => this.startCooldown(host, this.#clock.wallMs() + forMs),
      cooldownLeftMs: () => Math.max(0, this.cooldownUntilMs(host) - this.#clock.wallMs()),
      lesson: () => this.#lesson(host),
      learn: (lesson) => this.#learn(host, lesson),
    };
  }

  /** Whether downloads from it have as many connections as they may. */
  isFull(host: string): boolean {
    return (this.#taken.get(host) ?? 0) >= this.#cap(host);
  }

  /** The server said when to come back; that holds for every download from it (RFC 9110 section 10.2.3). */
  startCooldown(host: string, untilMs: number): void {
    const isFirst = !this.#everCooledDown.has(host);
    this.#everCooledDown.add(host);
    this.#cooldownUntilMs.set(host, Math.max(untilMs, this.#cooldownUntilMs.get(host) ?? 0));
    this.#log.debug('a host is in a cooldown', { host, forMs: untilMs - this.#clock.wallMs() });
    if (isFirst) this.#onFirstCooldown(host);
  }

  /** Since the start. */
  hadCooldown(host: string): boolean {
    return this.#everCooledDown.has(host);
  }

  get anyHadCooldown(): boolean {
    return this.#everCooledDown.size > 0;
  }

  /** When the first cooldown that runs now ends, in epoch milliseconds; infinite when there is none. */
  nextCooldownEndMs(nowMs: number): number {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const host of this.#cooldownUntilMs.keys()) {
      const untilMs = this.cooldownUntilMs(host);
      if (untilMs > nowMs) nextMs = Math.min(nextMs, untilMs);
    }
    return nextMs;
  }

  /** A person asked for it now. The server may start another cooldown. */
  endCooldown(host: string): void {
    this.#cooldownUntilMs.delete(host);
  }

  /** Epoch milliseconds; in the past when nothing was asked. */
  cooldownUntilMs(host: string): number {
    const untilMs = this.#cooldownUntilMs.get(host) ?? 0;
    // No cooldown is longer than that: the clock was set back since it began.
    return untilMs - this.#clock.wallMs() > maxRetryAfterMs ? 0 : untilMs;
  }

  #lesson(host: string): HostLesson | null {
    const lesson = this.#lessons.get(host);
    return lesson !== undefined && isFresh(lesson, this.#clock.wallMs()) ? lesson : null;
  }

  #learn(host: string, { level, refusedAbove, refusedBecause }: ConnectionLesson): void {
    const known = this.#lesson(host);
    if (known !== null && known.level === level && known.refusedAbove === refusedAbove) return;
    const cause = refusedAbove === null || refusedBecause === undefined ? {} : { refusedBecause };
    const lesson = { host, learnedAtMs: this.#clock.wallMs(), level, refusedAbove, ...cause };
    this.#lessons.set(host, lesson);
    try {
      this.#records.saveHostLesson(lesson);
    } catch (error) {
      // An aid to later downloads, and no reason for this one to fail.
      if (!(error instanceof SluiceError)) throw error;
    }
  }

  #add(host: string, count: number): void {
    const taken = (this.#taken.get(host) ?? 0) + count;
    if (taken > 0) this.#taken.set(host, taken);
    else this.#taken.delete(host);
    if (count < 0) this.#onFree(host);
  }
}
