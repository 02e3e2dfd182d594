/** What is in the menu bar: whole on macOS, where people look for it; elsewhere hidden, for its accelerators. Pure. */
import type { MenuItemConstructorOptions } from 'electron';
import type { Actions } from '../actions.ts';
import { text } from '../text.ts';

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  /** The page's tools belong to people who build Sluice. */
  readonly developer: boolean;
}

export function menuTemplate(actions: Actions, { platform, developer }: MenuOptions): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const file: MenuItemConstructorOptions[] = [
    { label: text.addLinks, accelerator: 'CmdOrCtrl+N', click: () => actions.addLinks() },
    { label: text.addFromClipboard, accelerator: 'CmdOrCtrl+Shift+V', click: () => actions.addFromClipboard() },
    { type: 'separator' },
    { label: text.pauseAll, click: () => actions.pauseAll() },
    { label: text.resumeAll, click: () => actions.resumeAll() },
    { type: 'separator' },
    { label: text.closeWindow, accelerator: 'CmdOrCtrl+W', click: () => actions.closeWindow() },
  ];
  const quit: MenuItemConstructorOptions = {
    label: text.quit,
    accelerator: 'CmdOrCtrl+Q',
    click: () => actions.quit(),
  };
  const tools: MenuItemConstructorOptions[] = [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }];
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(developer ? tools : []),
  ];
  return [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    { label: text.file, submenu: mac ? file : [...file, quit] },
    { label: text.edit, role: 'editMenu' },
    { label: text.view, submenu: view },
    { label: text.window, role: 'windowMenu' },
  ];
}
