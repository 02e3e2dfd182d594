/** Opens the host, or tells the person in plain words why it cannot be opened. */
import { SluiceError } from '@sluice/contract';
import { connectToRunningHost, createHost, defaultHostFolders, type Host } from '@sluice/host';
import { app, dialog, safeStorage, type BrowserWindow } from 'electron';
import { addLinks } from '../links.ts';
import { openSecretCipher } from '../secret-key.ts';
import { noticeDetail, startFailure, text } from '../text.ts';

/**
 * The data folder is the one that server and command line use: all of them show one list.
 * @param links of the command line; when another host owns the folder, it is handed them
 */
export async function startHost(links: readonly string[]): Promise<Host | null> {
  const { dataFolder } = defaultHostFolders();
  try {
    const secretCipher = await openSecretCipher(safeStorage, { dataFolder, platform: process.platform });
    const host = await createHost({
      dataFolder,
      downloadFolder: app.getPath('downloads'),
      version: app.getVersion(),
      ...(secretCipher === null ? {} : { secretCipher }),
    });
    host.log.info('secrets are stored', { encrypted: host.secretStorage === 'encrypted' ? 'yes' : 'no' });
    return host;
  } catch (error) {
    const isBusy = error instanceof SluiceError && error.code === 'host-busy';
    const handedOver = isBusy && (await handOver(dataFolder, links));
    dialog.showErrorBox(
      text.startFailed,
      `${startFailure(error, dataFolder)}${handedOver ? `\n\n${text.handedOver}` : ''}`,
    );
    return null;
  }
}

/** @returns whether the running host took every link */
async function handOver(dataFolder: string, links: readonly string[]): Promise<boolean> {
  if (links.length === 0) return false;
  const running = await connectToRunningHost(dataFolder);
  if (running === null) return false;
  let taken = true;
  const onRejected = (): void => void (taken = false);
  try {
    await addLinks(links, { api: running, onRejected, onError: onRejected });
  } finally {
    running.close();
  }
  return taken;
}

/** What happened while starting, once the window is there to show it over. */
export function showNotices(host: Host, window: BrowserWindow | undefined): void {
  for (const notice of host.notices) {
    const options = {
      type: 'warning' as const,
      message: text.databaseRecovered,
      detail: noticeDetail(notice),
      buttons: [text.ok],
    };
    void (window === undefined ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options));
  }
}
