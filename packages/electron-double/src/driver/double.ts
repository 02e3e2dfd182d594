/** Drives an application on the double. */
import type { ObservedState, WindowState } from '../control.ts';
import { ControlClient } from './control-client.ts';
import { spawnDouble } from './double-process.ts';
import type { ElectronDriver, Exit, LaunchOptions } from './driver.ts';
import { PageFinder } from './page-finder.ts';

function firstWindow(state: ObservedState): WindowState {
  const window = state.windows[0];
  if (window === undefined) throw new Error('the application has no window');
  return window;
}

/** Starts an application's built main script on the double. It may not be ready yet, and may end before it is. */
export async function launchElectronDouble(options: LaunchOptions): Promise<ElectronDriver> {
  const started = spawnDouble(options);
  const { child, exited } = started;
  const output = (): string => started.output();
  const control = new ControlClient(child, output);
  const pages = new PageFinder();
  const pid = child.pid;
  if (pid === undefined) throw new Error('the double did not start');

  const windowId = async (): Promise<number> => firstWindow(await control.send('state', undefined)).id;
  const end = async (): Promise<Exit> => {
    const exit = await exited;
    await pages.forget();
    return exit;
  };

  return {
    kind: 'double',
    pid,
    output,
    exited,
    state: () => control.send('state', undefined),
    waitFor: (condition, predicate) => control.waitFor(condition, predicate),
    async page() {
      const state = await control.waitFor('a window that has loaded', ({ windows }) => windows[0]?.loaded === true);
      return pages.find(state.debuggerUrl, firstWindow(state).targetId);
    },
    window: {
      close: async () => control.send('window.close', { id: await windowId() }),
      minimize: async () => control.send('window.minimize', { id: await windowId() }),
      restore: async () => control.send('window.restore', { id: await windowId() }),
      move: async (bounds) => control.send('window.move', { id: await windowId(), bounds }),
      async crash() {
        const id = await windowId();
        await pages.forget();
        await control.send('window.crash', { id });
      },
    },
    tray: {
      click: () => control.send('tray.click', undefined),
      choose: (label) => control.send('tray.menu', { label }),
    },
    menu: {
      choose: (...path) => control.send('menu.click', { path }),
      choosePopup: (label) => control.send('menu.popup', { label }),
    },
    dialogs: { answer: (answer) => control.send('dialog.answer', answer) },
    notifications: { click: (id) => control.send('notification.click', { id }) },
    clipboard: { write: (text) => control.send('clipboard.write', { text }) },
    power: { emit: (event) => control.send('power.emit', { event }) },
    theme: { setSystemDark: (dark) => control.send('theme.system', { dark }) },
    openUrl: (url) => control.send('app.open-url', { url }),
    secondInstance: (args) => spawnDouble({ ...options, args }).exited,
    async quit() {
      // The answer may be lost with the process.
      await control.send('app.quit', undefined).catch(() => undefined);
      return end();
    },
    async kill(signal = 'SIGKILL') {
      child.kill(signal);
      return end();
    },
  };
}
