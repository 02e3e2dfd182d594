/** Launches the fixture application in a folder of its own and ends it with the test that started it. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { launchElectronDouble, type ElectronDriver, type LaunchOptions } from '../src/index.ts';

export const fixtureMain = join(import.meta.dirname, 'fixtures', 'electron-app', 'main.js');

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'electron-double-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

export async function launchFixture(
  args: readonly string[] = [],
  options: Partial<LaunchOptions> = {},
): Promise<ElectronDriver> {
  const userDataFolder = options.userDataFolder ?? temporaryFolder();
  const driver = await launchElectronDouble({ main: fixtureMain, args, userDataFolder, ...options });
  onTestFinished(async () => void (await driver.kill()));
  return driver;
}

/** Waits until the process has written `text`. */
export async function waitForOutput(driver: ElectronDriver, text: string): Promise<void> {
  await driver.waitFor(`output: ${text}`, () => driver.output().includes(text));
}
