/** Makes sure, before anything is served, that files can be put where they should go. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { SluiceError } from '@sluice/contract';
import { makeFolders } from '@sluice/host';

/** @throws `file-access-denied` or `folder-missing` with the folder in the facts */
export async function prepareDownloadFolder(folder: string): Promise<void> {
  try {
    await makeFolders(folder);
    await access(folder, constants.W_OK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const isNoFolder = code === 'ENOTDIR' || code === 'EEXIST' || code === 'ENOENT';
    throw new SluiceError(isNoFolder ? 'folder-missing' : 'file-access-denied', code, {
      facts: { path: folder },
      cause,
    });
  }
}
