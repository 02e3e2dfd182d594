/** Launches the built app in a home of its own, and ends it with the test that started it. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchElectronDouble, type ElectronDriver, type LaunchOptions } from '@sluice/electron-double';
import { onTestFinished } from 'vitest';

const builtMain = join(import.meta.dirname, '..', 'out', 'main', 'index.js');

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-desktop-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** For several tests that only look: end it in `afterAll`. */
export async function launchShared(): Promise<{ driver: ElectronDriver; end: () => Promise<void> }> {
  const userDataFolder = mkdtempSync(join(tmpdir(), 'sluice-desktop-'));
  const driver = await launchElectronDouble({ main: builtMain, userDataFolder });
  return {
    driver,
    async end() {
      await driver.kill();
      await rm(userDataFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** `pnpm --filter @sluice/desktop build` comes first. */
export async function launchDesktop(options: Partial<LaunchOptions> = {}): Promise<ElectronDriver> {
  const userDataFolder = options.userDataFolder ?? temporaryFolder();
  const driver = await launchElectronDouble({ main: builtMain, userDataFolder, ...options });
  onTestFinished(async () => void (await driver.kill()));
  return driver;
}
