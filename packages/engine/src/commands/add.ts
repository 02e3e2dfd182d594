/** Puts new links on the list: each judged by itself, none twice. */
import { randomUUID } from 'node:crypto';
import { isAbsolute } from 'node:path';
import {
  type Added,
  errorToInfo,
  formatChecksum,
  mainQueueId,
  type NewDownload,
  parseChecksum,
} from '@sluice/contract';
import type { DownloadRecord } from '../download/record.ts';
import { SluiceError } from '../errors.ts';
import { checkHeaders } from '../plan/request/check-headers.ts';
import { checkNewUrl } from '../plan/request/check-new-url.ts';
import { checkRequest } from '../plan/request/check-request.ts';
import { sanitizeFileName } from '../plan/names/sanitize.ts';
import { redactUrl } from '../plan/request/redact.ts';
import type { Clock } from '../ports/clock.ts';
import type { Platform } from '../plan/names/sanitize.ts';
import type { DownloadList } from '../queue/download-list.ts';
import type { Queues } from '../queue/queues.ts';

type AddResult = Added['results'][number];

export interface AddOptions {
  readonly downloads: readonly NewDownload[];
  readonly start: boolean;
  readonly defaultFolder: string;
}

export interface AddDeps {
  readonly clock: Clock;
  readonly platform: Platform;
  readonly queues: Queues;
}

/** The accepted ones are durable when it returns. */
export function addDownloads(list: DownloadList, options: AddOptions, context: AddDeps): Added {
  const records: DownloadRecord[] = [];
  const idByKey = new Map<string, string>();
  let position = (list.inOrder().at(-1)?.record.position ?? 0) + 1;
  const results = options.downloads.map((download): AddResult => {
    try {
      const record = recordOf(download, { ...options, ...context, position });
      const key = `${record.folder}\n${record.url}`;
      const sameId = list.findSame(record.url, record.folder)?.record.id ?? idByKey.get(key);
      if (sameId !== undefined) return { kind: 'present', id: sameId };
      position += 1;
      idByKey.set(key, record.id);
      records.push(record);
      return { kind: 'added', id: record.id };
    } catch (error) {
      return { kind: 'rejected', url: redactUrl(download.url), error: errorToInfo(error) };
    }
  });
  if (records.length > 0) list.add(records);
  return { results };
}

/** @throws SluiceError what is wrong with the download */
export function recordOf(
  download: NewDownload,
  context: Omit<AddOptions, 'downloads'> & AddDeps & { readonly position: number },
): DownloadRecord {
  const folder = download.folder ?? context.defaultFolder;
  if (!isAbsolute(folder))
    throw new SluiceError('request-invalid', 'the folder is not absolute', { facts: { folder } });
  const url = checkNewUrl(download.url);
  return {
    id: randomUUID(),
    url,
    folder,
    wantedName: download.name === undefined ? null : checkName(download.name, context.platform),
    fileName: null,
    fileIdentity: null,
    keptApart: null,
    headers: checkedHeaders(download.headers ?? {}),
    request: checkRequest(url, download.request),
    needsSignIn: false,
    maxConnections: download.maxConnections ?? 0,
    checksum: download.checksum === undefined ? null : formatChecksum(parseChecksum(download.checksum)),
    findChecksum: download.findChecksum ?? null,
    ...(download.verify === undefined ? {} : { verify: download.verify }),
    skipIfPresent: download.skipIfPresent ?? false,
    onChanged: download.onChanged ?? 'ask',
    change: null,
    leavesAlone: [],
    verifiedBy: null,
    verifiedFrom: null,
    speedLimitBytesPerSecond: download.speedLimitBytesPerSecond ?? 0,
    state: { kind: context.start ? 'queued' : 'paused' },
    sizeBytes: null,
    receivedBytes: 0,
    resumable: null,
    addedAtMs: context.clock.wallMs(),
    maxAttempts: download.maxAttempts ?? null,
    queueId: context.queues.require(download.queueId ?? mainQueueId),
    priority: download.priority ?? 'normal',
    position: context.position,
  };
}

function checkedHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  checkHeaders(headers);
  return headers;
}

/** A path is refused rather than quietly made into a name: the user meant another folder. */
function checkName(name: string, platform: Platform): string {
  if (/[/\\]/.test(name)) throw new SluiceError('name-invalid', 'a name may not hold a path', { facts: { name } });
  return sanitizeFileName(name, platform);
}
