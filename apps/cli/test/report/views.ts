/** Downloads for the tests of what is shown. */
import type { DownloadView } from '@sluice/contract';

export function view(changes: Partial<DownloadView> = {}): DownloadView {
  return {
    id: 'a',
    url: 'https://example.com/file.iso',
    name: 'file.iso',
    folder: '/work',
    state: { kind: 'running', phase: 'transferring' },
    sizeBytes: 1000,
    receivedBytes: 500,
    speedBytesPerSecond: 100,
    remainingMs: 5000,
    connections: 4,
    resumable: true,
    addedAtMs: 0,
    queueId: 'main',
    priority: 'normal',
    position: 1,
    speedLimitBytesPerSecond: 0,
    maxConnections: 0,
    maxAttempts: null,
    ...changes,
  };
}
