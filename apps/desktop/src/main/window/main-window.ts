/** The one window: how it is locked down, where it opens, and how it comes back. */
import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen, type NativeImage } from 'electron';
import { pageAddress } from '../../shared/addresses.ts';
import { installContextMenu } from '../menus/context-menu.ts';
import type { DesktopStateFile } from '../lifecycle/desktop-state-file.ts';
import { text } from '../text.ts';
import { openingBounds, smallestSize } from './window-bounds.ts';

/** Shown until the page has painted, so that a dark window does not flash white. */
const backdrop = { light: '#f7f8fa', dark: '#14171c' };

export interface MainWindow {
  readonly current: () => BrowserWindow | undefined;
  show(): void;
  /** Remembers size and place. */
  remember(): void;
}

interface Options {
  readonly state: DesktopStateFile;
  readonly icon: NativeImage;
  readonly preload: string;
  readonly onCloseRequest: (window: BrowserWindow) => void;
  /** The page's process died; it is loaded anew. */
  readonly onPageLost: (reason: string) => void;
  readonly isQuitting: () => boolean;
}

function createWindow({ state, icon, preload }: Options): BrowserWindow {
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
  return new BrowserWindow({
    ...openingBounds(state.read().bounds, areas),
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    title: text.name,
    icon,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? backdrop.dark : backdrop.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      // The spell checker would fetch its dictionaries from another company's server.
      spellcheck: false,
    },
  });
}

/** A page that keeps crashing is not loaded for ever. */
const mostReloads = 3;

function reloadAfterCrash(window: BrowserWindow, onPageLost: (reason: string) => void): void {
  let reloads = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    onPageLost(reason);
    if (reason === 'clean-exit' || reloads >= mostReloads) return;
    reloads += 1;
    // Not from within the event: the frame is still being torn down.
    setImmediate(() => {
      if (!window.isDestroyed()) void window.loadURL(pageAddress).catch(() => undefined);
    });
  });
}

/** Opened once and kept; closing is decided by `onCloseRequest`. */
export function openMainWindow(options: Options): MainWindow {
  let window: BrowserWindow | undefined;

  function open(): BrowserWindow {
    const made = createWindow(options);
    made.on('close', (event) => {
      remember();
      if (options.isQuitting()) return;
      event.preventDefault();
      options.onCloseRequest(made);
    });
    made.on('closed', () => {
      if (window === made) window = undefined;
    });
    made.once('ready-to-show', () => {
      if (options.state.read().maximized) made.maximize();
      made.show();
    });
    reloadAfterCrash(made, options.onPageLost);
    installContextMenu(made.webContents);
    void made.loadURL(pageAddress).catch((error: unknown) => options.onPageLost(String(error)));
    return made;
  }

  function show(): void {
    window ??= open();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  function remember(): void {
    if (window === undefined || window.isDestroyed()) return;
    options.state.update({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  }

  window = open();
  return { current: () => window, show, remember };
}

/** The preload script as the build lays it out beside main. */
export function preloadPath(mainFolder: string): string {
  return join(mainFolder, '..', 'preload', 'index.cjs');
}
