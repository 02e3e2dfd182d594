/** A download as hosts send it, with only the fields a test cares about. */
import type { DownloadView } from '@sluice/contract';

export function downloadView(fields: Partial<DownloadView> = {}): DownloadView {
  return {
    id: 'd1',
    url: 'https://example.test/file.bin',
    name: 'file.bin',
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
    position: 1,
    speedLimitBytesPerSecond: 0,
    maxConnections: 0,
    maxAttempts: null,
    ...fields,
  };
}
