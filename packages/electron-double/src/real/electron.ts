/** Drives an application on Electron itself, with the same driver as the double as far as Electron allows. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import type { CommandName, ControlCommands, ObservedState } from '../control.ts';
import { homeEnvironment } from '../driver/home.ts';
import type { ElectronDriver, Exit, LaunchOptions } from '../driver/driver.ts';
import { probeName, writeProbeScript } from './probe-script.ts';
import type { Probe } from './probe.ts';

const waitMs = 30_000;
const checkEveryMs = 50;

interface Launched {
  readonly application: ElectronApplication;
  readonly exited: Promise<Exit>;
  output(): string;
}

async function launch(executablePath: string, options: LaunchOptions): Promise<Launched> {
  mkdirSync(options.userDataFolder, { recursive: true });
  const probe = join(options.userDataFolder, 'probe.cjs');
  writeProbeScript(probe);
  const application = await _electron.launch({
    executablePath,
    args: ['-r', probe, `--user-data-dir=${options.userDataFolder}`, options.main, ...(options.args ?? [])],
    env: homeEnvironment(options),
  });
  const child = application.process();
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (text = `${text}${chunk.toString('utf8')}`.slice(-200_000)));
  }
  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, output: text }));
  });
  return { application, exited, output: () => text };
}

function readState(application: ElectronApplication): Promise<ObservedState> {
  return application.evaluate(
    (_electronModule, name) => (globalThis as unknown as Record<string, Probe>)[name]?.readState(),
    probeName,
  ) as Promise<ObservedState>;
}

/** @param executablePath of an Electron binary */
export async function launchRealElectron(executablePath: string, options: LaunchOptions): Promise<ElectronDriver> {
  const launched = await launch(executablePath, options);
  const { application, exited } = launched;
  const output = (): string => launched.output();
  const child = application.process();

  async function send<C extends CommandName>(command: C, params: ControlCommands[C]['params']): Promise<void> {
    await application.evaluate(
      (_electronModule, [name, wanted, values]) =>
        (globalThis as unknown as Record<string, Probe>)[name]?.run(wanted, values),
      [probeName, command, params] as const,
    );
  }

  async function waitFor(condition: string, predicate: (state: ObservedState) => boolean): Promise<ObservedState> {
    const deadline = performance.now() + waitMs;
    for (;;) {
      const state = await readState(application);
      if (predicate(state)) return state;
      if (performance.now() > deadline) {
        throw new Error(`waited for: ${condition}\nstate: ${JSON.stringify(state, null, 1)}\n${output()}`);
      }
      // Electron has no event for every change; a look costs little.
      await delay(checkEveryMs);
    }
  }

  const windowId = async (): Promise<number> => {
    const id = (await readState(application)).windows[0]?.id;
    if (id === undefined) throw new Error('the application has no window');
    return id;
  };

  return {
    kind: 'electron',
    pid: child.pid ?? 0,
    output,
    exited,
    state: () => readState(application),
    waitFor,
    async page(): Promise<Page> {
      await waitFor('a window that has loaded', ({ windows }) => windows[0]?.loaded ?? false);
      return application.firstWindow();
    },
    window: {
      close: async () => send('window.close', { id: await windowId() }),
      minimize: async () => send('window.minimize', { id: await windowId() }),
      restore: async () => send('window.restore', { id: await windowId() }),
      move: async (bounds) => send('window.move', { id: await windowId(), bounds }),
      crash: async () => send('window.crash', { id: await windowId() }),
    },
    tray: {
      click: () => send('tray.click', undefined),
      choose: (label) => send('tray.menu', { label }),
    },
    menu: {
      choose: (...path) => send('menu.click', { path }),
      choosePopup: (label) => send('menu.popup', { label }),
    },
    dialogs: { answer: (answer) => send('dialog.answer', answer) },
    notifications: { click: (id) => send('notification.click', { id }) },
    clipboard: { write: (text) => send('clipboard.write', { text }) },
    power: { emit: (event) => send('power.emit', { event }) },
    theme: { setSystemDark: (dark) => send('theme.system', { dark }) },
    openUrl: (url) => send('app.open-url', { url }),
    async secondInstance(args) {
      return (await launch(executablePath, { ...options, args })).exited;
    },
    async quit() {
      // The answer may be lost with the process.
      await send('app.quit', undefined).catch(() => undefined);
      return exited;
    },
    async kill(signal = 'SIGKILL') {
      child.kill(signal);
      return exited;
    },
  };
}
