/** Finds an Electron binary that can show a window here, fetching it once where that is possible. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './command.mjs';
import { readMemory, writeMemory } from './fingerprint.mjs';
import { asRecord } from './manifest.mjs';
import { memoryFolder, pinnedNode } from './paths.mjs';
import { canReach, firstHop } from './reach.mjs';
import { hasDisplay } from './display.mjs';
import { decideSandbox, readSandboxFacts } from './sandbox.mjs';
import { say } from './say.mjs';

/**
 * @typedef {{ kind: 'found', file: string, switches: string[], note: string | null } | { kind: 'none', reason: string }} Electron
 */

const dayMs = 24 * 60 * 60 * 1000;
const reachTimeoutMs = 5000;
const fetchTimeoutMs = 10 * 60 * 1000;
const tryOutTimeoutMs = 15_000;

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Electron>}
 */
export async function findElectron(root, env) {
  if (!hasDisplay(env, process.platform)) return { kind: 'none', reason: 'there is no display' };
  const located = await locate(root, env);
  if (located.kind === 'none') return located;
  const problem = await tryOut(located.file, root, env);
  if (problem !== null) return { kind: 'none', reason: `Electron does not run here: ${problem}` };
  const sandbox = decideSandbox(readSandboxFacts(located.file));
  switch (sandbox.kind) {
    case 'on':
      return { kind: 'found', file: located.file, switches: [], note: null };
    case 'off':
      return { kind: 'found', file: located.file, switches: ['--no-sandbox'], note: sandbox.note };
    case 'blocked':
      return { kind: 'none', reason: sandbox.reason };
  }
}

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ kind: 'found', file: string } | { kind: 'none', reason: string }>}
 */
async function locate(root, env) {
  const overriding = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (overriding !== undefined && overriding !== '') {
    const file = join(overriding, executableOf(process.platform));
    if (existsSync(file)) return { kind: 'found', file };
    return { kind: 'none', reason: `ELECTRON_OVERRIDE_DIST_PATH is set, but there is no ${file}` };
  }
  const link = join(root, 'apps', 'desktop', 'node_modules', 'electron');
  if (!existsSync(link)) return { kind: 'none', reason: 'the electron package is not installed' };
  const folder = realpathSync(link);
  const file = join(folder, 'dist', executableOf(process.platform));
  if (isUnpacked(folder)) return { kind: 'found', file };
  const problem = await fetchOnce(root, folder, env);
  return problem === null ? { kind: 'found', file } : { kind: 'none', reason: problem };
}

/**
 * The place of the program inside Electron's unpacked folder.
 *
 * @param {string} platform
 */
export function executableOf(platform) {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/**
 * The package writes path.txt last, so a download cut short does not count.
 *
 * @param {string} folder The electron package's.
 */
function isUnpacked(folder) {
  const note = join(folder, 'path.txt');
  return existsSync(note) && existsSync(join(folder, 'dist', readFileSync(note, 'utf8')));
}

/**
 * Electron's package has no install step: its own install.js fetches the binary on first use, from GitHub or a mirror that is
 * set the way `@electron/get` reads it. A failure is remembered for a day, so that not every start waits for it.
 *
 * @param {string} root
 * @param {string} folder The electron package's.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | null>} Why it cannot be had; null when it is there.
 */
async function fetchOnce(root, folder, env) {
  const memory = join(memoryFolder(root), 'electron-not-fetched.json');
  const version = String(asRecord(readMemory(join(folder, 'package.json')))['version']);
  const address = env['ELECTRON_MIRROR'] ?? env['npm_config_electron_mirror'] ?? 'https://github.com/';
  const failure = `the Electron binary cannot be fetched from ${hostOf(address)}`;
  if (isFresh(readMemory(memory), { version, address, nowMs: Date.now() }))
    return `${failure} (tried within the last day)`;
  const reached = await canReach(
    firstHop(URL.canParse(address) ? address : 'https://github.com/', env),
    reachTimeoutMs,
  );
  if (reached) {
    say(`Fetching Electron ${version}, once (about 120 MB)…`);
    await capture(pinnedNode(root), [join(folder, 'install.js')], { cwd: root, env, timeoutMs: fetchTimeoutMs });
    if (isUnpacked(folder)) return null;
  }
  writeMemory(memory, { version, address, failedAtMs: Date.now() });
  return failure;
}

/** @param {string} address */
function hostOf(address) {
  return URL.canParse(address) ? new URL(address).hostname : address;
}

/**
 * True when the same fetch failed less than a day ago.
 *
 * @param {unknown} remembered
 * @param {{ version: string, address: string, nowMs: number }} wanted
 */
export function isFresh(remembered, { version, address, nowMs }) {
  const failure = asRecord(remembered);
  const ageMs = nowMs - Number(failure['failedAtMs']);
  return failure['version'] === version && failure['address'] === address && ageMs >= 0 && ageMs < dayMs;
}

/**
 * Starts the binary as plain Node for a moment: a system without its libraries is found out before a window is promised.
 *
 * @param {string} file
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | null>} What it said; null when it ran.
 */
async function tryOut(file, root, env) {
  const asNode = { ...env, ELECTRON_RUN_AS_NODE: '1' };
  const { exitCode, output } = await capture(file, ['-e', '0'], { cwd: root, env: asNode, timeoutMs: tryOutTimeoutMs });
  if (exitCode === 0) return null;
  return output.trim().split('\n').at(-1) ?? `it ended with ${exitCode}`;
}
