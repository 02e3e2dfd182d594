/** Keeps small secrets in files of a folder that only the user can enter. */
import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SluiceError } from '@sluice/contract';

/**
 * Makes the folder, or takes the one that is there and closes it to everyone else.
 * @throws `file-access-denied` for a link, a file or a folder of another user in its place
 */
export async function privateFolder(path: string): Promise<string> {
  await mkdir(path, { mode: 0o700, recursive: true });
  const found = await lstat(path);
  const isOwn = process.getuid === undefined || found.uid === process.getuid();
  if (!found.isDirectory() || !isOwn) {
    throw new SluiceError('file-access-denied', 'not a folder of this user', { facts: { path } });
  }
  if (process.platform !== 'win32') await chmod(path, 0o700);
  return path;
}

/** The file appears whole, and never with another mode than 0600. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const staged = join(dirname(path), `.${basename(path)}-${randomBytes(6).toString('hex')}`);
  try {
    await writeFile(staged, text, { mode: 0o600, flag: 'wx' });
    await rename(staged, path);
  } catch (error) {
    await rm(staged, { force: true });
    throw error;
  }
}
