/** A small application that uses every part of the double once; its state shows in the page and in the driver. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeTheme,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  session,
  shell,
  Tray,
} from 'electron';

const folder = import.meta.dirname;
const policy = "default-src 'none'; script-src 'self'; connect-src 'self'";
const types = { html: 'text/html', js: 'text/javascript' };

protocol.registerSchemesAsPrivileged([{ scheme: 'fixture', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);

/** @type {BrowserWindow | undefined} */
let window;

function log(...parts) {
  console.log('fixture:', ...parts);
}

function serve(request) {
  const { pathname, host } = new URL(request.url);
  if (host !== 'app' || !/^\/[a-z]+\.(?:html|js)$/.test(pathname)) return new Response('no', { status: 404 });
  const body = readFileSync(join(folder, pathname));
  return new Response(body, {
    headers: { 'content-type': types[pathname.split('.').pop()], 'content-security-policy': policy, 'x-asked': request.url },
  });
}

function handOver(event) {
  const { port1, port2 } = new MessageChannelMain();
  port1.on('message', ({ data }) => port1.postMessage({ echo: data, origin: event.senderFrame.origin, url: event.senderFrame.url }));
  port1.on('close', () => log('port closed'));
  port1.start();
  port1.postMessage('welcome');
  event.senderFrame.postMessage('ports', { hello: new Date(0) }, [port2]);
}

function openWindow() {
  window = new BrowserWindow({
    width: 700,
    height: 500,
    show: false,
    webPreferences: { preload: join(folder, 'preload.cjs'), sandbox: true, contextIsolation: true },
  });
  window.on('ready-to-show', () => window.show());
  window.on('close', (event) => {
    if (process.argv.includes('--keep')) {
      event.preventDefault();
      window.hide();
    }
  });
  window.webContents.on('will-navigate', (details) => {
    log('will-navigate', details.url);
    details.preventDefault();
  });
  window.webContents.setWindowOpenHandler(({ url }) => {
    log('window-open', url);
    return { action: 'deny' };
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log('gone', reason);
    window.webContents.reload();
  });
  void window.loadURL('fixture://app/index.html');
}

app.on('web-contents-created', () => log('contents'));
for (const name of ['before-quit', 'will-quit', 'quit', 'window-all-closed']) app.on(name, () => log('event', name));
app.on('second-instance', (_event, argv, _folder, data) => {
  log('second', JSON.stringify({ argv: argv.slice(-1), data }));
  window?.show();
});
app.on('before-quit', (event) => {
  if (process.argv.includes('--refuse-quit')) event.preventDefault();
});
nativeTheme.on('updated', () => log('theme', nativeTheme.shouldUseDarkColors));
powerMonitor.on('resume', () => log('resumed'));

if (app.requestSingleInstanceLock({ args: process.argv.slice(2) })) {
  void app.whenReady().then(() => {
    protocol.handle('fixture', serve);
    if (process.argv.includes('--deny')) {
      session.defaultSession.setPermissionCheckHandler(() => false);
      session.defaultSession.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
    }
    ipcMain.on('connect', handOver);
    ipcMain.handle('add', (_event, a, b) => a + b);
    const tray = new Tray(join(folder, 'icon.png'));
    tray.setToolTip('fixture');
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Show', click: () => window?.show() },
        { label: 'Off', enabled: false, click: () => log('never') },
        { label: 'Quit', role: 'quit' },
      ]),
    );
    Menu.setApplicationMenu(
      Menu.buildFromTemplate([
        {
          label: 'File',
          submenu: [
            {
              label: 'Open…',
              accelerator: 'CmdOrCtrl+O',
              click: async () => {
                const { filePaths } = await dialog.showOpenDialog(window, { title: 'Pick', properties: ['openDirectory'] });
                log('picked', filePaths.join(','));
                shell.showItemInFolder(filePaths[0]);
              },
            },
            {
              label: 'Paste',
              click: async () => {
                const notification = new Notification({ title: 'Pasted', body: await clipboard.readText() });
                notification.on('click', () => log('notification clicked'));
                notification.show();
                powerSaveBlocker.start('prevent-app-suspension');
                app.setBadgeCount(3);
                window.setProgressBar(0.5);
              },
            },
          ],
        },
      ]),
    );
    openWindow();
  });
} else {
  app.quit();
}
