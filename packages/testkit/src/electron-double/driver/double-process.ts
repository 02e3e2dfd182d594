/** Starts the double's process on an application's built main script. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from '../chromium/find-chromium.ts';
import { doubleEnvironment } from '../control.ts';
import { createDesktopSession } from './desktop-session.ts';
import type { Exit, LaunchOptions } from './driver.ts';

const bootstrap = fileURLToPath(new URL('../main-process/bootstrap.ts', import.meta.url));

/** What a test runner sets for itself must not reach the application. */
const foreignVariables = /^(?:NODE_OPTIONS|NODE_ENV|NODE_CHANNEL_FD|VITEST.*|TEST|PLAYWRIGHT_.*)$/;

export interface DoubleProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;
  output(): string;
}

function environmentFor(options: LaunchOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !foreignVariables.test(name));
  const home = options.homeFolder ?? join(options.userDataFolder, 'home');
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
    PATH: createDesktopSession(join(options.userDataFolder, 'double-session'), options.trayHost ?? true),
    [doubleEnvironment.userData]: options.userDataFolder,
    [doubleEnvironment.packaged]: options.packaged === true ? '1' : '0',
    [doubleEnvironment.chromium]: findChromium(),
    ...options.environment,
  };
}

export function spawnDouble(options: LaunchOptions): DoubleProcess {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', bootstrap, options.main, ...(options.args ?? [])],
    {
      env: environmentFor(options),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => (text = `${text}${chunk}`.slice(-200_000)));
  }
  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, output: text }));
  });
  return { child, exited, output: () => text };
}
