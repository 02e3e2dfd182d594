/** Starts a host over a long list and measures until its first snapshot. Words: its data folder, and `fill N` or `start`. */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createHost } from '@sluice/host';
import { type DownloadRecord, downloadRecordSchema, openRecords } from '@sluice/engine';

const [dataFolder = '', action = '', count = '0'] = process.argv.slice(2);

function record(index: number): DownloadRecord {
  return downloadRecordSchema.parse({
    id: randomUUID(),
    // An address for documentation (RFC 5737): those that start at once find nobody there.
    url: `http://203.0.113.1/series/episode-${index}.mkv?token=${randomUUID()}`,
    folder: join(dataFolder, 'files'),
    wantedName: null,
    fileName: null,
    fileIdentity: null,
    keptApart: null,
    headers: {},
    maxConnections: 0,
    speedLimitBytesPerSecond: 0,
    state: { kind: 'queued' },
    sizeBytes: null,
    receivedBytes: 0,
    resumable: null,
    addedAtMs: 1_700_000_000_000 + index,
    maxAttempts: null,
    queueId: 'main',
    priority: 'normal',
    position: index,
  });
}

function fill(): void {
  mkdirSync(dataFolder, { recursive: true });
  const records = openRecords(join(dataFolder, 'sluice.db'));
  records.saveDownloads(Array.from({ length: Number(count) }, (_, index) => record(index)));
  records.close();
}

/** From the first line of this process's life to the moment a window could be drawn. */
async function start(): Promise<void> {
  const host = await createHost({ dataFolder, downloadFolder: join(dataFolder, 'files'), version: '0.0.0' });
  const { downloads } = await host.api.snapshot({});
  const readySeconds = performance.now() / 1000;
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(`${JSON.stringify({ readySeconds, peakBytes, downloads: downloads.length })}\n`);
  await host.close();
  process.exit(0);
}

if (action === 'fill') fill();
else await start();
if (action === 'fill') process.stdout.write('{}\n');
