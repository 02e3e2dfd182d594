/** What all downloads from one host share: its connections, what it rewarded, and the peace it asked for. */
import { type ConnectionLesson, type HostLesson, isFresh } from '../download/host-lesson.ts';
import { SluiceError } from '../errors.ts';
import { maxRetryAfterMs } from '../plan/response/headers.ts';
import type { Clock } from '../ports/clock.ts';
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
  readonly #taken = new Map<string, number>();
  readonly #lessons: Map<string, HostLesson>;
  readonly #quietUntilMs = new Map<string, number>();
  readonly #everAskedForPeace = new Set<string>();

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
  }) {
    this.#clock = parts.clock;
    this.#records = parts.records;
    this.#cap = parts.cap;
    this.#onFree = parts.onFree ?? (() => {});
    this.#onFirstCooldown = parts.onFirstCooldown ?? (() => {});
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

  /** Connections beyond anybody's share: a download's further ones, and all of them to its mirrors. */
  allowance(host: string): HostAllowance {
    return {
      tryTake: () => {
        const isQuiet = this.quietUntilMs(host) > this.#clock.wallMs();
        if (isQuiet || (this.#taken.get(host) ?? 0) >= this.#cap(host)) return false;
        this.#add(host, 1);
        return true;
      },
      release: () => this.#add(host, -1),
      startCooldown: (forMs) => this.askForPeace(host, this.#clock.wallMs() + forMs),
      quietForMs: () => Math.max(0, this.quietUntilMs(host) - this.#clock.wallMs()),
      lesson: () => this.#lesson(host),
      learn: (lesson) => this.#learn(host, lesson),
    };
  }

  /** Whether downloads from it have as many connections as they may. */
  isFull(host: string): boolean {
    return (this.#taken.get(host) ?? 0) >= this.#cap(host);
  }

  /** The server said when to come back; that holds for every download from it (RFC 9110 section 10.2.3). */
  askForPeace(host: string, untilMs: number): void {
    const isFirst = !this.#everAskedForPeace.has(host);
    this.#everAskedForPeace.add(host);
    this.#quietUntilMs.set(host, Math.max(untilMs, this.#quietUntilMs.get(host) ?? 0));
    if (isFirst) this.#onFirstCooldown(host);
  }

  /** Since the start. */
  askedForPeace(host: string): boolean {
    return this.#everAskedForPeace.has(host);
  }

  get anyAskedForPeace(): boolean {
    return this.#everAskedForPeace.size > 0;
  }

  /** When the first host that wants to be left alone now may be asked again; infinite when there is none. */
  nextPeaceEndMs(nowMs: number): number {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const host of this.#quietUntilMs.keys()) {
      const untilMs = this.quietUntilMs(host);
      if (untilMs > nowMs) nextMs = Math.min(nextMs, untilMs);
    }
    return nextMs;
  }

  /** A person does not want to wait: the server is asked now, and may ask for peace again. */
  endPeace(host: string): void {
    this.#quietUntilMs.delete(host);
  }

  /** Epoch milliseconds; in the past when nothing was asked. */
  quietUntilMs(host: string): number {
    const untilMs = this.#quietUntilMs.get(host) ?? 0;
    // No peace is longer than that: the clock was set back since it was asked for.
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
