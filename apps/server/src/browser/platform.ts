/** What a page in someone's browser can do for the UI beyond the engine. */
import { type DownloadId, SluiceError } from '@sluice/contract';
import type { PlatformServices } from '@sluice/ui';
import { askSessions, ticketForFile } from './connect.ts';

export function browserPlatform(version: string): PlatformServices {
  return {
    kind: 'browser',
    os: guessSystem(navigator.userAgent),
    version,
    // A server has no keyring.
    secretStorage: 'plain',
    copyText,
    openFile: saveFile,
    sessions: {
      list: () => askSessions('list'),
      revoke: (id) => askSessions({ revoke: id }),
      revokeOthers: () => askSessions({ revoke: 'others' }),
    },
  };
}

/** The browser's own machine, which need not be the server's; decides key names only. */
function guessSystem(userAgent: string): PlatformServices['os'] {
  if (userAgent.includes('Windows')) return 'win32';
  if (/Macintosh|Mac OS X/.test(userAgent)) return 'darwin';
  return /Linux|X11|CrOS/.test(userAgent) ? 'linux' : 'unknown';
}

async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch (cause) {
    // Also where there is no clipboard at all: pages over plain http from another machine.
    throw new SluiceError('unsupported', 'this browser does not let the page copy', { cause });
  }
}

/** Files are the server's: "open" hands the browser a copy, under an address that works once. */
async function saveFile(id: DownloadId): Promise<void> {
  const ticket = await ticketForFile(id);
  if (ticket === null) throw new SluiceError('file-missing');
  const link = document.createElement('a');
  link.href = `/files/${encodeURIComponent(id)}?ticket=${ticket}`;
  link.download = '';
  link.click();
}
