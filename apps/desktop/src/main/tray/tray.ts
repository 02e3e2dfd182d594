/** The tray: the state at a glance, and the few commands that matter there. */
import { Menu, nativeTheme, Tray } from 'electron';
import type { Actions } from '../actions.ts';
import { idle, trayState, trayToolTip, type Activity } from '../lifecycle/activity.ts';
import { trayIcon } from '../icons.ts';
import { text } from '../text.ts';

export interface SluiceTray {
  update(activity: Activity): void;
  close(): void;
}

function createMenu(actions: Actions): Menu {
  return Menu.buildFromTemplate([
    { label: text.show, click: () => actions.show() },
    { label: text.addFromClipboard, click: () => actions.addFromClipboard() },
    { type: 'separator' },
    { label: text.pauseAll, click: () => actions.pauseAll() },
    { label: text.resumeAll, click: () => actions.resumeAll() },
    { type: 'separator' },
    { label: text.quit, click: () => actions.quit() },
  ]);
}

/** Told often, it touches the system only when what it shows changes. */
export function createTray(iconsFolder: string, actions: Actions): SluiceTray {
  let state = trayState(idle);
  let toolTip = trayToolTip(idle);
  const tray = new Tray(trayIcon(iconsFolder, state));
  tray.setToolTip(toolTip);
  tray.setContextMenu(createMenu(actions));
  // On macOS a click opens the menu; elsewhere it brings the window.
  if (process.platform !== 'darwin') tray.on('click', () => actions.show());
  const refresh = (): void => tray.setImage(trayIcon(iconsFolder, state));
  nativeTheme.on('updated', refresh);
  return {
    update(activity) {
      const nextState = trayState(activity);
      if (nextState !== state) {
        state = nextState;
        refresh();
      }
      const nextToolTip = trayToolTip(activity);
      if (nextToolTip === toolTip) return;
      toolTip = nextToolTip;
      tray.setToolTip(toolTip);
    },
    close() {
      nativeTheme.off('updated', refresh);
      tray.destroy();
    },
  };
}
