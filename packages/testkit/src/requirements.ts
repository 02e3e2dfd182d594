/**
 * What a test needs of the system it runs on. Where that is missing, the test is skipped under a name that says why, and
 * `npm test` prints that name: `test.skipIf(!rootUser.isMet)(nameFor('F69 …', rootUser), …)`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Requirement {
  readonly isMet: boolean;
  /** What is missing where it is not met: `needs root on Linux`. */
  readonly reason: string;
}

/** The test's name, with the reason behind it where the test is skipped. */
export function nameFor(name: string, { isMet, reason }: Requirement): string {
  return isMet ? name : `${name} (skipped: ${reason})`;
}

/** Changing owners, limits and mounts of any process. */
export const rootUser: Requirement = {
  isMet: process.platform === 'linux' && process.getuid?.() === 0,
  reason: 'needs root on Linux',
};

/** Mounting images and file systems in memory: root that is not confined, and loop devices. */
export const mountableDisks: Requirement = {
  isMet: rootUser.isMet && existsSync('/dev/loop-control') && mayMount(),
  reason: 'needs root on Linux, with loop devices and the right to mount',
};

/** Network namespaces of the test's own, as containers have them. */
export const networkNamespaces: Requirement = {
  isMet: rootUser.isMet && succeeds('unshare', ['--net', 'true']),
  reason: 'needs root on Linux, with the right to make network namespaces',
};

function mayMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-mount-'));
  try {
    if (!succeeds('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder])) return false;
    return succeeds('umount', [folder]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function succeeds(command: string, options: readonly string[]): boolean {
  try {
    execFileSync(command, options, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
