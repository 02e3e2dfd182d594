/** Gives a download another link or another way of asking, with everything fetched kept for the next run to prove. */
import type { Params } from '@sluice/contract';
import { SluiceError } from '../errors.ts';
import { givesSecrets } from '../download/secrets.ts';
import type { DownloadRecord } from '../download/record.ts';
import { checkHeaders } from '../plan/request/check-headers.ts';
import { withoutUserInfo } from '../plan/request/user-info.ts';
import { checkNewUrl } from '../plan/request/check-new-url.ts';
import { checkRequest } from '../plan/request/check-request.ts';
import { forOtherParty, mergeRequest } from '../plan/request/merge-request.ts';
import { isSameParty } from '../plan/request/redirect.ts';
import type { DownloadList } from '../queue/download-list.ts';
import type { Entry } from '../queue/entry.ts';
import type { Runner } from '../queue/runner.ts';
import type { Controls } from './controls.ts';

/**
 * The journal keeps the old link until the new one has proved equal, so nothing here touches what is on disk.
 * @throws SluiceError `download-unknown`, `url-invalid`, `url-unsupported`, `already-listed`, `request-invalid`, `header-refused`
 */
export async function changeRequest(
  parts: { readonly list: DownloadList; readonly runner: Runner; readonly controls: Controls },
  change: Params<'changeRequest'>,
): Promise<Record<string, never>> {
  const { list, runner, controls } = parts;
  const [entry] = controls.find([change.id]);
  if (isFinished(entry)) throw new SluiceError('request-invalid', 'the download is finished');
  const url = change.url === undefined ? entry.record.url : checkNewUrl(change.url);
  const { record } = entry;
  const staysHome = isSameParty(record.url, url);
  const kept = staysHome ? record.request : forOtherParty(record.request);
  const headers = change.headers ?? (staysHome ? record.headers : {});
  checkHeaders(change.headers ?? {});
  const request = checkRequest(url, mergeRequest(kept, change.request ?? {}));
  const same = url === entry.record.url ? null : list.findSame(url, entry.record.folder);
  if (same !== null) throw new SluiceError('already-listed', 'another download fetches this link into this folder');
  const wantsToRun = entry.state.kind !== 'paused' && entry.state.kind !== 'cancelled';
  list.apply(entry, { kind: 'pause' });
  await runner.stop(entry, 'pause');
  // The run may have finished in the meantime, or the download was removed.
  if (list.get(change.id) !== entry || isFinished(entry)) return {};
  const isReadable = !record.needsSignIn || givesSecrets(change, request);
  list.update(entry, {
    url,
    request,
    ...(isReadable ? { needsSignIn: false } : {}),
    // A file that the old link was about to finish is not the new one's.
    ...(url === entry.record.url ? {} : { fileIdentity: null }),
    headers,
    formerLinks: formerLinksOf(record, url, request.mirrors),
  });
  list.save();
  return wantsToRun ? controls.retry([change.id]) : {};
}

function isFinished(entry: Entry): boolean {
  return entry.state.kind === 'finished';
}

/** What is on disk stays the old link's until the new one has proved equal. */
function formerLinksOf(record: DownloadRecord, url: string, mirrors: readonly string[] = []): string[] {
  if (record.fileName === null) return [];
  const before = [...(record.formerLinks ?? []), record.url, ...(record.request.mirrors ?? [])];
  return [...new Set(before)].filter((link) => link !== url && !mirrors.includes(link)).map(withoutUserInfo);
}
