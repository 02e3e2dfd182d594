/** A small EngineApi for tests of what stands around an engine; remembers what it was asked. */
import {
  type Calls,
  type Delta,
  type DownloadView,
  type EngineApi,
  SluiceError,
  defaultSettings,
  mainQueueView,
  methods,
} from '@sluice/contract';

export interface FakeEngine {
  readonly api: EngineApi;
  readonly asked: readonly { readonly method: string; readonly params: unknown }[];
  publish(delta: Delta): void;
}

export function fakeEngine(downloads: readonly DownloadView[] = []): FakeEngine {
  const asked: { method: string; params: unknown }[] = [];
  const listeners = new Set<(delta: Delta) => void>();
  const refusing = Object.fromEntries(
    Object.keys(methods).map((method) => [method, () => Promise.reject(new SluiceError('unsupported', method))]),
  ) as unknown as Calls;
  const api: EngineApi = {
    ...refusing,
    async add(params) {
      asked.push({ method: 'add', params });
      return { results: params.downloads.map((_download, index) => ({ kind: 'added', id: `new-${index}` })) };
    },
    async snapshot() {
      return { sequence: 0, downloads: [...downloads], settings: defaultSettings, queues: [mainQueueView] };
    },
    async writeSettings(params) {
      asked.push({ method: 'writeSettings', params });
      return defaultSettings;
    },
    async exportList(params) {
      asked.push({ method: 'exportList', params });
      return { downloads: [] };
    },
    async folderInfo(params) {
      asked.push({ method: 'folderInfo', params });
      return { folder: params.folder, freeBytes: 1, writable: true };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    api,
    asked,
    publish(delta) {
      for (const listener of listeners) listener(delta);
    },
  };
}

export function downloadView(
  changes: Partial<DownloadView> & Pick<DownloadView, 'id' | 'name' | 'folder'>,
): DownloadView {
  return {
    url: 'http://origin.test/file',
    state: { kind: 'finished', finishedAtMs: 1 },
    sizeBytes: 1,
    receivedBytes: 1,
    speedBytesPerSecond: 0,
    remainingMs: null,
    connections: 0,
    resumable: true,
    addedAtMs: 1,
    queueId: 'main',
    priority: 'normal',
    position: 1,
    speedLimitBytesPerSecond: 0,
    maxConnections: 0,
    maxAttempts: null,
    ...changes,
  };
}
