/** A download for tests: complete, and whatever a test says about it. */
import type { DownloadState, DownloadView } from '@sluice/contract';

export function download(id: string, fields: Partial<DownloadView> = {}): DownloadView {
  return {
    id,
    url: `https://example.org/${id}.bin`,
    name: `${id}.bin`,
    folder: '/downloads',
    state: { kind: 'queued' },
    sizeBytes: null,
    receivedBytes: 0,
    speedBytesPerSecond: 0,
    remainingMs: null,
    connections: 0,
    resumable: null,
    addedAtMs: 0,
    queueId: 'main',
    priority: 'normal',
    position: Number(id.replaceAll(/\D/gu, '')),
    speedLimitBytesPerSecond: 0,
    maxConnections: 0,
    maxAttempts: null,
    ...fields,
  };
}

export const transferring: DownloadState = { kind: 'running', phase: 'transferring' };

/** One download in each kind of state. */
export function oneOfEach(): DownloadView[] {
  return [
    download('d1', { state: transferring, sizeBytes: 1000, receivedBytes: 400, speedBytesPerSecond: 100 }),
    download('d2', { state: { kind: 'queued' } }),
    download('d3', { state: { kind: 'waiting', error: { code: 'http-unavailable' }, retryAtMs: 0, attempt: 1 } }),
    download('d4', { state: { kind: 'paused' }, sizeBytes: 1000, receivedBytes: 500 }),
    download('d5', { state: { kind: 'failed', error: { code: 'http-not-found' } } }),
    download('d6', { state: { kind: 'finished', finishedAtMs: 0 }, sizeBytes: 2000, receivedBytes: 2000 }),
    download('d7', { state: { kind: 'cancelled' } }),
  ];
}
