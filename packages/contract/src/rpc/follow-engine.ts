/** Keeps a replica of an engine's list up to date: snapshot, deltas in order, a new snapshot whenever one is missing. */
import type { EngineApi } from '../engine-api.ts';
import type { Delta } from '../events.ts';
import type { Snapshot } from '../methods.ts';
import { SluiceError } from '../sluice-error.ts';

export interface EngineFollower {
  /** Replaces everything the replica holds. */
  onSnapshot(snapshot: Snapshot): void;
  /** Follows the last snapshot or delta without a gap. */
  onDelta(delta: Delta): void;
  /** A snapshot could not be had. The next delta makes another attempt; `disconnected` is final. */
  onError(error: unknown): void;
}

/** A snapshot is asked for again at once when it is older than the gap it should close, but not for ever. */
const maxStaleSnapshots = 3;

/** @returns stops following; no handler is called after it */
export function followEngine(api: Pick<EngineApi, 'subscribe' | 'snapshot'>, follower: EngineFollower): () => void {
  /** The last sequence number the replica includes; undefined before the first snapshot. */
  let applied: number | undefined;
  let buffered: Delta[] = [];
  let asking = false;
  let stopped = false;
  let staleSnapshots = 0;
  const controller = new AbortController();

  function takeDelta(delta: Delta): void {
    if (stopped) return;
    if (!asking && applied !== undefined && delta.sequence <= applied + 1) {
      apply(delta);
      return;
    }
    buffered.push(delta);
    if (!asking) void ask();
  }

  function apply(delta: Delta): void {
    if (applied === undefined || delta.sequence <= applied) return;
    applied = delta.sequence;
    follower.onDelta(delta);
  }

  async function ask(): Promise<void> {
    asking = true;
    try {
      const snapshot = await api.snapshot({}, controller.signal);
      if (!stopped) takeSnapshot(snapshot);
    } catch (error) {
      asking = false;
      // The next delta asks again, and that snapshot includes these.
      buffered = [];
      if (!stopped) follower.onError(error);
    }
  }

  function takeSnapshot(snapshot: Snapshot): void {
    asking = false;
    // Answers come in order, so a snapshot is never older than what is applied unless the host is wrong.
    applied = snapshot.sequence;
    follower.onSnapshot(snapshot);
    const pending = buffered;
    buffered = [];
    for (const [index, delta] of pending.entries()) {
      if (stopped) return;
      if (delta.sequence > applied + 1) {
        closeGap(pending.slice(index));
        return;
      }
      apply(delta);
    }
    staleSnapshots = 0;
  }

  function closeGap(rest: Delta[]): void {
    staleSnapshots += 1;
    if (staleSnapshots > maxStaleSnapshots) {
      staleSnapshots = 0;
      follower.onError(new SluiceError('internal', 'the snapshots of the host are older than its deltas'));
      return;
    }
    buffered = rest;
    void ask();
  }

  const unsubscribe = api.subscribe(takeDelta);
  void ask();
  return () => {
    stopped = true;
    buffered = [];
    unsubscribe();
    controller.abort(new SluiceError('aborted'));
  };
}
