/** Carries out `sluice info`: everything that is known of a download. */
import type { DownloadDetails, DownloadView, VersionFacts } from '@sluice/contract';
import type { SelectionRequest } from './request.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { explain } from '../../sentences.ts';
import type { CliContext } from '../../cli-context.ts';
import { formatBytes, formatDuration, formatPercent, formatSpeed } from '../../terminal/amounts.ts';
import { cleanText } from '../../terminal/clean-text.ts';
import { stateWord } from './download-table.ts';
import { selectDownloads } from './select-downloads.ts';
import { withList } from './with-list.ts';

export function runInfo(request: SelectionRequest, context: CliContext): Promise<ExitCode> {
  return withList(request, context, async ({ api }, output) => {
    const { downloads, queues } = await api.snapshot({});
    const selected = selectDownloads(downloads, request.selection);
    if (selected.kind === 'usage-error') return output.endWithUsageError(selected.usageError);
    for (const [index, download] of selected.value.entries()) {
      const details = await api.details({ id: download.id });
      output.tell({ kind: 'download', download });
      output.tell({ kind: 'details', details });
      if (index > 0) output.say('');
      const queue = queues.find(({ id }) => id === download.queueId)?.name ?? null;
      for (const [name, value] of factsOf(download, details, queue)) {
        if (value !== null) output.say(`${`${name}:`.padEnd(14)}${cleanText(value)}`);
      }
    }
    return output.end(exitCodes.ok);
  });
}

type Fact = readonly [name: string, value: string | null];

function factsOf(download: DownloadView, details: DownloadDetails, queue: string | null): readonly Fact[] {
  const { state, sizeBytes, receivedBytes, speedBytesPerSecond, remainingMs, connections } = download;
  const { maxConnections, maxAttempts, speedLimitBytesPerSecond, resumable } = download;
  const share = sizeBytes === null ? '' : `, ${formatPercent(receivedBytes, sizeBytes)}`;
  const active = details.segments.filter((segment) => segment.active).length;
  return [
    ['Name', download.name],
    ['ID', download.id],
    ['State', stateWord(download)],
    ['Reason', state.kind === 'failed' || state.kind === 'waiting' ? explain(state.error) : null],
    ['Yours', state.kind === 'failed' && state.change !== undefined ? versionText(state.change.before) : null],
    ['On the server', state.kind === 'failed' && state.change !== undefined ? versionText(state.change.now) : null],
    ['Next attempt', state.kind === 'waiting' ? timeOf(state.retryAtMs) : null],
    ['Link', download.url],
    ['Leads to', details.finalUrl === download.url ? null : details.finalUrl],
    ['File', details.path],
    ['Partial', details.partialPath],
    ['Size', sizeBytes === null ? null : `${formatBytes(sizeBytes)} (${sizeBytes} bytes)`],
    ['Received', `${formatBytes(receivedBytes)} (${receivedBytes} bytes${share})`],
    ['Speed', speedBytesPerSecond > 0 ? `${formatSpeed(speedBytesPerSecond)} over ${connections}` : null],
    ['Time left', remainingMs === null ? null : formatDuration(remainingMs)],
    ['Segments', details.segments.length === 0 ? null : `${details.segments.length}, ${active} under way`],
    ['Resumable', resumable === null ? null : resumable ? 'yes' : 'no'],
    ['Queue', queue],
    ['Priority', download.priority],
    ['Speed limit', speedLimitBytesPerSecond === 0 ? null : formatSpeed(speedLimitBytesPerSecond)],
    ['Connections', maxConnections === 0 ? null : `at most ${maxConnections}`],
    ['Gives up', maxAttempts === null ? null : maxAttempts === 0 ? 'never' : `after ${maxAttempts} failed attempts`],
    ['Fetched by', details.backend === 'auto' ? null : details.backend],
    ['Type', details.contentType],
    ['ETag', details.etag],
    ['Modified', details.lastModified],
    ['Verified by', download.verifiedBy === undefined ? null : `${download.verifiedBy}${originText(download)}`],
    ['Added', timeOf(download.addedAtMs)],
    ['Finished', state.kind === 'finished' ? timeOf(state.finishedAtMs) : null],
  ];
}

function versionText({ sizeBytes, lastModified, etag }: VersionFacts): string {
  return [
    sizeBytes === null ? 'size unknown' : `${formatBytes(sizeBytes)} (${sizeBytes} bytes)`,
    ...(lastModified === null ? [] : [`modified ${lastModified}`]),
    ...(etag === null ? [] : [`ETag ${etag}`]),
  ].join(', ');
}

/** Who named the checksum that fits. */
function originText({ verifiedFrom }: DownloadView): string {
  switch (verifiedFrom) {
    case undefined:
      return '';
    case 'user':
      return ', given by you';
    case 'server':
      return ', named by the server';
    case 'beside':
      return ', published beside the file';
    default:
      return verifiedFrom satisfies never;
  }
}

function timeOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
