/** Makes a folder and those above it, in bounded time on every file system. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf } from './disk-errors.ts';

export interface FolderMaking {
  /** Permission bits of what is made. Default: what the umask leaves of 0o777. */
  readonly mode?: number;
  /** Default: the system's own. */
  readonly mkdir?: (path: string, options?: { readonly mode?: number }) => Promise<unknown>;
}

/**
 * Step by step: Node's own recursive way never comes back where a file system says ENOENT for "you may not", as /proc
 * does.
 * @returns whether the folder itself was made, as against found
 * @throws the system's error
 */
export async function makeFolders(path: string, making: FolderMaking = {}): Promise<boolean> {
  if (await isFolder(path)) return false;
  if (await tryMake(path, making)) return true;
  // Below a parent that was just made or found, ENOENT is the system's last word.
  await makeFolders(dirname(path), making);
  await makeOne(path, making);
  return true;
}

/** @returns false when a parent is missing */
async function tryMake(path: string, making: FolderMaking): Promise<boolean> {
  try {
    await makeOne(path, making);
    return true;
  } catch (error) {
    const isOrphan = errnoOf(error) === 'ENOENT' && dirname(path) !== path && !(await isFolder(dirname(path)));
    if (isOrphan) return false;
    throw error;
  }
}

async function makeOne(path: string, { mode, mkdir: make = mkdir }: FolderMaking): Promise<void> {
  try {
    await make(path, mode === undefined ? {} : { mode });
  } catch (error) {
    // Another program may have made it just now.
    if (!(await isFolder(path))) throw error;
  }
}

/** A link to a folder is as good. */
async function isFolder(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => null);
  return facts?.isDirectory() ?? false;
}
