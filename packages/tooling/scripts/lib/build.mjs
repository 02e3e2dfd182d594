/** Builds an app when its sources, or what was built from them, are not what they were. */
import { join } from 'node:path';
import { capture } from './command.mjs';
import { filesBelow, hashOfFiles, hashOfTimes, readMemory, writeMemory } from './fingerprint.mjs';
import { readManifest } from './manifest.mjs';
import { memoryFolder, packageFolders, pinnedNode } from './paths.mjs';

/** Where the apps' build tools put what they make. */
const outputFolders = ['dist', 'out'];
/** Folders of a package that no build reads. */
const unread = new Set(['node_modules', 'test', 'coverage', '.stryker-tmp', 'reports', ...outputFolders]);

/**
 * @typedef {object} BuildResult
 * @property {boolean} built False when everything was in place.
 * @property {boolean} passed
 * @property {string} output What the build said.
 */

/**
 * @param {string} root
 * @param {string} folder The app's, such as `apps/server`.
 * @returns {Promise<BuildResult>}
 */
export async function buildApp(root, folder) {
  const memory = join(memoryFolder(root), `built-${folder.replaceAll('/', '-')}.json`);
  const sources = sourceStamp(root, folder);
  const before = outputStamp(root, folder);
  if (before !== null && readMemory(memory) === `${sources} ${before}`)
    return { built: false, passed: true, output: '' };
  const { exitCode, output } = await capture(pinnedNode(root), ['--run', 'build'], { cwd: join(root, folder) });
  const after = outputStamp(root, folder);
  const passed = exitCode === 0 && after !== null;
  if (passed) writeMemory(memory, `${sources} ${after}`);
  return { built: true, passed, output };
}

/**
 * One hash over all that a build of the app can depend on: its own files, those of every package it is made of, directly or
 * not, and the versions of the libraries.
 *
 * @param {string} root
 * @param {string} folder
 */
function sourceStamp(root, folder) {
  const files = closureOf(root, folder).flatMap((each) =>
    filesBelow(join(root, each), (name) => !unread.has(name)).map((path) => `${each}/${path}`),
  );
  return hashOfFiles(root, ['pnpm-lock.yaml', 'tsconfig.base.json', ...files]);
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string | null} Null where nothing is built.
 */
function outputStamp(root, folder) {
  const hashes = outputFolders.map((name) => hashOfTimes(join(root, folder, name)));
  return hashes.every((hash) => hash === null) ? null : hashes.join(' ');
}

/**
 * The folder and those of all workspace packages it depends on. The command line's build reads the server's page too, and its
 * script says so, not its package.json: an app therefore counts every other app as well.
 *
 * @param {string} root
 * @param {string} folder
 */
function closureOf(root, folder) {
  const byName = new Map(packageFolders(root).map((each) => [readManifest(root, each).name, each]));
  const found = new Set([folder, ...[...byName.values()].filter((each) => each.startsWith('apps/'))]);
  for (const each of found) {
    for (const name of readManifest(root, each).dependencies) {
      const next = byName.get(name);
      if (next !== undefined) found.add(next);
    }
  }
  return [...found];
}

/**
 * The apps that have something to build, from the root.
 *
 * @param {string} root
 */
export function buildableApps(root) {
  return packageFolders(root).filter(
    (folder) => folder.startsWith('apps/') && readManifest(root, folder).scripts['build'] !== undefined,
  );
}
