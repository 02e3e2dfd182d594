/** Runs a built Electron application in tests: on the double, or on Electron itself where there is a binary. */
export { findChromium } from './chromium/find-chromium.ts';
export type * from './control.ts';
export { launchElectronDouble } from './driver/double.ts';
export type { ElectronDriver, Exit, LaunchOptions } from './driver/driver.ts';
export { describeElectron, launchElectron } from './driver/launch.ts';
