/** Decides whether Chromium's sandbox can start on this machine, before Electron ends in a crash over it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * @typedef {object} SandboxFacts
 * @property {string} platform
 * @property {boolean} isRoot
 * @property {boolean} namespacesAllowed Whether an ordinary user may create user namespaces.
 * @property {boolean} helperReady Whether chrome-sandbox beside the binary belongs to root and is setuid.
 * @property {string} helper The path of chrome-sandbox.
 */

/** @typedef {{ kind: 'on' } | { kind: 'off', note: string } | { kind: 'blocked', reason: string }} SandboxDecision */

/**
 * Chromium refuses to run as root with its sandbox, so root runs without it and is told. An ordinary user's sandbox is never
 * switched off silently: where the system forbids it, the way to allow it is named.
 *
 * @param {SandboxFacts} facts
 * @returns {SandboxDecision}
 */
export function decideSandbox({ platform, isRoot, namespacesAllowed, helperReady, helper }) {
  if (platform !== 'linux') return { kind: 'on' };
  if (isRoot)
    return {
      kind: 'off',
      note: 'Running as root, so without Chromium’s sandbox; better start Sluice as an ordinary user.',
    };
  if (namespacesAllowed || helperReady) return { kind: 'on' };
  return {
    kind: 'blocked',
    reason: `this system does not let Chromium’s sandbox start (to allow it: sudo chown root ${helper} && sudo chmod 4755 ${helper})`,
  };
}

/**
 * @param {string} executable Electron's.
 * @returns {SandboxFacts}
 */
export function readSandboxFacts(executable) {
  const helper = join(dirname(executable), 'chrome-sandbox');
  return {
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    namespacesAllowed:
      setting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') !== '1' &&
      setting('/proc/sys/kernel/unprivileged_userns_clone') !== '0' &&
      setting('/proc/sys/user/max_user_namespaces') !== '0',
    helperReady: existsSync(helper) && statSync(helper).uid === 0 && (statSync(helper).mode & 0o4000) !== 0,
    helper,
  };
}

/**
 * @param {string} path
 * @returns {string | null} Null where this kernel has no such setting.
 */
function setting(path) {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
}
