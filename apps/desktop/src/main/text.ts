/** Every sentence the desktop itself shows: tray, menus, notifications and the boxes around the window. */
import { SluiceError } from '@sluice/contract';
import type { HostNotice } from '@sluice/host';
import { listRecovered, recordsRecovered } from '@sluice/texts';

export const text = {
  name: 'Sluice',
  show: 'Show Sluice',
  addLinks: 'Add links…',
  addFromClipboard: 'Add from clipboard…',
  pauseAll: 'Pause all',
  resumeAll: 'Resume all',
  quit: 'Quit Sluice',
  file: 'File',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  closeWindow: 'Close window',
  chooseFolder: 'Choose a folder',
  finished: 'Download finished',
  failed: 'Download failed',
  finishedMany: (count: number) => `${count} downloads finished`,
  failedMany: (count: number) => `${count} downloads failed`,
  stillRunning: 'Sluice keeps downloading',
  stillRunningBody: 'The window is closed. Start Sluice again to see it.',
  stillRunningTrayBody: 'The window is closed. Click the tray icon to see it.',
  openProgram: (name: string) => `Open “${name}”?`,
  openProgramDetail:
    'This file can run on your computer and came from the network. Open it only if you trust where it came from.',
  open: 'Open',
  keepClosed: 'Don’t open',
  startFailed: 'Sluice cannot start',
  handedOver: 'The links you gave were handed to it.',
  databaseRecovered: 'The list of downloads was damaged',
  ok: 'OK',
} as const;

/** How a start that failed is explained; nothing a person has is lost in any of these cases. */
export function startFailure(error: unknown, dataFolder: string): string {
  const { code, facts = {} } = error instanceof SluiceError ? error : { code: 'internal' as const };
  if (code === 'database-unreadable' && 'newestKnown' in facts)
    return `A newer Sluice wrote the list of downloads in ${dataFolder}. Update this one, then start it again. Your files are untouched.`;
  if (code === 'database-unreadable' && facts['is'] === 'folder')
    return `A folder is where the list of downloads should be in ${dataFolder}. Move it away, then start Sluice again.`;
  switch (code) {
    case 'host-busy':
      return `Another Sluice is using ${dataFolder}. It may be “sluice serve” in a terminal. End it, then start Sluice again.`;
    case 'database-unreadable':
      return `The list of downloads in ${dataFolder} cannot be read, and could not be set aside either. Your files are untouched.`;
    case 'file-access-denied':
      return `Sluice may not write to ${dataFolder}. Allow it to, then start Sluice again.`;
    case 'folder-missing':
      return `The folder ${dataFolder} cannot be made. Check the disk, then start Sluice again.`;
    case 'disk-full':
      return `The disk that holds ${dataFolder} is full. Free some space, then start Sluice again.`;
    default:
      return `Something unexpected happened: ${error instanceof Error ? error.message : code}. Your files are untouched. If it stays so, please report it.`;
  }
}

/** What a start found damaged and put right. */
export function noticeDetail(notice: HostNotice): string {
  const said = notice.kind === 'database-recovered' ? listRecovered(notice) : recordsRecovered(notice);
  return `${said} Your files are untouched.`;
}

const units = ['B/s', 'kB/s', 'MB/s', 'GB/s'] as const;

/** A speed as the tray shows it, in decimal units: `12.4 MB/s`. */
export function speedText(bytesPerSecond: number): string {
  let value = bytesPerSecond;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit] ?? ''}`;
}
