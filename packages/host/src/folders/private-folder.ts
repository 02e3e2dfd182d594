/** Makes the folder in which a host keeps its own files, for the user's eyes only. */
import { chmod } from 'node:fs/promises';
import { SluiceError } from '@sluice/contract';
import { makeFolders } from '@sluice/engine';

/**
 * A folder that is already there keeps its mode: it may be shared on purpose, and everything put into it is
 * created 0600 anyway.
 * @throws `file-access-denied` or `folder-missing`, with the folder in the facts
 */
export async function makePrivateFolder(folder: string): Promise<void> {
  try {
    const isMade = await makeFolders(folder, { mode: 0o700 });
    // The umask may have taken more away than intended, never less; say what must hold.
    if (isMade) await chmod(folder, 0o700);
  } catch (cause) {
    throw folderError(folder, cause);
  }
}

function folderError(folder: string, cause: unknown): SluiceError {
  const systemCode = (cause as NodeJS.ErrnoException).code;
  const code =
    systemCode === 'ENOTDIR' || systemCode === 'EEXIST' || systemCode === 'ENOENT'
      ? 'folder-missing'
      : 'file-access-denied';
  return new SluiceError(code, `cannot make the data folder: ${systemCode ?? String(cause)}`, {
    facts: { path: folder, of: 'list' },
    cause,
  });
}
