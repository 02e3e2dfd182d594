/** The icons the system shows: the application's, and the tray's in each state and for each background. */
import { join } from 'node:path';
import { nativeImage, nativeTheme, type NativeImage } from 'electron';
import type { TrayState } from './lifecycle/activity.ts';

/** Laid beside the bundle by the build. */
export function iconFolder(mainFolder: string): string {
  return join(mainFolder, '..', '..', 'resources', 'icons');
}

/**
 * macOS colours template images itself; Windows tells whether its task bar is dark; of a Linux panel nothing is known,
 * so there the icon is of a tone that shows on both.
 */
function trayVariant(): string {
  if (process.platform === 'darwin') return 'Template';
  if (process.platform === 'win32') return nativeTheme.shouldUseDarkColors ? '-light' : '-dark';
  return '-color';
}

/** Files named `@2x` beside it serve finer screens. */
export function trayIcon(folder: string, state: TrayState): NativeImage {
  return nativeImage.createFromPath(join(folder, `tray-${state}${trayVariant()}.png`));
}

export function appIcon(folder: string): NativeImage {
  return nativeImage.createFromPath(join(folder, '256x256.png'));
}
