/** Finds an Electron binary that was put on this machine; nothing is fetched for it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

function executableName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/** @returns the binary in the folder that `ELECTRON_OVERRIDE_DIST_PATH` names; null without one, or without a display */
export function findElectron(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string | null {
  const folder = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  if (folder === undefined || folder === '') return null;
  const hasDisplay = platform !== 'linux' || Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);
  const path = join(folder, executableName(platform));
  return hasDisplay && existsSync(path) ? path : null;
}
