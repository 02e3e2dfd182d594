/** Tells what a download would come to, without beginning it. */
import type { NewDownload, Preview } from '@sluice/contract';
import type { DownloadRecord } from '../download/record.ts';
import { SluiceError } from '../errors.ts';
import { headerValue } from '../plan/response/headers.ts';
import { chooseFileName } from '../plan/names/choose-file-name.ts';
import { candidateNames, journalName, partialName } from '../plan/names/file-names.ts';
import type { Extent } from '../plan/ranges/extent.ts';
import { isSafe } from '../plan/request/next-method.ts';
import { normaliseRanges, totalLength } from '../plan/ranges/ranges.ts';
import type { Resource } from '../plan/response/resource.ts';
import { withoutUserInfo } from '../plan/request/user-info.ts';
import type { Clock } from '../ports/clock.ts';
import type { Platform } from '../plan/names/sanitize.ts';
import type { Files } from '../ports/files.ts';
import type { HttpPort } from '../ports/http.ts';
import { journalsIn } from '../store/journal/find-journal.ts';
import { finalNameOf } from '../store/journal/find-second.ts';
import { inspectNewest } from '../store/journal/newest-journal.ts';
import type { InspectedJournal } from '../store/journal/journal.ts';
import { extentsOnDisk } from '../store/recover.ts';
import { isWholeFile } from '../transfer/file/is-whole-file.ts';
import type { AnswerRecorder } from '../transfer/request/kept-answers.ts';
import { type OpenedResponse, openResponse, type RequestBase } from '../transfer/request/open-response.ts';
import { refusalError } from '../transfer/request/refusal-error.ts';
import { type AddDeps, recordOf } from './add.ts';

export interface PreviewDeps {
  readonly ports: { readonly http: HttpPort; readonly files: Files; readonly clock: Clock };
  readonly platform: Platform;
  readonly add: AddDeps;
  readonly defaultFolder: string;
  readonly requestOf: (record: DownloadRecord) => RequestBase;
  /** Where the answer goes that the download may have; null: it is given up unread. */
  readonly recorder: AnswerRecorder | null;
}

/** @throws SluiceError what is wrong with the request, or with the answer to it */
export async function previewDownload(deps: PreviewDeps, download: NewDownload, signal: AbortSignal): Promise<Preview> {
  const { ports, defaultFolder } = deps;
  const record = recordOf(download, { ...deps.add, defaultFolder, start: false, position: 0 });
  const left = await findLeft(ports.files, record);
  const answer = isSafe(record.request.method ?? 'GET') ? await ask(deps, record, { left, signal }) : null;
  const wanted = nameOf(deps, record, answer);
  const present = ports.files.join(record.folder, wanted);
  // What changed meanwhile gathers in a second partial, for the same name.
  const takesUp = left !== null && !left.isInUse;
  const fileName = takesUp ? left.fileName : await freeName(ports.files, record.folder, wanted);
  const ranges = answer?.resource.ranges ?? 'unknown';
  return {
    path: ports.files.join(record.folder, fileName),
    sizeBytes: answer?.resource.totalBytes ?? null,
    resumable: ranges === 'unknown' ? null : ranges !== 'refused',
    receivedBytes: takesUp && answer?.isChanged !== true ? left.receivedBytes : 0,
    isInUse: left?.isInUse ?? false,
    presentPath: (await isWholeFile(ports.files, present)) ? present : null,
    isAsked: answer !== null,
    contentType: answer?.resource.contentType ?? null,
    isKept: answer?.isKept ?? false,
  };
}

interface Left {
  readonly fileName: string;
  readonly resource: Resource | null;
  readonly receivedBytes: number;
  readonly isInUse: boolean;
}

/** The youngest partial of the link, as a download that begins would find it. */
async function findLeft(files: Files, { folder, url, request }: DownloadRecord): Promise<Left | null> {
  const links = [url, ...(request.mirrors ?? [])].map(withoutUserInfo);
  let youngest: { readonly rank: number; readonly createdAtMs: number; readonly fileName: string } | null = null;
  for await (const { head } of journalsIn(files, folder)) {
    const rank = links.indexOf(head.url);
    const isBetter =
      youngest === null || rank < youngest.rank || (rank === youngest.rank && head.createdAtMs > youngest.createdAtMs);
    if (rank >= 0 && isBetter) youngest = { rank, createdAtMs: head.createdAtMs, fileName: finalNameOf(head) };
  }
  if (youngest === null) return null;
  const { fileName } = youngest;
  try {
    const journal = await inspectNewest(files, folder, fileName);
    const partialPath = files.join(folder, partialName(journal.storedAs));
    if ((await files.lookUp(partialPath)) === null) return null;
    const { resource, isInUse } = journal;
    // What another process is writing to right now would be read twice, and differently.
    const extents = isInUse ? [...journal.trusted, ...journal.doubtful] : await extentsIn(files, partialPath, journal);
    return { fileName, resource, receivedBytes: totalLength(normaliseRanges(extents)), isInUse };
  } catch (error) {
    if (error instanceof SluiceError) return null;
    throw error;
  }
}

/** Those that a run would keep: after a power cut more may be claimed than is there. */
async function extentsIn(files: Files, path: string, journal: InspectedJournal): Promise<readonly Extent[]> {
  const partial = await files.open(path);
  try {
    return await extentsOnDisk(partial, journal);
  } finally {
    await partial.close();
  }
}

interface Answer {
  readonly opened: OpenedResponse;
  readonly resource: Resource;
  /** Not the version of which a part is on disk. */
  readonly isChanged: boolean;
  readonly isKept: boolean;
}

async function ask(
  { ports, requestOf, recorder }: PreviewDeps,
  record: DownloadRecord,
  { left, signal }: { readonly left: Left | null; readonly signal: AbortSignal },
): Promise<Answer> {
  const question = { url: record.url, range: null, known: left?.resource ?? null };
  const http = recorder?.http ?? ports.http;
  const opened = await openResponse({ ...ports, http }, requestOf(record), { ask: question, signal });
  const { verdict } = opened;
  // What is on disk already is asked for by range, so the answer to the whole is of no use to that download.
  const isKept = verdict.kind === 'whole' && left === null && recorder?.keep() === true;
  if (!isKept) opened.response.body.discard();
  if (verdict.kind === 'whole')
    return { opened, resource: verdict.resource, isChanged: verdict.version === 'changed', isKept };
  if (verdict.kind === 'refused' && verdict.encoded !== undefined)
    return { opened, resource: verdict.encoded.resource, isChanged: true, isKept };
  throw refusalError(opened);
}

function nameOf({ platform }: PreviewDeps, record: DownloadRecord, answer: Answer | null): string {
  return chooseFileName({
    url: record.url,
    finalUrl: answer?.opened.finalUrl ?? null,
    contentDisposition: answer === null ? null : headerValue(answer.opened.response.headers, 'content-disposition'),
    contentType: answer?.resource.contentType ?? null,
    userName: record.wantedName,
    platform,
  });
}

async function freeName(files: Files, folder: string, wanted: string): Promise<string> {
  for (const name of candidateNames(wanted)) {
    const others = [name, partialName(name), journalName(name)];
    const found = await Promise.all(others.map((one) => files.lookUp(files.join(folder, one))));
    if (found.every((one) => one === null)) return name;
  }
  throw new SluiceError('file-exists', 'no free name', { facts: { name: wanted } });
}
