/** Looks at one download in depth: from its run while there is one, from its journal otherwise. */
import type { DownloadDetails } from '@sluice/contract';
import { SluiceError } from '../errors.ts';
import { partialName } from '../plan/names/file-names.ts';
import { normaliseRanges } from '../plan/ranges/ranges.ts';
import { redactUrl } from '../plan/request/redact.ts';
import type { Resource } from '../plan/response/resource.ts';
import type { Files } from '../ports/files.ts';
import type { Entry } from '../queue/entry.ts';
import type { Runner } from '../queue/runner.ts';
import { inspectNewest } from '../store/journal/newest-journal.ts';

type SegmentView = DownloadDetails['segments'][number];

export async function describeDownload(files: Files, runner: Runner, entry: Entry): Promise<DownloadDetails> {
  const { id, folder, fileName, wantedName, request } = entry.record;
  const live = runner.snapshot(id);
  const { resource, segments } = live ?? (await readJournal(files, entry));
  const hasPartial = fileName !== null && entry.state.kind !== 'finished';
  return {
    id,
    path: fileName === null && wantedName === null ? folder : files.join(folder, fileName ?? wantedName ?? ''),
    partialPath: hasPartial ? files.join(folder, partialName(fileName)) : null,
    finalUrl: resource === null ? null : redactUrl(resource.finalUrl),
    etag: resource?.etag ?? null,
    lastModified: resource?.lastModified ?? null,
    contentType: resource?.contentType ?? null,
    backend: request.backend ?? 'auto',
    segments,
  };
}

async function readJournal(
  files: Files,
  entry: Entry,
): Promise<{ resource: Resource | null; segments: SegmentView[] }> {
  const { folder, fileName } = entry.record;
  const nothing = { resource: null, segments: [] };
  if (fileName === null || entry.run !== null) return nothing;
  try {
    const loaded = await inspectNewest(files, folder, fileName);
    const covered = normaliseRanges([...loaded.trusted, ...loaded.doubtful]);
    const segments = covered.map(({ start, end }) => ({ start, end, position: end, active: false }));
    return { resource: loaded.resource, segments };
  } catch (error) {
    if (error instanceof SluiceError) return nothing;
    throw error;
  }
}
