/** Where a host keeps its data and puts files by default, by the customs of each system. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { downloadsFromUserDirs } from './user-dirs.ts';

export interface HostFolders {
  readonly dataFolder: string;
  readonly downloadFolder: string;
}

/** Makes nothing: the folders may not be there yet. */
export function defaultHostFolders(): HostFolders {
  return { dataFolder: envPaths(productName(), { suffix: '' }).data, downloadFolder: downloadsFolder() };
}

/** Linux folder names are lower case by custom; macOS and Windows show product names. */
function productName(): string {
  return process.platform === 'linux' ? 'sluice' : 'Sluice';
}

function downloadsFolder(): string {
  const fallback = join(homedir(), 'Downloads');
  if (process.platform === 'darwin' || process.platform === 'win32') return fallback;
  const configFolder = process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  try {
    return downloadsFromUserDirs(readFileSync(join(configFolder, 'user-dirs.dirs'), 'utf8'), homedir()) ?? fallback;
  } catch {
    // No such file on servers and in containers.
    return fallback;
  }
}
