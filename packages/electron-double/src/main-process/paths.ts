/** Where things are: the application's own files and the user's folders, as `app.getPath` names them. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { App } from 'electron';
import { doubleEnvironment } from '../control.ts';

export type PathName = Parameters<App['getPath']>[0];

interface Manifest {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
}

const chosen = new Map<string, string>();

function readManifest(main: string): Manifest {
  for (let folder = dirname(resolve(main)); ; folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (existsSync(path)) {
      const { name, productName, version } = JSON.parse(readFileSync(path, 'utf8')) as Record<
        string,
        string | undefined
      >;
      return { folder, name: productName ?? name ?? 'Electron', version: version ?? '0.0.0' };
    }
    if (dirname(folder) === folder) return { folder: dirname(resolve(main)), name: 'Electron', version: '0.0.0' };
  }
}

/** The package.json nearest above the main script; the bootstrap leaves the script's path in `process.argv`. */
let manifest: Manifest = { folder: process.cwd(), name: 'Electron', version: '0.0.0' };

export function setMainScript(main: string): void {
  manifest = readManifest(main);
}

export function applicationManifest(): Manifest {
  return manifest;
}

export function setChosenPath(name: string, path: string): void {
  chosen.set(name, path);
}

/** Follows the same variables as Electron on Linux: HOME and XDG_CONFIG_HOME. */
export function pathFor(name: PathName): string {
  const home = homedir();
  const appData = process.env['XDG_CONFIG_HOME'] ?? join(home, '.config');
  const userData = chosen.get('userData') ?? process.env[doubleEnvironment.userData] ?? join(appData, manifest.name);
  const known: Partial<Record<PathName, string>> = {
    home,
    appData,
    userData,
    sessionData: userData,
    temp: tmpdir(),
    exe: process.execPath,
    module: process.execPath,
    desktop: join(home, 'Desktop'),
    documents: join(home, 'Documents'),
    downloads: join(home, 'Downloads'),
    music: join(home, 'Music'),
    pictures: join(home, 'Pictures'),
    videos: join(home, 'Videos'),
    logs: join(userData, 'logs'),
    crashDumps: join(userData, 'Crashpad'),
  };
  const path = chosen.get(name) ?? known[name];
  if (path === undefined) throw new Error(`Failed to get '${name}' path`);
  return path;
}

export function userDataFolder(): string {
  return pathFor('userData');
}
