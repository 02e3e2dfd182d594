/** Sees that the programs which the tests drive are on this system, and installs them where that is allowed. */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { capture } from './command.mjs';
import { PlainFailure, say } from './say.mjs';

/**
 * @typedef {object} SystemPackage
 * @property {string} name As Debian calls it.
 * @property {string[]} commands Any one of them proves that it is here; one that is a path need only be there.
 * @property {string | null} variable Names the program instead, when set.
 * @property {string | null} service What the package would leave running.
 */

/** @type {readonly SystemPackage[]} */
const systemPackages = [
  {
    name: 'chromium',
    commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
    variable: 'SLUICE_CHROMIUM',
    service: null,
  },
  // The server without its service, which another package holds.
  { name: 'apache2-bin', commands: ['apache2'], variable: null, service: null },
  { name: 'nginx-light', commands: ['nginx'], variable: null, service: 'nginx' },
  { name: 'curl', commands: ['curl'], variable: null, service: null },
  { name: 'openssh-server', commands: ['sshd'], variable: null, service: 'ssh' },
  { name: 'proftpd-core', commands: ['proftpd'], variable: null, service: 'proftpd' },
  { name: 'proftpd-mod-crypto', commands: ['/usr/lib/proftpd/mod_sftp.so'], variable: null, service: null },
  { name: 'openssl', commands: ['openssl'], variable: null, service: null },
  { name: 'tinyproxy-bin', commands: ['tinyproxy'], variable: null, service: null },
  { name: 'microsocks', commands: ['microsocks'], variable: null, service: 'microsocks' },
  // What ends an engine at a chosen system call, and what keeps a disk as a power cut would leave it.
  { name: 'strace', commands: ['strace'], variable: null, service: null },
  { name: 'btrfs-progs', commands: ['mkfs.btrfs'], variable: null, service: null },
  { name: 'e2fsprogs', commands: ['mkfs.ext4'], variable: null, service: null },
];

/** Where daemons live, which an ordinary user's PATH may lack. */
const daemonFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @throws {PlainFailure} When something is missing and cannot be installed from here.
 */
export async function ensureSystemPackages(root, env) {
  const missing = missingPackages(systemPackages, env);
  if (missing.length === 0) return;
  const names = missing.map((each) => each.name).join(' ');
  const asRoot = await rootPrefix(root, env);
  if (asRoot === null || !existsSync('/usr/bin/apt-get')) throw new PlainFailure(missingMessage(missing));
  say(`Installing what the tests drive: ${names}…`);
  const command = [...asRoot, 'sh', '-c', installScript(missing, '/usr/sbin/policy-rc.d')];
  const { exitCode, output } = await capture(command[0] ?? 'sh', command.slice(1), { cwd: root, env });
  const still = missingPackages(systemPackages, env);
  if (still.length > 0)
    throw new PlainFailure(`${output.trimEnd()}\n\napt-get ended with ${exitCode}. ${missingMessage(still)}`);
}

/**
 * @param {readonly SystemPackage[]} packages
 * @param {NodeJS.ProcessEnv} env
 */
export function missingPackages(packages, env) {
  const folders = [...(env['PATH'] ?? '').split(delimiter), ...daemonFolders].filter((folder) => folder !== '');
  return packages.filter(({ commands, variable }) => {
    const named = variable === null ? undefined : env[variable];
    if (named !== undefined && named !== '') return !isExecutable(named);
    return !commands.some((command) =>
      isAbsolute(command) ? existsSync(command) : folders.some((folder) => isExecutable(join(folder, command))),
    );
  });
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {readonly SystemPackage[]} missing */
export function missingMessage(missing) {
  const names = missing.map((each) => each.name).join(' ');
  const instead = missing
    .filter((each) => each.variable !== null)
    .map((each) => `${each.variable} may name another ${each.name}`);
  const hint = instead.length === 0 ? '' : ` (${instead.join('; ')})`;
  return `The tests drive programs that are not here: ${names}. Install them with: sudo apt-get install --no-install-recommends ${names}${hint}`;
}

/**
 * A shell script for root. Debian starts and enables a daemon as it installs it; a policy-rc.d that says no keeps it from
 * starting, and disabling keeps it from starting with the system: the tests run their own on ports of their own.
 *
 * @param {readonly SystemPackage[]} packages
 * @param {string} policy Where Debian looks for it.
 */
export function installScript(packages, policy) {
  const names = packages.map((each) => each.name).join(' ');
  const services = packages.map((each) => each.service).filter((service) => service !== null);
  return [
    `policy=${policy}`,
    'if [ ! -e $policy ]; then printf "#!/bin/sh\\nexit 101\\n" >$policy && chmod 755 $policy && trap "rm -f $policy" EXIT; fi',
    'export DEBIAN_FRONTEND=noninteractive',
    `install() { apt-get install -y --no-install-recommends ${names}; }`,
    'install || { apt-get update && install; }',
    'result=$?',
    ...services.map((service) => `[ ! -d /run/systemd/system ] || systemctl disable --now ${service} || true`),
    'exit $result',
  ].join('\n');
}

/**
 * What to put before a command so that it runs as root without asking; null where that cannot be.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string[] | null>}
 */
async function rootPrefix(root, env) {
  if (process.getuid?.() === 0) return [];
  if (process.platform === 'win32') return null;
  const { exitCode } = await capture('sudo', ['-n', 'true'], { cwd: root, env });
  return exitCode === 0 ? ['sudo', '-n'] : null;
}
