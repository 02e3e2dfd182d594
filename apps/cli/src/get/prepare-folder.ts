/** Makes sure that the folder can take files before anything is asked of a server. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Calls, type ErrorCode, SluiceError } from '@sluice/contract';

/** What keeps a folder from being made, by the system's name for it; anything else is a refusal. */
const codes: Readonly<Record<string, ErrorCode>> = {
  // Something on the way is a file, or a link to nowhere.
  ENOTDIR: 'folder-missing',
  EEXIST: 'folder-missing',
  ENOENT: 'folder-missing',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EIO: 'disk-io',
  ENAMETOOLONG: 'name-invalid',
};

/** @throws SluiceError `file-access-denied`, `folder-missing` or another disk code, with the folder in `facts` */
export async function prepareFolder(api: Pick<Calls, 'folderInfo'>, folder: string): Promise<void> {
  try {
    await makeFolder(folder);
  } catch (error) {
    const errno = errnoOf(error);
    const code = codes[errno] ?? 'file-access-denied';
    throw new SluiceError(code, `the folder cannot be made: ${errno}`, { facts: { folder }, cause: error });
  }
  const { writable } = await api.folderInfo({ folder });
  if (!writable) throw new SluiceError('file-access-denied', 'the folder cannot take files', { facts: { folder } });
}

/** Step by step: Node's own recursive way never comes back where a file system says ENOENT for "you may not", as /proc does. */
async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  try {
    await mkdir(folder);
  } catch (error) {
    // Another command may have made it just now.
    if (await isFolder(folder)) return;
    if (errnoOf(error) !== 'ENOENT' || dirname(folder) === folder || (await isFolder(dirname(folder)))) throw error;
    await makeFolder(dirname(folder));
    await makeFolder(folder);
  }
}

async function isFolder(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => null);
  return facts?.isDirectory() ?? false;
}

function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
