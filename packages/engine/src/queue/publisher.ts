/** Turns changes of the list into deltas: numbered, coalesced to ten a second, carrying only what changed. */
import type { Delta, DownloadPatch, DownloadView, ErrorInfo, QueueView, Settings } from '@sluice/contract';
import { changedFields } from '../download/view.ts';
import type { Clock } from '../ports/clock.ts';
import type { ListChange } from './download-list.ts';

const publishEveryMs = 100;

export class Publisher {
  readonly #clock: Clock;
  readonly #view: (id: string) => DownloadView | null;
  readonly #listeners = new Set<(delta: Delta) => void>();
  readonly #shown = new Map<string, DownloadView>();
  readonly #added = new Set<string>();
  readonly #changed = new Set<string>();
  readonly #removed = new Set<string>();
  #settings: Settings | null = null;
  #queues: readonly QueueView[] | null = null;
  #unsaved: { readonly error: ErrorInfo | null } | null = null;
  #sequence = 0;
  #publishedAtMs = Number.NEGATIVE_INFINITY;
  #timer: (() => void) | null = null;

  /** @param view the download as it is now; null when it is gone */
  constructor(clock: Clock, view: (id: string) => DownloadView | null) {
    this.#clock = clock;
    this.#view = view;
  }

  get sequence(): number {
    return this.#sequence;
  }

  subscribe(listener: (delta: Delta) => void): () => void {
    // Each subscriber is its own, also when the same function is given twice.
    const own = (delta: Delta) => listener(delta);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) this.#rest();
    };
  }

  noteChange(change: ListChange): void {
    // Without a subscriber no delta is needed: the next snapshot has everything.
    if (this.#listeners.size === 0) return;
    if (change.kind === 'removed') {
      this.#changed.delete(change.id);
      this.#shown.delete(change.id);
      if (!this.#added.delete(change.id)) this.#removed.add(change.id);
    } else if (change.kind === 'added') this.#added.add(change.id);
    else if (!this.#added.has(change.id)) this.#changed.add(change.id);
    this.#schedule();
  }

  noteSettings(settings: Settings): void {
    if (this.#listeners.size === 0) return;
    this.#settings = settings;
    this.#schedule();
  }

  noteUnsaved(error: ErrorInfo | null): void {
    if (this.#listeners.size === 0) return;
    this.#unsaved = { error };
    this.#schedule();
  }

  noteQueues(queues: readonly QueueView[]): void {
    if (this.#listeners.size === 0) return;
    this.#queues = queues;
    this.#schedule();
  }

  /** Sends what has gathered now. */
  publish(): void {
    this.#timer?.();
    this.#timer = null;
    const delta = this.#gather();
    if (delta === null) return;
    this.#publishedAtMs = this.#clock.monotonicMs();
    this.#sequence += 1;
    const numbered = { sequence: this.#sequence, ...delta };
    for (const listener of this.#listeners) listener(numbered);
  }

  /** What a snapshot shows counts as shown. */
  noteShown(view: DownloadView): void {
    if (this.#listeners.size > 0) this.#shown.set(view.id, view);
  }

  /** The first change after a quiet while goes out at once, those that follow it wait for each other. */
  #schedule(): void {
    if (this.#timer !== null) return;
    const sinceLastMs = this.#clock.monotonicMs() - this.#publishedAtMs;
    if (sinceLastMs < publishEveryMs) {
      this.#timer = this.#clock.every(publishEveryMs - sinceLastMs, () => this.publish());
      return;
    }
    let isCalledOff = false;
    this.#timer = () => {
      isCalledOff = true;
    };
    queueMicrotask(() => {
      if (!isCalledOff) this.publish();
    });
  }

  #rest(): void {
    this.#timer?.();
    this.#timer = null;
    this.#added.clear();
    this.#changed.clear();
    this.#removed.clear();
    this.#shown.clear();
    this.#settings = null;
    this.#queues = null;
    this.#unsaved = null;
  }

  #gather(): Omit<Delta, 'sequence'> | null {
    const added = [...this.#added].flatMap((id) => this.#show(id) ?? []);
    const changed = [...this.#changed].flatMap((id) => this.#patch(id) ?? []);
    const removed = [...this.#removed];
    const settings = this.#settings;
    const queues = this.#queues;
    const unsaved = this.#unsaved;
    this.#added.clear();
    this.#changed.clear();
    this.#removed.clear();
    this.#settings = null;
    this.#queues = null;
    this.#unsaved = null;
    const isNothing =
      added.length + changed.length + removed.length === 0 && settings === null && queues === null && unsaved === null;
    if (isNothing) return null;
    return {
      ...(added.length > 0 ? { added } : {}),
      ...(changed.length > 0 ? { changed } : {}),
      ...(removed.length > 0 ? { removed } : {}),
      ...(settings === null ? {} : { settings }),
      ...(queues === null ? {} : { queues: [...queues] }),
      ...(unsaved === null ? {} : { unsaved: unsaved.error }),
    };
  }

  #show(id: string): DownloadView | null {
    const view = this.#view(id);
    if (view !== null) this.#shown.set(id, view);
    return view;
  }

  #patch(id: string): DownloadPatch | null {
    const previous = this.#shown.get(id);
    const next = this.#show(id);
    if (next === null) return null;
    if (previous === undefined) return next;
    const changed = changedFields(previous, next);
    return changed === null ? null : { ...changed, id };
  }
}
