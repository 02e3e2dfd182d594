/** Opens the host, or tells the person in plain words why it cannot be opened. */
import { createHost, defaultHostFolders, type Host } from '@sluice/host';
import { app, dialog, type BrowserWindow } from 'electron';
import { databaseRecoveredDetail, startFailure, text } from './text.ts';

/** The data folder is the one that server and command line use: one list, whoever looks at it. */
export async function startHost(): Promise<Host | null> {
  const { dataFolder } = defaultHostFolders();
  try {
    return await createHost({ dataFolder, downloadFolder: app.getPath('downloads'), version: app.getVersion() });
  } catch (error) {
    dialog.showErrorBox(text.startFailed, startFailure(error, dataFolder));
    return null;
  }
}

/** What happened while starting, once the window is there to show it over. */
export function showNotices(host: Host, window: BrowserWindow | undefined): void {
  for (const { setAsidePaths, restoredFromBackup } of host.notices) {
    const options = {
      type: 'warning' as const,
      message: text.databaseRecovered,
      detail: databaseRecoveredDetail(setAsidePaths, restoredFromBackup),
      buttons: [text.ok],
    };
    void (window === undefined ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options));
  }
}
