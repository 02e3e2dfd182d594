/** Tells whether a folder could take files, without making it or anything in it. */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SluiceError } from '@sluice/contract';

/** @throws SluiceError `file-access-denied`, `folder-missing`, with the folder in `facts` */
export async function checkFolder(folder: string): Promise<void> {
  const nearest = await nearestThere(folder);
  const facts = { folder };
  if (!nearest.isFolder) throw new SluiceError('folder-missing', 'a file is in the way', { facts });
  try {
    await access(nearest.path, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new SluiceError('file-access-denied', 'the folder cannot take files', { facts, cause: error });
  }
}

async function nearestThere(path: string): Promise<{ readonly path: string; readonly isFolder: boolean }> {
  const facts = await stat(path).catch(() => null);
  if (facts !== null) return { path, isFolder: facts.isDirectory() };
  return dirname(path) === path ? { path, isFolder: false } : nearestThere(dirname(path));
}
