/** Main's own view of the list, for everything that must work while no window is open. */
import {
  defaultSettings,
  followEngine,
  type DownloadId,
  type DownloadPatch,
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

/** A patch names only what changed; absent fields are absent, not undefined. */
function withPatch(before: DownloadView, patch: DownloadPatch): DownloadView {
  const after: unknown = { ...before, ...patch };
  return after as DownloadView;
}

/** @param onError the list could not be read; the next change tries again */
export function followList(api: EngineApi, listener: ReplicaListener, onError: (error: unknown) => void): Replica {
  const downloads = new Map<DownloadId, DownloadView>();
  let settings = defaultSettings;

  const stop = followEngine(api, {
    onSnapshot(snapshot) {
      downloads.clear();
      for (const download of snapshot.downloads) downloads.set(download.id, download);
      settings = snapshot.settings;
      listener.onChange();
    },
    onDelta(delta) {
      for (const download of delta.added ?? []) downloads.set(download.id, download);
      for (const patch of delta.changed ?? []) {
        const before = downloads.get(patch.id);
        if (before === undefined) continue;
        const after = withPatch(before, patch);
        downloads.set(patch.id, after);
        const outcome = outcomeOf(before, after);
        if (outcome !== null) listener.onOutcome(outcome);
      }
      for (const id of delta.removed ?? []) downloads.delete(id);
      settings = delta.settings ?? settings;
      listener.onChange();
    },
    onError,
  });
  return { downloads, settings: () => settings, close: stop };
}
