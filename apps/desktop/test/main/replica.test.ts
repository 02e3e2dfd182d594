/** Main's view of the list follows snapshot and deltas, and tells of outcomes once. */
import { defaultSettings, mainQueueView, type Delta, type EngineApi, type Snapshot } from '@sluice/contract';
import { expect, test } from 'vitest';
import { followList } from '../../src/main/replica.ts';
import type { Outcome } from '../../src/main/notifications/outcomes.ts';
import { downloadView } from '../download-view.ts';

interface Source {
  readonly api: EngineApi;
  push(delta: Delta): void;
}

function source(snapshot: Snapshot): Source {
  const listeners = new Set<(delta: Delta) => void>();
  const calls: Pick<EngineApi, 'snapshot' | 'subscribe'> = {
    snapshot: () => Promise.resolve(snapshot),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return { api: calls as unknown as EngineApi, push: (delta) => listeners.forEach((listener) => listener(delta)) };
}

test('follows the list', async () => {
  const running = downloadView({ id: 'a', state: { kind: 'running', phase: 'transferring' } });
  const over = downloadView({ id: 'b', state: { kind: 'finished', finishedAtMs: 1 } });
  const { api, push } = source({
    sequence: 4,
    downloads: [running, over],
    settings: defaultSettings,
    queues: [mainQueueView],
  });
  const outcomes: Outcome[] = [];
  const first = Promise.withResolvers<void>();
  const replica = followList(
    api,
    { onChange: () => first.resolve(), onOutcome: (outcome) => outcomes.push(outcome) },
    (error) => first.reject(error),
  );
  await first.promise;
  expect(outcomes).toEqual([]);

  push({
    sequence: 5,
    added: [downloadView({ id: 'c' })],
    changed: [
      { id: 'a', state: { kind: 'finished', finishedAtMs: 2 } },
      { id: 'unknown', receivedBytes: 1 },
    ],
    removed: ['b'],
    settings: { ...defaultSettings, notify: false },
  });
  expect([...replica.downloads.keys()]).toEqual(['a', 'c']);
  expect(replica.downloads.get('a')).toEqual({ ...running, state: { kind: 'finished', finishedAtMs: 2 } });
  expect(replica.settings().notify).toBe(false);
  expect(outcomes).toEqual([{ id: 'a', name: 'file.bin', kind: 'finished' }]);

  push({ sequence: 6, changed: [{ id: 'a', speedBytesPerSecond: 0 }] });
  expect(outcomes).toHaveLength(1);

  replica.close();
  push({ sequence: 7, removed: ['a'] });
  expect(replica.downloads.has('a')).toBe(true);
});
