/** `BrowserWindow`: visibility, bounds and closing, over a page of Chromium. */
import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import type { WindowState } from '../../control.ts';
import { createEvent } from '../events.ts';
import { appEvents, setWindows, windowClosed } from '../lifecycle.ts';
import { handleCommand, observe, observedChanged } from '../observed.ts';
import { applicationManifest } from '../paths.ts';
import { DoubleWebContents } from './web-contents.ts';

type Members =
  | 'close'
  | 'destroy'
  | 'flashFrame'
  | 'focus'
  | 'getBounds'
  | 'getNormalBounds'
  | 'getTitle'
  | 'hide'
  | 'id'
  | 'isDestroyed'
  | 'isFocused'
  | 'isFullScreen'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'maximize'
  | 'minimize'
  | 'removeMenu'
  | 'restore'
  | 'setBackgroundColor'
  | 'setBounds'
  | 'setMenuBarVisibility'
  | 'setProgressBar'
  | 'setTitle'
  | 'show'
  | 'unmaximize';

const windows = new Map<number, DoubleBrowserWindow>();

export class DoubleBrowserWindow extends EventEmitter implements Pick<BrowserWindow, Members> {
  readonly id: number;
  readonly webContents: DoubleWebContents;
  #bounds: Rectangle;
  #visible: boolean;
  #minimized = false;
  #maximized = false;
  #focused: boolean;
  #destroyed = false;
  #loaded = false;
  #readyToShow = false;
  #title: string;
  #progress = -1;
  #shownInPage: boolean;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    const { x = 0, y = 0, width = 800, height = 600, show = true, title = applicationManifest().name } = options;
    this.#bounds = { x, y, width, height };
    this.#visible = show;
    this.#focused = show;
    this.#shownInPage = show;
    this.#title = title;
    this.webContents = new DoubleWebContents(
      options.webPreferences ?? {},
      { width, height },
      {
        onGone: () => this.#gone(),
        onTitle: (text) => this.setTitle(text),
        onLoaded: () => this.#onLoaded(),
        onCrashed: () => (this.#loaded = false),
        onChange: observedChanged,
      },
    );
    this.id = this.webContents.id;
    windows.set(this.id, this);
    appEvents.emit('browser-window-created', createEvent(), this);
    this.#applyToPage();
    observedChanged();
  }

  static getAllWindows(): DoubleBrowserWindow[] {
    return [...windows.values()];
  }

  static getFocusedWindow(): DoubleBrowserWindow | null {
    return [...windows.values()].find((window) => window.isFocused()) ?? null;
  }

  static fromWebContents(contents: unknown): DoubleBrowserWindow | null {
    return [...windows.values()].find((window) => window.webContents === contents) ?? null;
  }

  static fromId(id: number): DoubleBrowserWindow | null {
    return windows.get(id) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  show(): void {
    if (!this.#visible) {
      this.#visible = true;
      this.#changed('show');
    }
    this.focus();
  }

  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.#changed('hide');
    this.#blur();
  }

  minimize(): void {
    if (this.#minimized) return;
    this.#minimized = true;
    this.#changed('minimize');
    this.#blur();
  }

  restore(): void {
    if (!this.#minimized) return;
    this.#minimized = false;
    this.#changed('restore');
    this.focus();
  }

  maximize(): void {
    if (this.#maximized) return;
    this.#maximized = true;
    this.#changed('maximize');
  }

  unmaximize(): void {
    if (!this.#maximized) return;
    this.#maximized = false;
    this.#changed('unmaximize');
  }

  focus(): void {
    if (this.#focused || !this.#visible || this.#minimized) return;
    this.#focused = true;
    this.#changed('focus');
  }

  isVisible = (): boolean => this.#visible;
  isMinimized = (): boolean => this.#minimized;
  isMaximized = (): boolean => this.#maximized;
  isFocused = (): boolean => this.#focused;
  isFullScreen = (): boolean => false;
  isDestroyed = (): boolean => this.#destroyed;
  getTitle = (): string => this.#title;
  getBounds = (): Rectangle => ({ ...this.#bounds });
  getNormalBounds = (): Rectangle => ({ ...this.#bounds });
  flashFrame = (): void => undefined;
  removeMenu = (): void => undefined;
  setMenuBarVisibility = (): void => undefined;
  setBackgroundColor = (): void => undefined;

  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.#bounds;
    this.#bounds = { ...before, ...bounds };
    const { x, y, width, height } = this.#bounds;
    if (width !== before.width || height !== before.height) {
      void this.webContents.setSize({ width, height }).catch(() => undefined);
      this.#changed('resize');
    }
    if (x !== before.x || y !== before.y) this.#changed('move');
  }

  setTitle(title: string): void {
    this.#title = title;
    observedChanged();
  }

  setProgressBar(progress: number): void {
    this.#progress = progress;
    observedChanged();
  }

  /** Asks first: a listener of `close` may keep the window. */
  close(): void {
    if (this.#destroyed) return;
    const event = createEvent();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    void this.webContents.destroy();
    this.#gone();
  }

  readState(): WindowState {
    return {
      id: this.id,
      title: this.#title,
      url: this.webContents.getURL(),
      visible: this.#visible,
      minimized: this.#minimized,
      maximized: this.#maximized,
      focused: this.#focused,
      bounds: this.#bounds,
      progress: this.#progress,
      loaded: this.#loaded,
      crashed: this.webContents.isCrashed(),
      targetId: this.webContents.targetId,
    };
  }

  #blur(): void {
    if (!this.#focused) return;
    this.#focused = false;
    this.#changed('blur');
  }

  #changed(event: string): void {
    this.#showInPage();
    observedChanged();
    this.emit(event);
  }

  /** A page that is out of sight knows it, as in Electron. */
  #showInPage(): void {
    const shown = this.#visible && !this.#minimized;
    if (shown === this.#shownInPage) return;
    this.#shownInPage = shown;
    this.#applyToPage();
  }

  #applyToPage(): void {
    const { width, height } = this.#bounds;
    void this.webContents
      .setShown(this.#shownInPage)
      .then(() => this.webContents.setSize({ width, height }))
      // The page may be closed at any moment.
      .catch(() => undefined);
  }

  #onLoaded(): void {
    this.#loaded = true;
    observedChanged();
    if (this.#readyToShow) return;
    this.#readyToShow = true;
    this.emit('ready-to-show');
  }

  #gone(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#focused = false;
    windows.delete(this.id);
    this.emit('closed');
    windowClosed();
  }
}

setWindows({
  count: () => windows.size,
  closeAll: async () => {
    for (const window of windows.values()) window.close();
    return windows.size === 0;
  },
  destroyAll: async () => {
    for (const window of windows.values()) window.destroy();
  },
});

function windowById(id: number): DoubleBrowserWindow {
  const window = windows.get(id);
  if (window === undefined) throw new Error(`no window ${id}`);
  return window;
}

observe('windows', () => [...windows.values()].map((window) => window.readState()));
handleCommand('window.close', ({ id }) => windowById(id).close());
handleCommand('window.minimize', ({ id }) => windowById(id).minimize());
handleCommand('window.restore', ({ id }) => windowById(id).restore());
handleCommand('window.crash', ({ id }) => windowById(id).webContents.crash());
handleCommand('window.move', ({ id, bounds }) => windowById(id).setBounds(bounds));
