/** What a test and the double's process say to each other: the observable state, and the commands that play the user's and the system's part. */

export interface RectangleState {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowState {
  readonly id: number;
  readonly title: string;
  /** As the application sees it: `sluice://app/…`, never the address the page really has. */
  readonly url: string;
  readonly visible: boolean;
  readonly minimized: boolean;
  readonly maximized: boolean;
  readonly focused: boolean;
  readonly bounds: RectangleState;
  /** 0 to 1, or -1 for none, as `setProgressBar` takes it. */
  readonly progress: number;
  /** True once a document has finished loading; false again from a crash until the next one has. */
  readonly loaded: boolean;
  readonly crashed: boolean;
  /** Identifies the page to whoever else speaks to the same Chromium. */
  readonly targetId: string;
}

export interface MenuItemState {
  readonly label: string;
  readonly type: string;
  readonly role: string;
  readonly enabled: boolean;
  readonly visible: boolean;
  readonly checked: boolean;
  readonly accelerator: string;
  readonly submenu: readonly MenuItemState[];
}

export interface TrayState {
  readonly toolTip: string;
  /** The icon's file name. */
  readonly icon: string;
  readonly menu: readonly MenuItemState[];
}

export interface NotificationState {
  readonly id: number;
  readonly title: string;
  readonly body: string;
  readonly shown: boolean;
}

export type DialogState =
  | { readonly kind: 'open'; readonly title: string; readonly properties: readonly string[] }
  | { readonly kind: 'message'; readonly message: string; readonly detail: string; readonly buttons: readonly string[] }
  | { readonly kind: 'error'; readonly title: string; readonly content: string };

export type ShellAction =
  | { readonly kind: 'open-path'; readonly path: string }
  | { readonly kind: 'open-external'; readonly url: string }
  | { readonly kind: 'show-item'; readonly path: string };

/** Everything a test may look at. */
export interface ObservedState {
  /** Names of lifecycle events in the order in which they were emitted: `ready`, `before-quit`, `window-closed`… */
  readonly lifecycle: readonly string[];
  readonly windows: readonly WindowState[];
  readonly trays: readonly TrayState[];
  readonly applicationMenu: readonly MenuItemState[];
  /** The menu that was popped up last and is still open. */
  readonly popupMenu: readonly MenuItemState[];
  readonly notifications: readonly NotificationState[];
  /** Every dialog that was asked for, answered or not. */
  readonly dialogs: readonly DialogState[];
  readonly shellActions: readonly ShellAction[];
  readonly clipboardText: string;
  readonly badgeCount: number;
  /** Kinds of power save blockers now held. */
  readonly powerSaveBlockers: readonly string[];
  readonly themeSource: string;
  /** Where Chromium listens for debuggers; empty until the first window. */
  readonly debuggerUrl: string;
}

/** How a dialog is answered; a queue, used up in order. */
export type DialogAnswer =
  | { readonly kind: 'open'; readonly filePaths: readonly string[] }
  | { readonly kind: 'message'; readonly button: number };

export interface ControlCommands {
  state: { params: undefined; result: ObservedState };
  /** The cross in the title bar. */
  'window.close': { params: { id: number }; result: void };
  'window.minimize': { params: { id: number }; result: void };
  'window.restore': { params: { id: number }; result: void };
  /** The renderer process dies. */
  'window.crash': { params: { id: number }; result: void };
  'window.move': { params: { id: number; bounds: RectangleState }; result: void };
  'tray.click': { params: undefined; result: void };
  'tray.menu': { params: { label: string }; result: void };
  /** Labels from the menu bar down. */
  'menu.click': { params: { path: readonly string[] }; result: void };
  /** Chooses from the menu that popped up. */
  'menu.popup': { params: { label: string }; result: void };
  'dialog.answer': { params: DialogAnswer; result: void };
  'notification.click': { params: { id: number }; result: void };
  'clipboard.write': { params: { text: string }; result: void };
  'power.emit': { params: { event: 'suspend' | 'resume' | 'shutdown' }; result: void };
  'theme.system': { params: { dark: boolean }; result: void };
  /** macOS hands a link to the running application. */
  'app.open-url': { params: { url: string }; result: void };
  /** Quit from the dock, the session manager or Cmd+Q. */
  'app.quit': { params: undefined; result: void };
}

export type CommandName = keyof ControlCommands;

export type ControlRequest = {
  [C in CommandName]: { readonly id: number; readonly command: C; readonly params: ControlCommands[C]['params'] };
}[CommandName];

/** What comes back: the answer to one request, or the state after it changed. */
export type ControlReply =
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly message: string }
  | { readonly kind: 'state'; readonly state: ObservedState };

/** Environment variables through which a launch configures the double. */
export const doubleEnvironment = {
  userData: 'ELECTRON_DOUBLE_USER_DATA',
  packaged: 'ELECTRON_DOUBLE_PACKAGED',
  chromium: 'ELECTRON_DOUBLE_CHROMIUM',
  appVersion: 'ELECTRON_DOUBLE_APP_VERSION',
} as const;
