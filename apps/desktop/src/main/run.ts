/** Composes the application: host, window, and what shows around them. Called once, by the first instance. */
import { join } from 'node:path';
import type { Host } from '@sluice/host';
import { app, clipboard, protocol } from 'electron';
import { scheme } from '../shared/addresses.ts';
import type { Actions } from './actions.ts';
import { answerAppRequest, listAppFiles } from './files/app-files.ts';
import { installMenu } from './menus/application-menu.ts';
import { linksFromHandover, linksInText } from './lifecycle/command-line.ts';
import { closeAction } from './window/close-policy.ts';
import { openDesktopState } from './lifecycle/desktop-state-file.ts';
import { installGuards } from './window/guards.ts';
import { appIcon, iconFolder } from './icons.ts';
import { addLinks } from './links.ts';
import { openMainWindow, preloadPath } from './window/main-window.ts';
import { createFileOpener } from './files/open-file.ts';
import { createPlatformHandlers } from './lifecycle/platform-handlers.ts';
import { createSystemStatus } from './tray/system-status.ts';
import { joinOnQuit } from './lifecycle/quitting.ts';
import { showNotices, startHost } from './lifecycle/start-host.ts';
import { text } from './text.ts';
import { hasTrayHost } from './tray/tray-host.ts';
import { serveWindow } from './window/window-connections.ts';

/** Errors that no window shows go to the host's log. */
function logTo(host: Host): (message: string) => (error: unknown) => void {
  return (message) => (error) =>
    host.log.warn(message, { reason: error instanceof Error ? error.message : String(error) });
}

/**
 * @param mainFolder where the built main script lies
 * @param links of the command line
 */
export async function run(mainFolder: string, links: readonly string[]): Promise<void> {
  await app.whenReady();
  installGuards();
  const files = await listAppFiles(join(mainFolder, '..', 'renderer'));
  protocol.handle(scheme, (request) => answerAppRequest(files, request));

  const host = await startHost(links);
  if (host === null) {
    app.exit(1);
    return;
  }
  const { api } = host;
  const log = logTo(host);
  const iconsFolder = iconFolder(mainFolder);
  const state = openDesktopState(
    join(app.getPath('userData'), 'desktop-state.json'),
    log('the window was not remembered'),
  );

  const quitting = joinOnQuit(async () => {
    window.remember();
    window.current()?.hide();
    systemStatus.close();
    connections.close();
    await host.close();
  });

  const actions: Actions = {
    show: () => window.show(),
    addLinks: () => {
      window.show();
      connections.openUrls([]);
    },
    addFromClipboard: () => {
      window.show();
      clipboard
        .readText()
        .then((copied) => connections.openUrls(linksInText(copied)), log('the clipboard was not read'));
    },
    pauseAll: () => void api.pauseAll({}).catch(log('pausing all failed')),
    resumeAll: () => void api.resumeAll({}).catch(log('resuming all failed')),
    closeWindow: () => window.current()?.close(),
    quit: () => quitting.begin(),
  };

  const window = openMainWindow({
    state,
    icon: appIcon(iconsFolder),
    preload: preloadPath(mainFolder),
    isQuitting: quitting.underWay,
    onPageLost: (reason) => log('the window was lost')(reason),
    onCloseRequest: () => void leaveWindow(),
  });
  const connections = serveWindow({ window: window.current, onRefused: log('a stranger asked for ports') });
  const systemStatus = createSystemStatus({
    api,
    actions,
    iconsFolder,
    window: window.current,
    onError: log('the desktop lost sight of the list'),
  });
  const opener = createFileOpener({
    api,
    window: window.current,
    isFinished: (id) => systemStatus.replica.downloads.get(id)?.state.kind === 'finished',
  });
  connections.start({
    api,
    handlers: createPlatformHandlers(opener, window.current),
    secretStorage: host.secretStorage,
  });
  installMenu(actions, { platform: process.platform, developer: !app.isPackaged });

  /** Closing the window leaves the downloads running, as the settings say. */
  async function leaveWindow(): Promise<void> {
    const trayHost = await hasTrayHost();
    const action = closeAction({ keepRunning: systemStatus.replica.settings().keepRunningInTray, trayHost });
    if (action === 'quit') {
      actions.quit();
      return;
    }
    if (action === 'hide') window.current()?.hide();
    else window.current()?.minimize();
    if (state.read().toldAboutTray || action === 'minimize') return;
    state.update({ toldAboutTray: true });
    systemStatus.notifier.say(text.stillRunning, text.stillRunningTrayBody);
  }

  function takeLinks(given: readonly string[]): void {
    const onRejected = (urls: readonly string[]): void => {
      window.show();
      connections.openUrls(urls);
    };
    void addLinks(given, { api, onRejected, onError: log('links were not added') });
  }

  app.on('second-instance', (_event, _argv, _folder, data) => {
    window.show();
    takeLinks(linksFromHandover(data));
  });
  app.on('activate', () => window.show());
  app.on('open-url', (event, url) => {
    event.preventDefault();
    window.show();
    connections.openUrls([url]);
  });
  // The window is kept; only quitting ends it, and quitting has its own way.
  app.on('window-all-closed', () => undefined);
  takeLinks(links);
  showNotices(host, window.current());
}
