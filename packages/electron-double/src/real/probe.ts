/**
 * Runs inside Electron's own main process before the application: watches what it shows to the desktop, and plays the
 * user's part where Electron lets a program do so. Self-contained: its text is handed to Electron as a script.
 */
import type * as Electron from 'electron';
import type { Menu, MenuItem, Notification, Tray } from 'electron';
import type {
  CommandName,
  ControlCommands,
  DialogAnswer,
  DialogState,
  MenuItemState,
  ObservedState,
  ShellAction,
} from '../control.ts';

type ElectronModule = typeof Electron;

export interface Probe {
  readState(): Promise<ObservedState>;
  run<C extends CommandName>(name: C, params: ControlCommands[C]['params']): Promise<unknown>;
}

export function installProbe(electron: ElectronModule): Probe {
  const { app, BrowserWindow, dialog, powerMonitor, powerSaveBlocker, shell } = electron;
  const lifecycle: string[] = [];
  const trays = new Map<Tray, { toolTip: string; menu: Menu | null }>();
  const notifications: { readonly notification: Notification; shown: boolean }[] = [];
  const dialogs: DialogState[] = [];
  const answers: DialogAnswer[] = [];
  const waiting: ((answer: DialogAnswer) => void)[] = [];
  const shellActions: ShellAction[] = [];
  const blockers = new Map<number, string>();
  const progress = new Map<number, number>();
  const loaded = new Set<number>();
  let popupMenu: Menu | null = null;

  for (const name of ['ready', 'before-quit', 'will-quit', 'quit', 'window-all-closed'] as const) {
    app.on(name as 'ready', () => void lifecycle.push(name));
  }
  app.on('browser-window-created', (_event, window) => {
    window.webContents.on('did-finish-load', () => loaded.add(window.id));
    window.webContents.on('render-process-gone', () => loaded.delete(window.id));
    window.on('closed', () => lifecycle.push('window-closed'));
  });

  /** Looks at a method's calls on their way. */
  function watch<T extends object, K extends keyof T>(
    owner: T,
    name: K,
    check: (self: unknown, args: unknown[]) => void,
  ): void {
    const original = owner[name] as (...args: unknown[]) => unknown;
    Object.defineProperty(owner, name, {
      configurable: true,
      value(this: unknown, ...args: unknown[]) {
        check(this, args);
        return original.apply(this, args);
      },
    });
  }

  /** Takes a method's place. */
  function replace<T extends object, K extends keyof T>(owner: T, name: K, value: T[K]): void {
    Object.defineProperty(owner, name, { configurable: true, value });
  }

  function trayOf(self: unknown): { toolTip: string; menu: Menu | null } {
    const tray = self as Tray;
    const known = trays.get(tray) ?? { toolTip: '', menu: null };
    trays.set(tray, known);
    return known;
  }

  watch(electron.Tray.prototype, 'setToolTip', (self, [toolTip]) => void (trayOf(self).toolTip = String(toolTip)));
  watch(electron.Tray.prototype, 'setContextMenu', (self, [menu]) => void (trayOf(self).menu = menu as Menu | null));
  watch(electron.Tray.prototype, 'destroy', (self) => void trays.delete(self as Tray));
  watch(
    electron.Notification.prototype,
    'show',
    (self) => void notifications.push({ notification: self as Notification, shown: true }),
  );
  watch(BrowserWindow.prototype, 'setProgressBar', (self, [value]) => {
    progress.set((self as InstanceType<typeof BrowserWindow>).id, Number(value));
  });
  // Shown for real it would wait for a pointer.
  const showPopup = (menu: Menu): void => void (popupMenu = menu);
  replace(electron.Menu.prototype, 'popup', function popup(this: Menu) {
    showPopup(this);
  });
  const startBlocker = powerSaveBlocker.start.bind(powerSaveBlocker);
  replace(powerSaveBlocker, 'start', (type) => {
    const id = startBlocker(type);
    blockers.set(id, type);
    return id;
  });
  watch(powerSaveBlocker, 'stop', (_self, [id]) => void blockers.delete(Number(id)));

  function ask(asked: DialogState): Promise<DialogAnswer> {
    dialogs.push(asked);
    const answer = answers.shift();
    return answer === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(answer);
  }

  function lastOf<T>(args: unknown[]): T {
    return args.at(-1) as T;
  }

  replace(dialog, 'showErrorBox', (title, content) => void dialogs.push({ kind: 'error', title, content }));
  replace(dialog, 'showOpenDialog', async (...args: unknown[]) => {
    const { title = '', properties = [] } = lastOf<Electron.OpenDialogOptions>(args);
    const answer = await ask({ kind: 'open', title, properties });
    const filePaths = answer.kind === 'open' ? [...answer.filePaths] : [];
    return { canceled: filePaths.length === 0, filePaths };
  });
  replace(dialog, 'showMessageBox', async (...args: unknown[]) => {
    const { message, detail = '', buttons = [] } = lastOf<Electron.MessageBoxOptions>(args);
    const answer = await ask({ kind: 'message', message, detail, buttons });
    return { response: answer.kind === 'message' ? answer.button : 0, checkboxChecked: false };
  });
  replace(shell, 'openPath', async (path) => {
    shellActions.push({ kind: 'open-path', path });
    return '';
  });
  replace(shell, 'openExternal', async (url) => void shellActions.push({ kind: 'open-external', url }));
  replace(shell, 'showItemInFolder', (path) => void shellActions.push({ kind: 'show-item', path }));

  function menuState(menu: Menu | null | undefined): MenuItemState[] {
    return (menu?.items ?? []).map((item) => ({
      label: item.label,
      type: item.type,
      role: item.role ?? '',
      enabled: item.enabled,
      visible: item.visible,
      checked: item.checked,
      accelerator: String(item.accelerator ?? ''),
      submenu: menuState(item.submenu),
    }));
  }

  function choose(menu: Menu | null | undefined, [label, ...rest]: readonly string[]): void {
    const item: MenuItem | undefined = menu?.items.find((candidate) => candidate.label === label);
    if (item === undefined) throw new Error(`no menu item ${String(label)}`);
    if (rest.length > 0) choose(item.submenu, rest);
    else (item.click as (event: object) => void)({});
  }

  async function readState(): Promise<ObservedState> {
    return {
      lifecycle: [...lifecycle],
      windows: BrowserWindow.getAllWindows().map((window) => ({
        id: window.id,
        title: window.getTitle(),
        url: window.webContents.getURL(),
        visible: window.isVisible(),
        minimized: window.isMinimized(),
        maximized: window.isMaximized(),
        focused: window.isFocused(),
        bounds: window.getBounds(),
        progress: progress.get(window.id) ?? -1,
        loaded: loaded.has(window.id),
        crashed: window.webContents.isCrashed(),
        targetId: '',
      })),
      trays: [...trays.values()].map(({ toolTip, menu }) => ({ toolTip, icon: '', menu: menuState(menu) })),
      applicationMenu: menuState(electron.Menu.getApplicationMenu()),
      popupMenu: menuState(popupMenu),
      notifications: notifications.map(({ notification, shown }, index) => ({
        id: index + 1,
        title: notification.title,
        body: notification.body,
        shown,
      })),
      dialogs: [...dialogs],
      shellActions: [...shellActions],
      clipboardText: await electron.clipboard.readText(),
      badgeCount: app.getBadgeCount(),
      powerSaveBlockers: [...blockers.values()],
      themeSource: electron.nativeTheme.themeSource,
      debuggerUrl: '',
    };
  }

  function windowOf(params: unknown): InstanceType<typeof BrowserWindow> {
    const { id } = params as { id: number };
    const window = BrowserWindow.fromId(id);
    if (window === null) throw new Error(`no window ${id}`);
    return window;
  }

  const commands: { [C in CommandName]?: (params: ControlCommands[C]['params']) => unknown } = {
    state: readState,
    'window.close': (params) => windowOf(params).close(),
    'window.minimize': (params) => windowOf(params).minimize(),
    'window.restore': (params) => windowOf(params).restore(),
    'window.crash': (params) => windowOf(params).webContents.forcefullyCrashRenderer(),
    'window.move': (params) => windowOf(params).setBounds(params.bounds),
    'tray.click': () => [...trays.keys()][0]?.emit('click'),
    'tray.menu': ({ label }) => choose([...trays.values()][0]?.menu, [label]),
    'menu.click': ({ path }) => choose(electron.Menu.getApplicationMenu(), path),
    'menu.popup': ({ label }) => {
      const menu = popupMenu;
      popupMenu = null;
      choose(menu, [label]);
    },
    'dialog.answer': (answer) => {
      const next = waiting.shift();
      if (next === undefined) answers.push(answer);
      else next(answer);
    },
    'notification.click': ({ id }) => notifications[id - 1]?.notification.emit('click'),
    'clipboard.write': ({ text }) => electron.clipboard.writeText(text),
    'power.emit': ({ event }) => powerMonitor.emit(event),
    'theme.system': ({ dark }) => void (electron.nativeTheme.themeSource = dark ? 'dark' : 'light'),
    'app.open-url': ({ url }) => app.emit('open-url', { preventDefault: () => undefined }, url),
    'app.quit': () => app.quit(),
  };

  return {
    readState,
    run: async (name, params) => {
      const command = commands[name];
      if (command === undefined) throw new Error(`the probe has no command ${name}`);
      return command(params);
    },
  };
}
