/** Launches a desktop application on Electron where there is one, and on the double everywhere else. */
import { execFileSync } from 'node:child_process';
import { findChromium } from '../chromium/find-chromium.ts';
import { findElectron } from '../real/find-electron.ts';
import { launchRealElectron } from '../real/electron.ts';
import { launchElectronDouble } from './double.ts';
import type { ElectronDriver, LaunchOptions } from './driver.ts';

export function launchElectron(options: LaunchOptions): Promise<ElectronDriver> {
  const electron = findElectron();
  return electron === null ? launchElectronDouble(options) : launchRealElectron(electron, options);
}

/** What {@link launchElectron} uses on this machine, for a person to read. */
export function describeElectron(): string {
  const electron = findElectron();
  if (electron !== null) return `Electron at ${electron}`;
  const version = execFileSync(findChromium(), ['--version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return `the Electron double over ${version.trim()}`;
}
