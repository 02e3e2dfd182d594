/** The common first step of every command: the packages are installed, exactly as the lockfile says. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { capture } from './command.mjs';
import { hashOfFiles, readMemory, writeMemory } from './fingerprint.mjs';
import { explainInstallFailure, noNetworkMessage } from './install-failure.mjs';
import { packageFolders, memoryFolder, pinnedNode } from './paths.mjs';
import { readManifest } from './manifest.mjs';
import { canReach, firstHop } from './reach.mjs';
import { PlainFailure, say } from './say.mjs';

const pnpm = 'pnpm@12.21.0';
const reachTimeoutMs = 5000;

/**
 * Installs unless all is in place; the second time this takes no time and no network.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @throws {PlainFailure} When it cannot be done, saying why and what to do.
 */
export async function ensureInstalled(root, env) {
  const stampFile = join(memoryFolder(root), 'installed.json');
  const stamp = installStamp(root);
  if (readMemory(stampFile) === stamp && isComplete(root)) return;
  const startMs = Date.now();
  say('Installing packages (the first time takes about a minute)…');
  await install(root, env);
  if (!isComplete(root))
    throw new PlainFailure(
      'The install ended without an error but packages are missing. Delete node_modules and run `npm run setup` again.',
    );
  writeMemory(stampFile, stamp);
  say(`Installed in ${((Date.now() - startMs) / 1000).toFixed(0)} s.`);
}

/**
 * Changes when an install could have a different result.
 *
 * @param {string} root
 */
function installStamp(root) {
  const manifests = packageFolders(root).map((folder) => `${folder}/package.json`);
  const files = hashOfFiles(root, ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...manifests]);
  return `${pnpm} ${process.platform} ${process.arch} ${files}`;
}

/**
 * True when the pinned Node and every dependency of every package are where they should be.
 *
 * @param {string} root
 */
export function isComplete(root) {
  if (!existsSync(pinnedNode(root))) return false;
  return ['', ...packageFolders(root)].every((folder) =>
    readManifest(root, folder).dependencies.every((name) => existsSync(join(root, folder, 'node_modules', name))),
  );
}

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
async function install(root, env) {
  const registry = env['npm_config_registry'];
  const address = registry !== undefined && URL.canParse(registry) ? registry : 'https://registry.npmjs.org/';
  const online = await canReach(firstHop(address, env), reachTimeoutMs);
  const offlineOptions = online ? { npx: [], pnpm: [] } : { npx: ['--offline'], pnpm: ['--offline'] };
  const options = [...offlineOptions.npx, '--yes', pnpm, 'install', '--frozen-lockfile', ...offlineOptions.pnpm];
  // CI keeps pnpm from asking questions, which nobody could answer here.
  const run = await runNpx(options, { cwd: root, env: { ...env, CI: 'true' } });
  if (run.exitCode === 0) return;
  const unexplained = online
    ? `${run.output.trimEnd()}\n\nThe install failed; what it said is above.`
    : noNetworkMessage;
  throw new PlainFailure(explainInstallFailure(run.output) ?? unexplained);
}

/**
 * npm names its own entry file and Node to the scripts it runs; through them no shell is needed, not even on Windows.
 *
 * @param {readonly string[]} options
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} settings
 */
function runNpx(options, settings) {
  const npm = settings.env['npm_execpath'];
  const npx = npm === undefined ? '' : join(dirname(npm), 'npx-cli.js');
  if (existsSync(npx))
    return capture(settings.env['npm_node_execpath'] ?? process.execPath, [npx, ...options], settings);
  return capture('npx', options, settings);
}
