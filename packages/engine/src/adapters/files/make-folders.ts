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

/** A folder that vanishes, or is made by others, between two tries is tried again; a file system that always refuses is not. */
const mostTries = 4;

/**
 * Step by step: Node's own recursive way never comes back where a file system says ENOENT for "you may not", as /proc
 * does. Any number of callers and programs may make the same folders at the same time: who comes second finds them.
 * @returns whether the folder itself was made, as against found
 * @throws the system's error
 */
export async function makeFolders(path: string, making: FolderMaking = {}): Promise<boolean> {
  if (await isFolder(path)) return false;
  for (let tries = 1; ; tries += 1) {
    try {
      return await makeOne(path, making);
    } catch (error) {
      // Whether the parent is there now says nothing of why this failed: a sibling may have made it since.
      if (errnoOf(error) !== 'ENOENT' || dirname(path) === path || tries >= mostTries) throw error;
    }
    await makeFolders(dirname(path), making);
  }
}

/** @returns false when another program has made it just now */
async function makeOne(path: string, { mode, mkdir: make = mkdir }: FolderMaking): Promise<boolean> {
  try {
    await make(path, mode === undefined ? {} : { mode });
    return true;
  } catch (error) {
    if (!(await isFolder(path))) throw error;
    return false;
  }
}

/** A link to a folder is as good. */
async function isFolder(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => null);
  return facts?.isDirectory() ?? false;
}
