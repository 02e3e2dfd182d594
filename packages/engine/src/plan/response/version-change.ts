/** What two answers said of the versions that they belong to, as facts of an error and as what a window shows. */
import type { ErrorInfo, VersionChange, VersionFacts } from '@sluice/contract';
import { parseContentRange } from './content-range.ts';
import { headerValue } from './headers.ts';
import type { Resource } from './resource.ts';
import type { ResponseHead } from './verdict.ts';

export type { VersionChange, VersionFacts } from '@sluice/contract';

export function versionOf({ totalBytes, etag, lastModified }: Resource): VersionFacts {
  return { sizeBytes: totalBytes, etag, lastModified };
}

/** Of the version that an answer belongs to, whether its bytes may be taken or not; null when it is not about a file. */
export function versionSeen(head: Pick<ResponseHead, 'status' | 'headers' | 'bodyLengthBytes'>): VersionFacts | null {
  const sizeBytes = sizeSeen(head);
  if (sizeBytes === undefined) return null;
  return {
    sizeBytes,
    etag: headerValue(head.headers, 'etag'),
    lastModified: headerValue(head.headers, 'last-modified'),
  };
}

/** Undefined when the status is not that of a file. */
function sizeSeen({ status, headers, bodyLengthBytes }: Pick<ResponseHead, 'status' | 'headers' | 'bodyLengthBytes'>) {
  if (status === 200) return headerValue(headers, 'content-encoding') === null ? bodyLengthBytes : null;
  if (status !== 206 && status !== 416) return undefined;
  const value = headerValue(headers, 'content-range');
  const range = value === null ? null : parseContentRange(value);
  return range?.totalBytes ?? null;
}

const factNames = { sizeBytes: 'SizeBytes', etag: 'Etag', lastModified: 'LastModified' } as const;
const versionKeys = ['sizeBytes', 'etag', 'lastModified'] as const;

/** As facts of `resource-changed`; what is not known is left out. */
export function changeFacts({ before, now }: VersionChange): Record<string, string | number> {
  const facts: Record<string, string | number> = {};
  for (const key of versionKeys) {
    const [known, seen] = [before[key], now[key]];
    if (known !== null) facts[`known${factNames[key]}`] = known;
    if (seen !== null) facts[`seen${factNames[key]}`] = seen;
  }
  return facts;
}

/** What an error says of a file that has changed; null when it says nothing of the kind. */
export function changeOf({ code, facts = {} }: ErrorInfo): VersionChange | null {
  if (code !== 'resource-changed') return null;
  return { before: versionFrom(facts, 'known'), now: versionFrom(facts, 'seen') };
}

function versionFrom(facts: NonNullable<ErrorInfo['facts']>, which: 'known' | 'seen'): VersionFacts {
  const text = (name: string): string | null => {
    const value = facts[which + name];
    return typeof value === 'string' ? value : null;
  };
  const sizeBytes = facts[`${which}SizeBytes`];
  return {
    sizeBytes: typeof sizeBytes === 'number' && Number.isSafeInteger(sizeBytes) && sizeBytes >= 0 ? sizeBytes : null,
    etag: text('Etag'),
    lastModified: text('LastModified'),
  };
}
