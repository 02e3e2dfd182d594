/** The downloads that a `sluice watch` follows, as the host tells of them, and whether anything is left to wait for. */
import { type Delta, type DownloadId, type DownloadView, FollowedList, type Snapshot } from '@sluice/contract';
import type { Verdict } from '../../report/verdict.ts';

export interface Change {
  readonly changed: readonly DownloadView[];
  /** Those of them that have just come to an end. */
  readonly ended: readonly { readonly download: DownloadView; readonly verdict: Verdict }[];
}

export class Watched {
  /** Null: everything that runs or will run by itself, now or later. */
  readonly #ids: ReadonlySet<DownloadId> | null;
  /** The whole list: a delta says only what changed. */
  readonly #list = new FollowedList();
  /** In the order in which they came to be watched; null while one is under way. */
  readonly #watched = new Map<DownloadId, Verdict | null>();

  constructor(ids: readonly DownloadId[] | null) {
    this.#ids = ids === null ? null : new Set(ids);
  }

  get downloads(): readonly DownloadView[] {
    return [...this.#watched.keys()].flatMap((id) => this.#list.downloads.get(id) ?? []);
  }

  /** Of those that have come to an end. */
  get verdicts(): readonly Verdict[] {
    return [...this.#watched.values()].filter((verdict) => verdict !== null);
  }

  /** Nothing that is watched runs or will run by itself. */
  get atRest(): boolean {
    return this.downloads.every((view) => !isMoving(view));
  }

  /** Those that were stopped: neither finished nor failed. */
  get stopped(): readonly DownloadView[] {
    return this.downloads.filter(({ state }) => state.kind === 'paused' || state.kind === 'cancelled');
  }

  takeSnapshot(snapshot: Snapshot): Change {
    this.#list.takeSnapshot(snapshot);
    for (const id of this.#watched.keys()) if (!this.#list.downloads.has(id)) this.#watched.delete(id);
    return this.#take(snapshot.downloads);
  }

  takeDelta(delta: Delta): Change {
    const { added, changed, removed } = this.#list.takeDelta(delta);
    for (const { id } of removed) this.#watched.delete(id);
    return this.#take([...added, ...changed.map(({ after }) => after)]);
  }

  #take(views: readonly DownloadView[]): Change {
    const changed: DownloadView[] = [];
    const ended: { download: DownloadView; verdict: Verdict }[] = [];
    for (const view of views) {
      const isMeant = this.#ids?.has(view.id) ?? (this.#watched.has(view.id) || isMoving(view));
      if (!isMeant) continue;
      const verdict = verdictOf(view);
      if (verdict !== null && (this.#watched.get(view.id) ?? null) === null) ended.push({ download: view, verdict });
      this.#watched.set(view.id, verdict);
      changed.push(view);
    }
    return { changed, ended };
  }
}

function isMoving({ state }: DownloadView): boolean {
  return state.kind === 'queued' || state.kind === 'running' || state.kind === 'waiting';
}

function verdictOf({ state }: DownloadView): Verdict | null {
  if (state.kind === 'finished') return { kind: 'finished' };
  return state.kind === 'failed' ? { kind: 'failed', error: state.error } : null;
}
