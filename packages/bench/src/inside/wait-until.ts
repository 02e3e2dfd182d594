/** Follows an engine until a condition holds for its downloads. */
import type { DownloadView, EngineApi } from '@sluice/contract';
import { followEngine } from '@sluice/contract';

/** Settles once `holds`, asked after every change. @throws what following throws */
export async function waitUntil(
  api: EngineApi,
  holds: (downloads: ReadonlyMap<string, DownloadView>) => boolean,
): Promise<void> {
  const views = new Map<string, DownloadView>();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const check = (): void => {
    if (holds(views)) resolve();
  };
  const stop = followEngine(api, {
    onSnapshot: (snapshot) => {
      for (const view of snapshot.downloads) views.set(view.id, view);
      check();
    },
    onDelta: (delta) => {
      for (const view of delta.added ?? []) views.set(view.id, view);
      for (const patch of delta.changed ?? []) {
        const before = views.get(patch.id);
        const changes = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
        if (before !== undefined) views.set(patch.id, { ...before, ...changes });
      }
      check();
    },
    onError: reject,
  });
  try {
    await promise;
  } finally {
    stop();
  }
}
