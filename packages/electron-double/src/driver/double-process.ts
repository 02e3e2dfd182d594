/** Starts the double's process on an application's built main script. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from '../chromium/find-chromium.ts';
import { doubleEnvironment } from '../control.ts';
import { createDesktopSession } from './desktop-session.ts';
import type { Exit, LaunchOptions } from './driver.ts';
import { homeEnvironment } from './home.ts';

const bootstrap = fileURLToPath(new URL('../main-process/bootstrap.ts', import.meta.url));

export interface DoubleProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;
  output(): string;
}

function environmentFor(options: LaunchOptions): NodeJS.ProcessEnv {
  return {
    ...homeEnvironment(options),
    PATH: createDesktopSession(join(options.userDataFolder, 'double-session'), options.trayHost ?? true),
    [doubleEnvironment.userData]: options.userDataFolder,
    [doubleEnvironment.packaged]: options.packaged === true ? '1' : '0',
    [doubleEnvironment.chromium]: findChromium(),
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
