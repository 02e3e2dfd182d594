/** Where things are in the repository, for scripts that run before anything is installed. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = fileURLToPath(new URL('../../../../', import.meta.url));

/**
 * What the scripts remember between runs; it goes away with the installed packages.
 *
 * @param {string} root
 */
export function memoryFolder(root) {
  return join(root, 'node_modules', '.cache', 'sluice');
}

/**
 * The Node that the repository pins as a package: everything but these scripts runs on it.
 *
 * @param {string} root
 */
export function pinnedNode(root) {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/**
 * The folders of the workspace's packages, from the root, with forward slashes: libraries, then apps, then the journeys.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function packageFolders(root) {
  const nested = ['packages', 'apps'].flatMap((parent) => {
    const path = join(root, parent);
    if (!existsSync(path)) return [];
    return readdirSync(path)
      .sort()
      .map((name) => `${parent}/${name}`);
  });
  return [...nested, 'e2e'].filter((folder) => existsSync(join(root, folder, 'package.json')));
}
