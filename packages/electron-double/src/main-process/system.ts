/** What surrounds the application: clipboard, power, shell and screen. */
import { EventEmitter } from 'node:events';
import type { Clipboard, Display, PowerSaveBlocker, Rectangle, Screen, Shell } from 'electron';
import type { ShellAction } from '../control.ts';
import { handleCommand, observe, observedChanged } from './observed.ts';

let clipboardText = '';

function writeText(text: string): void {
  clipboardText = text;
  observedChanged();
}

export const clipboard = {
  readText: async () => clipboardText,
  writeText: async (text) => writeText(text),
} satisfies Pick<Clipboard, 'readText' | 'writeText'>;

observe('clipboardText', () => clipboardText);
handleCommand('clipboard.write', ({ text }) => writeText(text));

export const powerMonitor = new EventEmitter();
handleCommand('power.emit', ({ event }) => {
  powerMonitor.emit(event);
});

const blockers = new Map<number, string>();
let lastBlocker = 0;

export const powerSaveBlocker = {
  start(type) {
    lastBlocker += 1;
    blockers.set(lastBlocker, type);
    observedChanged();
    return lastBlocker;
  },
  stop(id) {
    const stopped = blockers.delete(id);
    observedChanged();
    return stopped;
  },
  isStarted: (id) => blockers.has(id),
} satisfies Pick<PowerSaveBlocker, 'start' | 'stop' | 'isStarted'>;

observe('powerSaveBlockers', () => [...blockers.values()]);

const shellActions: ShellAction[] = [];

function recordShell(action: ShellAction): void {
  shellActions.push(action);
  observedChanged();
}

export const shell = {
  openPath: async (path) => {
    recordShell({ kind: 'open-path', path });
    return '';
  },
  openExternal: async (url) => recordShell({ kind: 'open-external', url }),
  showItemInFolder: (path) => recordShell({ kind: 'show-item', path }),
} satisfies Pick<Shell, 'openPath' | 'openExternal' | 'showItemInFolder'>;

observe('shellActions', () => [...shellActions]);

const area: Rectangle = { x: 0, y: 0, width: 1920, height: 1080 };
type OnlyDisplay = Pick<Display, 'id' | 'bounds' | 'workArea' | 'scaleFactor'>;
const display: OnlyDisplay = { id: 1, bounds: area, workArea: area, scaleFactor: 1 };

export const screen = Object.assign(new EventEmitter(), {
  getAllDisplays: () => [display],
  getPrimaryDisplay: () => display,
  getDisplayMatching: () => display,
}) satisfies Record<keyof Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay' | 'getDisplayMatching'>, unknown>;
