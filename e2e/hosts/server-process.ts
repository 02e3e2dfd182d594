/** The built server as a child process: its link, its output and its end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { builtApps } from './built-apps.ts';

export interface ServerProcess {
  /** Signs in one browser, once. */
  readonly url: string;
  output(): string;
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/**
 * @param browserFolder holds an `xdg-open` of the journey's; null: no browser is opened
 * @throws Error with everything the process wrote when it ends before it says where it is
 */
export async function spawnServer(
  args: readonly string[],
  { browserFolder = null }: { readonly browserFolder?: string | null } = {},
): Promise<ServerProcess> {
  const opening = browserFolder === null ? ['--no-open'] : [];
  const found = browserFolder === null ? {} : { PATH: `${browserFolder}:${process.env['PATH']}`, DISPLAY: ':0' };
  const child = spawn(process.execPath, [builtApps.server, ...opening, ...args], {
    env: { ...process.env, ...found },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const link = /^Sluice is at (\S+)$/m.exec(text)?.[1];
        if (link !== undefined) resolve(link);
      });
    }
    void exited.then(() => reject(new Error(`the server ended before it was ready:\n${text}`)));
  });
  return { url, output: () => text, end: (signal) => end(child, exited, signal) };
}

/** @returns the exit code, null when a signal ended it */
async function end(
  child: ChildProcess,
  exited: Promise<number | null>,
  signal: NodeJS.Signals,
): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  return exited;
}
