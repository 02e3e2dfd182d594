/** The double of the `electron` module: what `import … from 'electron'` finds in the application's main process. */
import type * as Electron from 'electron';
import { app } from './app.ts';
import { DoubleBrowserWindow as BrowserWindow } from './pages/browser-window.ts';
import { dialog } from './dialog.ts';
import { ipcMain } from './ipc-main.ts';
import { DoubleMenu as Menu, DoubleMenuItem as MenuItem } from './menu.ts';
import { DoubleMessageChannelMain as MessageChannelMain } from './pages/message-port-main.ts';
import { nativeImage } from './native-image.ts';
import { nativeTheme } from './native-theme.ts';
import { DoubleNotification as Notification } from './notification.ts';
import { protocol } from './pages/protocol.ts';
import { safeStorage } from './safe-storage.ts';
import { session } from './pages/session.ts';
import { clipboard, powerMonitor, powerSaveBlocker, screen, shell } from './system.ts';
import { DoubleTray as Tray } from './tray.ts';

const electron = {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
};

/** Nothing may be offered here that Electron's own module does not have, neither a name nor a member of it. */
type OnlyElectronNames = keyof typeof electron extends keyof typeof Electron ? true : never;
export const onlyElectronNames: OnlyElectronNames = true;

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
};
