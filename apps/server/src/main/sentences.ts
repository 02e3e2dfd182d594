/** What the server says on a terminal: one sentence on what happened, one on what to do about it. */
import { type ErrorInfo, errorToInfo } from '@sluice/contract';
import type { HostNotice } from '@sluice/host';
import { listRecovered, recordsRecovered } from '@sluice/texts';

/** Why the server could not start. */
export function startSentence(error: unknown): string {
  const { code, detail, facts = {} } = errorToInfo(error);
  const path = String(facts['path'] ?? '');
  switch (code) {
    case 'host-busy':
      return `Another Sluice is already using ${path}. Use that one or close it, or give this one a folder of its own with --data.`;
    case 'port-in-use':
      return `Port ${facts['port'] ?? ''} is in use by another program. Choose another with --port, or leave --port out to take a free one.`;
    case 'file-access-denied':
      return `Sluice may not write to ${path}. Choose another folder with --folder (for files) or --data (for its own), or change who may write there.`;
    case 'folder-missing':
      return `${path} cannot be made: something on the way to it is not a folder. Choose another folder.`;
    case 'database-unreadable':
      if (facts['is'] === 'folder')
        return `A folder is where the list of downloads should be: ${path}. Move it away, or use another folder with --data.`;
      return facts['newestKnown'] === undefined
        ? `The list of downloads in ${path} cannot be read, and could not be set aside. Use another folder with --data.`
        : `The list of downloads in ${path} was written by a newer Sluice. Update this one, or use another folder with --data.`;
    case 'disk-full':
      return `There is no room left for ${path}. Make room, or choose another folder.`;
    case 'file-missing':
      return `The window's files are missing from ${path}. Build them with: pnpm --filter @sluice/server build`;
    case 'request-invalid':
      return facts['port'] === undefined
        ? `Other machines could reach ${facts['address'] ?? 'this address'}. Add --allow-remote if that is what you want; the key to this server then travels in clear.`
        : `Sluice cannot listen on ${facts['address'] ?? ''} port ${facts['port']} (${detail ?? code}). Choose others with --address and --port.`;
    default:
      return `Sluice could not start: ${detail ?? code}.`;
  }
}

export function noticeSentence(notice: HostNotice): string {
  if (notice.kind === 'records-recovered') return recordsRecovered(notice);
  const comfort = notice.restoredFromBackup ? '' : ' Nothing fetched is lost: add a link again and it resumes.';
  return `${listRecovered(notice)}${comfort}`;
}

/** Why a link was not added. @param url free of secrets */
export function rejectedSentence(url: string, error: ErrorInfo): string {
  switch (error.code) {
    case 'url-invalid':
      return `"${url}" is not a link.`;
    case 'url-unsupported':
      return `"${url}" is not a kind of link Sluice can fetch.`;
    default:
      return `"${url}" was not added: ${error.detail ?? error.code}.`;
  }
}
