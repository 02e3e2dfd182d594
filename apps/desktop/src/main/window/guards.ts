/** What no page may do, set before the first one exists: permissions, navigation, new windows, embedded pages. */
import { app, protocol, session, shell, type WebContents } from 'electron';
import { isExternalAddress } from '../files/external-address.ts';
import { scheme } from '../../shared/addresses.ts';

/** Before `ready`: Chromium reads the list of schemes once. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

function guardContents(contents: WebContents): void {
  // The page is one document for ever; whatever would replace it was not our doing.
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isExternalAddress(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}

/** Electron grants every permission by default. */
export function installGuards(): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  // The engine downloads; the window never does.
  defaultSession.on('will-download', (event) => event.preventDefault());
}
