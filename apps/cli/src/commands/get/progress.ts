/** Where the downloads of one `sluice get` stand: what the engine says of each, and which have come to an end. */
import {
  type Delta,
  type DownloadId,
  type DownloadState,
  type DownloadView,
  type ErrorInfo,
  FollowedList,
  type Snapshot,
} from '@sluice/contract';
import { waitsForNetwork } from '../../report/lines.ts';
import type { Verdict } from '../../report/verdict.ts';

export interface GivingUp {
  /** Failed attempts in a row after which a download is given up; null: never. */
  readonly maxAttempts: number | null;
  /** How long it waits for a network that is away, which uses up no attempts; null: without end. */
  readonly waitNetworkMs: number | null;
  /** Milliseconds since the epoch. */
  nowMs(): number;
}

export class Progress {
  readonly #rules: GivingUp;
  readonly #awaySinceMs = new Map<DownloadId, number>();
  readonly #list = new FollowedList();
  /** As they are shown. */
  readonly #views = new Map<DownloadId, DownloadView>();
  readonly #verdicts = new Map<DownloadId, Verdict>();

  constructor(rules: GivingUp) {
    this.#rules = rules;
  }

  /** In the order of the list. */
  get downloads(): readonly DownloadView[] {
    return [...this.#views.values()];
  }

  /** True once every download has come to an end. */
  get over(): boolean {
    return this.#verdicts.size >= this.#views.size;
  }

  /** In the order of the list; those that have not come to an end have none. */
  get verdicts(): readonly Verdict[] {
    return [...this.#views.keys()].flatMap((id) => this.#verdicts.get(id) ?? []);
  }

  verdictOf(id: DownloadId): Verdict | undefined {
    return this.#verdicts.get(id);
  }

  /** @returns the downloads that changed: all of them, as far as anyone can tell */
  takeSnapshot(snapshot: Snapshot): readonly DownloadView[] {
    this.#list.takeSnapshot(snapshot);
    return snapshot.downloads.flatMap((view) => this.#take(view));
  }

  /** @returns the downloads that changed */
  takeDelta(delta: Delta): readonly DownloadView[] {
    const { added, changed } = this.#list.takeDelta(delta);
    return [...added, ...changed.map(({ after }) => after)].flatMap((view) => this.#take(view));
  }

  /** @returns when a wait for the network is given up; null when it does not wait for it, or without end */
  #endOfWait({ id, state, receivedBytes }: DownloadView): number | null {
    const before = this.#views.get(id);
    const isOnItsWay = before !== undefined && receivedBytes > before.receivedBytes;
    const isElsewhere = state.kind === 'waiting' && !waitsForNetwork(state);
    if (isOnItsWay || isElsewhere) this.#awaySinceMs.delete(id);
    if (state.kind !== 'waiting' || isElsewhere) return null;
    const sinceMs = this.#awaySinceMs.get(id) ?? this.#rules.nowMs();
    this.#awaySinceMs.set(id, sinceMs);
    return this.#rules.waitNetworkMs === null ? null : sinceMs + this.#rules.waitNetworkMs;
  }

  /** A download that has ended stays ended, whatever later deltas say. */
  #take(view: DownloadView): readonly DownloadView[] {
    if (this.#verdicts.has(view.id)) return [];
    const endsAtMs = this.#endOfWait(view);
    const isOver = endsAtMs !== null && this.#rules.nowMs() >= endsAtMs;
    const verdict = judge(view, isOver ? 0 : this.#rules.maxAttempts);
    const shown = shownAs(endsAtMs === null ? view : withEnd(view, endsAtMs), verdict);
    this.#views.set(view.id, shown);
    if (verdict !== null) this.#verdicts.set(view.id, verdict);
    return [shown];
  }
}

/** For showing how long is left. */
function withEnd(view: DownloadView, endsAtMs: number): DownloadView {
  const { state } = view;
  if (state.kind !== 'waiting') return view;
  const facts = { ...state.error.facts, waitEndsAtMs: endsAtMs };
  return { ...view, state: { ...state, error: { ...state.error, facts } } };
}

/** What is there already counts as done, and brings nothing. */
function shownAs(view: DownloadView, verdict: Verdict | null): DownloadView {
  if (verdict?.kind === 'failed') return { ...view, state: { kind: 'failed', error: verdict.error } };
  if (verdict?.kind === 'present') return { ...view, state: { kind: 'finished', finishedAtMs: 0 }, sizeBytes: 0 };
  return view;
}

/**
 * The engine gives up on servers by itself, and waits out what is wrong with this machine: no network, no room on the
 * disk. A command that ends tells a person sooner than one that waits.
 */
function isGivenUp(state: DownloadState & { kind: 'waiting' }, maxAttempts: number | null): boolean {
  // The engine counts no attempt while the network is away; how long that may take is another rule.
  if (waitsForNetwork(state)) return maxAttempts === 0;
  return maxAttempts !== null && (state.attempt >= maxAttempts || state.error.code === 'disk-full');
}

/** What a download's state means for this command; null while it may still come to something. */
export function judge(view: Pick<DownloadView, 'state'>, maxAttempts: number | null): Verdict | null {
  const { state } = view;
  switch (state.kind) {
    case 'finished':
      return { kind: 'finished' };
    case 'failed':
      return presentVerdict(state.error) ?? { kind: 'failed', error: state.error };
    case 'waiting':
      return isGivenUp(state, maxAttempts) ? { kind: 'failed', error: state.error } : null;
    case 'cancelled':
      return { kind: 'failed', error: { code: 'aborted' } };
    case 'queued':
    case 'running':
    case 'paused':
      return null;
    default:
      return state satisfies never;
  }
}

/** Only a link that is to be left out ends so with a path: any other takes the next free name. */
function presentVerdict({ code, facts }: ErrorInfo): Verdict | null {
  const path = facts?.['presentPath'];
  return code === 'file-exists' && typeof path === 'string' ? { kind: 'present', path } : null;
}
