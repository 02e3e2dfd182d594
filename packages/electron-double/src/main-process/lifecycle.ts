/** The phases of the application: starting, ready, quitting, gone. They never go back, but a quit may be called off. */
import { EventEmitter } from 'node:events';
import { createEvent } from './events.ts';
import { recordLifecycle } from './observed.ts';

/** What quitting needs of the windows. */
interface Windows {
  count(): number;
  /** Asks each window to close, as its cross would. @returns false when one refused */
  closeAll(): Promise<boolean>;
  destroyAll(): Promise<void>;
}

export const appEvents = new EventEmitter();

let phase: 'starting' | 'ready' | 'gone' = 'starting';
let quitting = false;
let windows: Windows = { count: () => 0, closeAll: () => Promise.resolve(true), destroyAll: () => Promise.resolve() };
const beforeExit: (() => Promise<void>)[] = [];
let resolveReady: () => void = () => undefined;
const ready = new Promise<void>((resolve) => (resolveReady = resolve));

export function isReady(): boolean {
  return phase === 'ready';
}

export function whenReady(): Promise<void> {
  return ready;
}

export function setWindows(owner: Windows): void {
  windows = owner;
}

/** What must be closed between `quit` and the end of the process. */
export function onBeforeExit(close: () => Promise<void>): void {
  beforeExit.push(close);
}

/** @returns false when a listener called `preventDefault` */
function emitStep(name: string, ...args: unknown[]): boolean {
  recordLifecycle(name);
  const event = createEvent();
  appEvents.emit(name, event, ...args);
  return !event.defaultPrevented;
}

/** Called once, after the application's main script has run. */
export function becomeReady(): void {
  if (phase !== 'starting' || quitting) return;
  phase = 'ready';
  recordLifecycle('ready');
  appEvents.emit('ready', createEvent(), {});
  resolveReady();
}

async function shutDown(exitCode: number): Promise<never> {
  phase = 'gone';
  recordLifecycle('quit');
  appEvents.emit('quit', createEvent(), exitCode);
  await Promise.allSettled(beforeExit.map((close) => close()));
  process.exit(exitCode);
}

async function finishQuit(): Promise<void> {
  if (emitStep('will-quit')) await shutDown(0);
  else quitting = false;
}

/** `app.quit`: `before-quit`, then every window's `close`, then `will-quit`, then `quit`. Each but the last may refuse. */
export function quit(): void {
  if (quitting || phase === 'gone') return;
  quitting = true;
  if (!emitStep('before-quit')) {
    quitting = false;
    return;
  }
  void (async () => {
    if (await windows.closeAll()) await finishQuit();
    else quitting = false;
  })();
}

/** `app.exit`: windows are destroyed without being asked, and neither `before-quit` nor `will-quit` is emitted. */
export function exit(exitCode = 0): void {
  if (phase === 'gone') return;
  quitting = true;
  phase = 'gone';
  void windows.destroyAll().then(() => shutDown(exitCode));
}

/** Without a listener, an application with no window left quits; never in the middle of a quit. */
export function windowClosed(): void {
  recordLifecycle('window-closed');
  if (windows.count() > 0 || quitting || phase === 'gone') return;
  recordLifecycle('window-all-closed');
  if (!appEvents.emit('window-all-closed')) quit();
}
