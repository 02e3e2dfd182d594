/** A made-up engine for looking at the window: it moves numbers and obeys commands, and fetches nothing. */
import {
  defaultSettings,
  mainQueueId,
  mainQueueView,
  SluiceError,
  type Delta,
  type DownloadId,
  type DownloadState,
  type DownloadView,
  type EngineApi,
  type QueueView,
  type Settings,
} from '@sluice/contract';
import { madeUpDownload } from './fake-downloads.ts';

const tickMs = 100;
const hourMs = 3_600_000;

const nightQueue: QueueView = {
  ...mainQueueView,
  id: 'night',
  name: 'At night',
  schedule: [{ days: [1, 2, 3, 4, 5], fromMinute: 22 * 60, untilMinute: 6 * 60 }],
  isOpen: false,
  changesAtMs: Date.now() + 3 * hourMs,
};
const papersQueue: QueueView = { ...mainQueueView, id: 'papers', name: 'Papers to read some day', isPaused: true };

export interface FakeEngine extends EngineApi {
  /** While false, the snapshot rejects with `disconnected`. */
  isReachable: boolean;
  /** As if the channel broke. */
  breakOff(): void;
  readonly closed: Promise<void>;
}

export function createFakeEngine(initial: readonly DownloadView[], settingsPatch: Partial<Settings> = {}): FakeEngine {
  const downloads = new Map(initial.map((download) => [download.id, download]));
  const listeners = new Set<(delta: Delta) => void>();
  let settings: Settings = { ...defaultSettings, ...settingsPatch };
  let queues: readonly QueueView[] = [mainQueueView, nightQueue, papersQueue];
  let sequence = 0;
  let nextIndex = initial.length + 1;

  function emit(delta: Omit<Delta, 'sequence'>): void {
    sequence += 1;
    for (const listener of listeners) listener({ sequence, ...delta });
  }
  function change(id: DownloadId, fields: Partial<DownloadView>): void {
    const before = downloads.get(id);
    if (before === undefined) return;
    downloads.set(id, { ...before, ...fields });
    emit({ changed: [{ id, ...fields }] });
  }
  const still = { speedBytesPerSecond: 0, remainingMs: null, connections: 0 } as const;
  const setState = (ids: readonly DownloadId[], state: DownloadState) => {
    for (const id of ids) change(id, { state, ...(state.kind === 'running' ? {} : still) });
  };
  const idsOf = (kinds: readonly DownloadState['kind'][]) =>
    [...downloads.values()].filter(({ state }) => kinds.includes(state.kind)).map(({ id }) => id);

  setInterval(() => {
    const changed = [...downloads.values()].flatMap((download) => {
      if (download.state.kind !== 'running' || download.state.phase !== 'transferring') return [];
      const fields = moved(download);
      downloads.set(download.id, { ...download, ...fields });
      return [{ id: download.id, ...fields }];
    });
    if (changed.length > 0) emit({ changed });
  }, tickMs);

  const { promise: closed, resolve: breakOff } = Promise.withResolvers<void>();
  const engine: FakeEngine = {
    isReachable: true,
    breakOff,
    closed,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () =>
      engine.isReachable
        ? Promise.resolve({ sequence, downloads: [...downloads.values()], settings, queues: [...queues] })
        : Promise.reject(new SluiceError('disconnected')),
    add: ({ downloads: asked, start = true }) => {
      const results = asked.map((download) => {
        if (download.url.startsWith('ftp')) {
          return { kind: 'rejected' as const, url: download.url, error: { code: 'url-unsupported' as const } };
        }
        const index = nextIndex;
        nextIndex += 1;
        const name = download.name ?? download.url.slice(download.url.lastIndexOf('/') + 1);
        const state: DownloadState = start ? { kind: 'running', phase: 'transferring' } : { kind: 'paused' };
        const flow = start ? { speedBytesPerSecond: 9_000_000, connections: 4 } : {};
        const made = madeUpDownload(
          index,
          { url: download.url, name, state, sizeBytes: 240_000_000, position: -index, ...flow },
          Date.now(),
        );
        downloads.set(made.id, made);
        emit({ added: [made] });
        return { kind: 'added' as const, id: made.id };
      });
      return Promise.resolve({ results });
    },
    preview: () => Promise.reject(new SluiceError('unsupported')),
    pause: ({ ids }) => done(() => setState(ids, { kind: 'paused' })),
    resume: ({ ids }) => done(() => startThem(ids)),
    retry: ({ ids }) => done(() => startThem(ids)),
    cancel: ({ ids }) =>
      done(() => ids.forEach((id) => change(id, { state: { kind: 'cancelled' }, receivedBytes: 0, ...still }))),
    remove: ({ ids }) =>
      done(() => {
        for (const id of ids) downloads.delete(id);
        emit({ removed: [...ids] });
      }),
    pauseAll: () => done(() => setState(idsOf(['running', 'queued', 'waiting']), { kind: 'paused' })),
    resumeAll: () => done(() => startThem(idsOf(['paused']))),
    reorder: ({ ids, beforeId }) =>
      done(() => {
        const rest = [...downloads.values()]
          .sort((a, b) => a.position - b.position)
          .map(({ id }) => id)
          .filter((id) => !ids.includes(id));
        const at = beforeId === null ? rest.length : rest.indexOf(beforeId);
        [...rest.slice(0, at), ...ids, ...rest.slice(at)].forEach((id, position) => change(id, { position }));
      }),
    setLimits: ({ ids, ...limits }) =>
      done(() => {
        const given = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
        for (const id of ids) change(id, given);
      }),
    setQueue: ({ ids, queueId }) => done(() => ids.forEach((id) => change(id, { queueId }))),
    setPriority: ({ ids, priority }) => done(() => ids.forEach((id) => change(id, { priority }))),
    saveQueue: async (download) => {
      const before = queues.find(({ id }) => id === download.id) ?? {
        ...mainQueueView,
        id: `q${String(queues.length)}`,
      };
      const given = Object.fromEntries(Object.entries(download).filter(([, value]) => value !== undefined));
      const saved: QueueView = { ...before, ...given };
      queues = [...queues.filter(({ id }) => id !== saved.id), saved];
      emit({ queues: [...queues] });
      return saved;
    },
    adopt: () =>
      Promise.resolve({
        results: [
          { kind: 'adopted', fileName: 'debian-13.iso', id: [...downloads.keys()][0] ?? 'a' },
          { kind: 'present', fileName: 'notes.pdf', id: [...downloads.keys()][0] ?? 'a' },
          { kind: 'rejected', fileName: 'film.mkv', error: { code: 'file-busy' } },
          { kind: 'rejected', fileName: 'a-very-long-name-'.repeat(8), error: { code: 'journal-unreadable' } },
        ],
      }),
    removeQueue: ({ id: removed }) =>
      done(() => {
        queues = queues.filter(({ id }) => id !== removed);
        for (const { id, queueId } of downloads.values()) if (queueId === removed) change(id, { queueId: mainQueueId });
        emit({ queues: [...queues] });
      }),
    changeRequest: ({ id, url }) =>
      done(() => {
        if (url !== undefined) change(id, { url });
        startThem([id]);
      }),
    resolveChanged: async ({ ids, choice }) => {
      await done(() => (choice === 'replace' ? startThem(ids) : setState(ids, { kind: 'paused' })));
      return { added: [] };
    },
    exportList: () => Promise.resolve({ downloads: [] }),
    details: ({ id }) => Promise.resolve(madeUpDetails(downloads.get(id))),
    readSettings: () => Promise.resolve(settings),
    writeSettings: (patch) => {
      settings = {
        ...settings,
        ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)),
      };
      emit({ settings });
      return Promise.resolve(settings);
    },
    folderInfo: ({ folder }) =>
      Promise.resolve({
        folder: folder || '/home/mara/Downloads',
        freeBytes: 212_400_000_000,
        writable: !folder.startsWith('/root'),
      }),
  };
  return engine;

  function startThem(ids: readonly DownloadId[]): void {
    for (const id of ids) {
      const sizeBytes = downloads.get(id)?.sizeBytes ?? 500_000_000;
      change(id, {
        state: { kind: 'running', phase: 'transferring' },
        sizeBytes,
        speedBytesPerSecond: 6_000_000,
        connections: 4,
      });
    }
  }
}

async function done(act: () => void): Promise<Record<string, never>> {
  await Promise.resolve();
  act();
  return {};
}

function moved(download: DownloadView): Partial<DownloadView> {
  const speed = Math.max(50_000, download.speedBytesPerSecond * (0.94 + Math.random() * 0.12));
  const receivedBytes = Math.round(download.receivedBytes + (speed * tickMs) / 1000);
  const { sizeBytes } = download;
  if (sizeBytes !== null && receivedBytes >= sizeBytes) {
    return {
      state: { kind: 'finished', finishedAtMs: Date.now() },
      receivedBytes: sizeBytes,
      speedBytesPerSecond: 0,
      remainingMs: null,
      connections: 0,
    };
  }
  const remainingMs = sizeBytes === null ? null : ((sizeBytes - receivedBytes) / speed) * 1000;
  return { receivedBytes, speedBytesPerSecond: speed, remainingMs };
}

function madeUpDetails(download: DownloadView | undefined) {
  if (download === undefined) throw new SluiceError('download-unknown');
  const total = download.sizeBytes ?? download.receivedBytes;
  const count = download.sizeBytes === null ? 1 : 12;
  const fraction = total === 0 ? 0 : download.receivedBytes / total;
  const isRunning = download.state.kind === 'running';
  return {
    id: download.id,
    path: `${download.folder}/${download.name}`,
    partialPath: `${download.folder}/${download.name}.sluice`,
    finalUrl: download.url.replace('https://', 'https://mirror-4.'),
    etag: '"6720f1a3-ee000000"',
    lastModified: 'Sat, 06 Sep 2026 12:00:00 GMT',
    contentType: 'application/octet-stream',
    backend: 'auto' as const,
    segments: Array.from({ length: count }, (_, index) => {
      const start = Math.floor((total / count) * index);
      const end = Math.floor((total / count) * (index + 1));
      const filled = Math.min(1, Math.max(0, fraction * (0.6 + ((index * 37) % 80) / 100)));
      const position = Math.floor(start + (end - start) * (index % 3 === 0 ? 1 : filled));
      return { start, end: download.sizeBytes === null ? null : end, position, active: isRunning && position < end };
    }),
  };
}
