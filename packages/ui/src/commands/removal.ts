/** Takes downloads off the list with a way back: the engine is told only once the time to undo is over. */
import type { DownloadId, EngineApi } from '@sluice/contract';
import type { Replica } from '../replica/replica.ts';
import type { ViewStore } from '../view/view-store.ts';
import { applies } from './actions.ts';

export const undoMs = 7000;

export interface Removal {
  /** Hides them at once; what runs is paused meanwhile. @returns undoes it, while there is time */
  removeUndoably(ids: readonly DownloadId[]): Promise<() => void>;
  /** Tells the engine now: the window is going. */
  flush(): void;
}

interface Pending {
  readonly ids: readonly DownloadId[];
  readonly pausedIds: readonly DownloadId[];
  readonly timer: ReturnType<typeof setTimeout>;
}

export interface RemovalOptions {
  readonly engine: EngineApi;
  readonly replica: Replica;
  readonly view: ViewStore;
  onError(error: unknown): void;
}

export function createRemoval({ engine, replica, view, onError }: RemovalOptions): Removal {
  const pending = new Set<Pending>();

  function commit(entry: Pending): void {
    if (!pending.delete(entry)) return;
    clearTimeout(entry.timer);
    // They stay hidden after success too: the delta that removes them comes a moment later.
    engine.remove({ ids: [...entry.ids], deleteFile: false }).catch((error: unknown) => {
      setHidden(entry.ids, false);
      onError(error);
    });
  }

  function undo(entry: Pending): void {
    if (!pending.delete(entry)) return;
    clearTimeout(entry.timer);
    setHidden(entry.ids, false);
    if (entry.pausedIds.length > 0) engine.resume({ ids: [...entry.pausedIds] }).catch(onError);
  }

  function setHidden(ids: readonly DownloadId[], isHidden: boolean): void {
    view.setState((state) => {
      const hidden = new Set(state.hidden);
      for (const id of ids) {
        if (isHidden) hidden.add(id);
        else hidden.delete(id);
      }
      return { hidden };
    });
  }

  return {
    removeUndoably: async (ids) => {
      const { downloads } = replica.store.getState();
      const pausedIds = ids.filter((id) => {
        const download = downloads.get(id);
        return download !== undefined && applies('pause', download);
      });
      if (pausedIds.length > 0) await engine.pause({ ids: pausedIds });
      setHidden(ids, true);
      const entry: Pending = { ids, pausedIds, timer: setTimeout(() => commit(entry), undoMs) };
      pending.add(entry);
      return () => undo(entry);
    },
    flush: () => {
      for (const entry of pending) commit(entry);
    },
  };
}
