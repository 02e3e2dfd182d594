/** Drives the desktop host: the built main, preload and renderer, on Electron where there is one and on its double elsewhere. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronDriver, launchElectron } from '@sluice/electron-double';
import { builtApps } from './built-apps.ts';
import type { HostDriver } from './host-driver.ts';

export async function driveDesktop(): Promise<HostDriver> {
  const userDataFolder = await mkdtemp(join(tmpdir(), 'sluice-e2e-desktop-'));
  const homeFolder = join(userDataFolder, 'home');
  const downloadFolder = join(homeFolder, 'Downloads');
  await mkdir(downloadFolder, { recursive: true });
  let driver: ElectronDriver | null = null;
  let output = '';

  function running(): ElectronDriver {
    if (driver === null) throw new Error('the desktop is not running');
    return driver;
  }

  function ended(exit: { readonly output: string }): void {
    output += exit.output;
    driver = null;
  }

  async function launch(urls: readonly string[]): Promise<ElectronDriver> {
    driver = await launchElectron({ main: builtApps.desktop, args: urls, userDataFolder, homeFolder });
    return driver;
  }

  return {
    kind: 'desktop',
    downloadFolder,
    get desktop() {
      return running();
    },
    async start(urls = []) {
      return (await launch(urls)).page();
    },
    async restart() {
      await launch([]);
    },
    async kill() {
      ended(await running().kill());
    },
    async stop() {
      const exit = await running().quit();
      ended(exit);
      return exit.code;
    },
    output: () => output + (driver?.output() ?? ''),
    async dispose() {
      if (driver !== null) await driver.kill();
      await rm(userDataFolder, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}
