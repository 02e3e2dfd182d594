/** Main's own view of the list, for everything that must work while no window is open. */
import {
  defaultSettings,
  FollowedList,
  followEngine,
  type DownloadId,
  type DownloadView,
  type EngineApi,
  type Settings,
} from '@sluice/contract';
import { outcomeOf, type Outcome } from './notifications/outcomes.ts';

export interface ReplicaListener {
  /** The list or the settings changed. */
  onChange(): void;
  onOutcome(outcome: Outcome): void;
}

export interface Replica {
  readonly downloads: ReadonlyMap<DownloadId, DownloadView>;
  readonly settings: () => Settings;
  close(): void;
}

/** @param onError the list could not be read; the next change tries again */
export function followList(api: EngineApi, listener: ReplicaListener, onError: (error: unknown) => void): Replica {
  const list = new FollowedList();
  let settings = defaultSettings;

  const stop = followEngine(api, {
    onSnapshot(snapshot) {
      list.takeSnapshot(snapshot);
      settings = snapshot.settings;
      listener.onChange();
    },
    onDelta(delta) {
      for (const { before, after } of list.takeDelta(delta).changed) {
        const outcome = outcomeOf(before, after);
        if (outcome !== null) listener.onOutcome(outcome);
      }
      settings = delta.settings ?? settings;
      listener.onChange();
    },
    onError,
  });
  return {
    get downloads() {
      return list.downloads;
    },
    settings: () => settings,
    close: stop,
  };
}
