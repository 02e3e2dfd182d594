/** The list of downloads in memory, in order, and its copy in the records: the one place that changes either. */
import { type ErrorInfo, errorToInfo } from '@sluice/contract';
import { restingProgress } from '../download/progress.ts';
import type { DownloadRecord } from '../download/record.ts';
import { splitSecrets } from '../download/secrets.ts';
import { type DownloadEvent, isOver, restingState, transition } from '../download/state.ts';
import { SluiceError } from '../errors.ts';
import type { Log } from '../ports/log.ts';
import type { Records } from '../ports/records.ts';
import { type Entry, entryFromRecord } from './entry.ts';
import { type TurnGroup, Turns } from './turns.ts';
import { TargetIndex } from './target-index.ts';

export interface ListChange {
  readonly kind: 'added' | 'changed' | 'removed';
  readonly id: string;
}

export class DownloadList {
  readonly #records: Records;
  readonly #onChange: (change: ListChange) => void;
  readonly #entries = new Map<string, Entry>();
  readonly #targets = new TargetIndex();
  readonly #unsaved = new Set<string>();
  readonly #turnHost: (entry: Entry) => string;
  #turns: Turns;
  readonly #waiting = new Set<Entry>();
  #ordered: readonly Entry[] | null = null;
  #saveError: ErrorInfo | null = null;
  /** Every surface that shows the list says it. */
  #onSaveError: (error: ErrorInfo | null) => void = () => {};

  /** @param turnHost see {@link TurnGroup.host} */
  constructor(records: Records, onChange: (change: ListChange) => void, turnHost: (entry: Entry) => string = () => '') {
    this.#records = records;
    this.#onChange = onChange;
    this.#turnHost = turnHost;
    this.#turns = this.#newTurns();
    for (const record of records.loadDownloads()) this.#insert(entryFromRecord(record));
  }

  onSaveError(listener: (error: ErrorInfo | null) => void): void {
    this.#onSaveError = listener;
  }

  /** A later process will know what was saved. */
  get outlivesProcess(): boolean {
    return this.#records.endsWithProcess !== true;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  /** In the order in which they start. */
  inOrder(): readonly Entry[] {
    this.#ordered ??= [...this.#entries.values()].sort((left, right) => left.record.position - right.record.position);
    return this.#ordered;
  }

  /** The next download to start from the groups that `mayStart` lets through, or null. */
  nextQueued(mayStart: (group: TurnGroup) => boolean): Entry | null {
    return this.#turns.next(mayStart);
  }

  /** Those that wait for a time of their own. */
  get waiting(): ReadonlySet<Entry> {
    return this.#waiting;
  }

  /** The download that already fetches this link into this folder and is not over. */
  findSame(url: string, folder: string): Entry | null {
    return this.#targets.get(url, folder, ({ state }) => !isOver(state)) ?? null;
  }

  /** Durable when it returns. */
  add(records: readonly DownloadRecord[]): void {
    this.#records.saveDownloads(records);
    for (const record of records) {
      this.#insert(entryFromRecord(record));
      this.#onChange({ kind: 'added', id: record.id });
    }
  }

  /** Durable when it returns. */
  remove(ids: readonly string[]): void {
    this.#records.deleteDownloads(ids);
    for (const id of ids) {
      const entry = this.#entries.get(id);
      if (entry === undefined) continue;
      this.#entries.delete(id);
      this.#unsaved.delete(id);
      this.#waiting.delete(entry);
      this.#targets.delete(entry);
      this.#onChange({ kind: 'removed', id });
    }
    this.#ordered = null;
    this.#turns.markStale();
  }

  /** Tells a download what happened to it. @returns whether that changed its state */
  apply(entry: Entry, event: DownloadEvent): boolean {
    const { record } = entry;
    const next = transition(entry.state, event);
    if (next === entry.state) return false;
    entry.state = next;
    this.#place(entry);
    if (next.kind !== 'running') entry.progress = restingProgress(entry.progress.receivedBytes);
    const { receivedBytes } = entry.progress;
    // What a run goes through is no news to whoever starts after it: it was waiting to run, and would be again.
    const isKnown = next.kind === 'running' && record.state.kind === 'queued' && record.receivedBytes === receivedBytes;
    if (isKnown) this.touch(entry);
    else
      this.update(entry, {
        state: restingState(next),
        receivedBytes,
        ...(next.kind === 'finished' ? secretless(record) : {}),
      });
    return true;
  }

  /** Changes what is remembered. Saved by the next `save`. */
  update(entry: Entry, changes: Partial<DownloadRecord>): void {
    if (changes.position !== undefined) {
      this.#ordered = null;
      this.#turns.markStale();
    }
    if (changes.url !== undefined) this.#targets.delete(entry);
    const changesGroup = 'queueId' in changes || 'priority' in changes || 'url' in changes;
    if (changesGroup) this.#turns.noteLeaving(entry);
    entry.record = { ...entry.record, ...changes };
    if (changesGroup) this.#place(entry);
    if (changes.url !== undefined) this.#targets.set(entry);
    this.#unsaved.add(entry.record.id);
    this.#onChange({ kind: 'changed', id: entry.record.id });
  }

  /** Progress alone is shown, not stored. */
  touch(entry: Entry): void {
    this.#onChange({ kind: 'changed', id: entry.record.id });
  }

  /** Makes every change so far durable, in one transaction. */
  save(): void {
    if (this.#unsaved.size === 0) return;
    const records: DownloadRecord[] = [];
    for (const id of this.#unsaved) {
      const entry = this.#entries.get(id);
      if (entry !== undefined) records.push(entry.record);
    }
    try {
      this.#records.saveDownloads(records);
    } catch (error) {
      if (error instanceof SluiceError) this.#setSaveError(errorToInfo(error));
      throw error;
    }
    this.#unsaved.clear();
    this.#setSaveError(null);
  }

  /** Why the newest changes are not saved; null while all of them are. */
  get saveError(): ErrorInfo | null {
    return this.#saveError;
  }

  #setSaveError(error: ErrorInfo | null): void {
    if (this.#saveError === null && error === null) return;
    const isNews = this.#saveError?.code !== error?.code;
    this.#saveError = error;
    if (isNews) this.#onSaveError(error);
  }

  /** Other hosts than before have groups of their own. */
  regroup(): void {
    this.#turns = this.#newTurns();
    for (const entry of this.inOrder()) {
      if (entry.state.kind === 'queued') this.#turns.noteQueued(entry);
    }
  }

  #newTurns(): Turns {
    return new Turns({ inOrder: () => this.inOrder(), hostOf: this.#turnHost });
  }

  /**
   * For changes without a caller to report to: what cannot be saved now is saved next time.
   * @returns whether everything is durable
   */
  trySave(log: Log): boolean {
    try {
      this.save();
      return true;
    } catch (error) {
      if (!(error instanceof SluiceError)) throw error;
      log.error('the list cannot be saved', { code: error.code, detail: error.message });
      return false;
    }
  }

  /** As {@link trySave}, and beyond a power cut. */
  async trySaveDurably(log: Log): Promise<boolean> {
    if (!this.trySave(log)) return false;
    try {
      await this.#records.flush?.();
      return true;
    } catch (error) {
      if (!(error instanceof SluiceError)) throw error;
      log.error('the list cannot be made durable', { code: error.code, detail: error.message });
      return false;
    }
  }

  #insert(entry: Entry): void {
    this.#entries.set(entry.record.id, entry);
    this.#targets.set(entry);
    this.#ordered = null;
    this.#place(entry);
  }

  #place(entry: Entry): void {
    if (entry.state.kind === 'queued') this.#turns.noteQueued(entry);
    if (entry.state.kind === 'waiting') this.#waiting.add(entry);
    else this.#waiting.delete(entry);
  }
}

/** No request can need them any more. */
function secretless(record: DownloadRecord): Partial<DownloadRecord> {
  const { open, secrets } = splitSecrets(record);
  const { url, headers, request } = open;
  if (secrets === null) return {};
  return { headers, request, ...(url === record.url ? {} : { url }) };
}
