/** Makes a folder read-only for the user who runs the tests, root included. */
import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { mountableDisks, type Requirement } from './requirements.ts';

const isRoot = process.getuid?.() === 0;

/** Permission bits hold everyone but root, who needs a mount. */
export const readOnlyFolders: Requirement = {
  isMet: process.platform !== 'win32' && (!isRoot || mountableDisks.isMet),
  reason: 'needs an ordinary user, or root with the right to mount',
};

/** The folder can be written again once the result is disposed of. */
export function makeReadOnly(folder: string): Disposable {
  if (!isRoot) {
    chmodSync(folder, 0o500);
    return { [Symbol.dispose]: () => chmodSync(folder, 0o700) };
  }
  run('mount', '--bind', folder, folder);
  const disposable = { [Symbol.dispose]: () => run('umount', '--lazy', folder) };
  try {
    run('mount', '-o', 'remount,bind,ro', folder);
  } catch (error) {
    disposable[Symbol.dispose]();
    throw error;
  }
  return disposable;
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
