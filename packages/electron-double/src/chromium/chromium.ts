/** Starts the Chromium that stands in for Electron's, and ends it; it dies with this process, however that dies. */
import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { CdpConnection } from './cdp-connection.ts';

export interface Chromium {
  readonly connection: CdpConnection;
  /** `ws://127.0.0.1:PORT/devtools/browser/…`: where a test's Playwright connects. */
  readonly debuggerUrl: string;
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/** Off: everything that talks to the network by itself or differs between machines. */
const quietSwitches = [
  '--headless=new',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-startup-window',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-features=Translate,MediaRouter,OptimizationHints,DialMediaRouteProvider',
  '--disable-gpu',
  '--disable-popup-blocking',
  '--disable-sync',
  // Electron's ports have a close event; Chromium's have one only when asked.
  '--enable-blink-features=MessagePortCloseEvent',
  '--force-color-profile=srgb',
  '--metrics-recording-only',
  '--mute-audio',
  '--password-store=basic',
  '--use-mock-keychain',
];

/** Chromium announces where debuggers may connect on its standard error. */
function debuggerAddress(process: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    process.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      text = `${text}${chunk}`.slice(-100_000);
      const found = /DevTools listening on (ws:\/\/\S+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    process.once('error', reject);
    process.once('exit', (code) => reject(new Error(`Chromium ended (${String(code)}) before it was ready:\n${text}`)));
  });
}

/**
 * `--remote-debugging-pipe` ties Chromium's life to this process: it ends when the pipe closes, even on kill -9.
 * @param profileFolder kept between launches, as Electron keeps `userData`
 */
export async function startChromium(executable: string, profileFolder: string): Promise<Chromium> {
  // A lock left by a killed Chromium would make the next one defer to a process that is gone.
  for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket'])
    rmSync(join(profileFolder, name), { force: true });
  const child = spawn(
    executable,
    [
      ...quietSwitches,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--remote-debugging-pipe',
      '--remote-debugging-port=0',
      `--user-data-dir=${profileFolder}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  );
  const connection = new CdpConnection(child.stdio[4] as Readable, child.stdio[3] as Writable);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const debuggerUrl = await debuggerAddress(child);
  return {
    connection,
    debuggerUrl,
    closed: exited,
    async close() {
      void connection.browser.send('Browser.close').catch(() => undefined);
      const timer = setTimeout(() => child.kill('SIGKILL'), 1_000);
      await exited;
      clearTimeout(timer);
    },
  };
}
