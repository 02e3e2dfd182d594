/** Where each part of the double registers what a test may see of it and do to it. */
import type { CommandName, ControlCommands, ObservedState } from '../control.ts';

type Handler<C extends CommandName> = (
  params: ControlCommands[C]['params'],
) => ControlCommands[C]['result'] | Promise<ControlCommands[C]['result']>;

const sections: { [K in keyof ObservedState]?: () => ObservedState[K] } = {};
const commands: { [C in CommandName]?: Handler<C> } = {};
let onChange: () => void = () => undefined;
let changePending = false;

const emptyState: ObservedState = {
  lifecycle: [],
  windows: [],
  trays: [],
  applicationMenu: [],
  popupMenu: [],
  notifications: [],
  dialogs: [],
  shellActions: [],
  clipboardText: '',
  badgeCount: 0,
  powerSaveBlockers: [],
  themeSource: 'system',
  debuggerUrl: '',
};

export function observe<K extends keyof ObservedState>(name: K, read: () => ObservedState[K]): void {
  Object.assign(sections, { [name]: read });
}

export function handleCommand<C extends CommandName>(name: C, handler: Handler<C>): void {
  Object.assign(commands, { [name]: handler });
}

export function readObserved(): ObservedState {
  const read = Object.entries(sections).map(([name, section]) => [name, section()] as const);
  return { ...emptyState, ...Object.fromEntries(read) };
}

/** Says that something observable changed; several changes in one turn are told once. */
export function observedChanged(): void {
  if (changePending) return;
  changePending = true;
  queueMicrotask(() => {
    changePending = false;
    onChange();
  });
}

export function setObserver(listener: () => void): void {
  onChange = listener;
}

/** @throws Error when no part of the double answers to that name */
export async function runCommand<C extends CommandName>(
  name: C,
  params: ControlCommands[C]['params'],
): Promise<unknown> {
  const handler = commands[name];
  if (handler === undefined) throw new Error(`the double has no command ${name}`);
  return handler(params);
}

const lifecycle: string[] = [];
observe('lifecycle', () => [...lifecycle]);

export function recordLifecycle(name: string): void {
  lifecycle.push(name);
  observedChanged();
}
