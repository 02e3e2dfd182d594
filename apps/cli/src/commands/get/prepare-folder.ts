/** Makes sure that the folder can take files before anything is asked of a server. */
import { type Calls, type ErrorCode, SluiceError } from '@sluice/contract';
import { makeFolders } from '@sluice/host';

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
    await makeFolders(folder);
  } catch (error) {
    const errno = errnoOf(error);
    const code = codes[errno] ?? 'file-access-denied';
    throw new SluiceError(code, `the folder cannot be made: ${errno}`, { facts: { folder }, cause: error });
  }
  const { writable } = await api.folderInfo({ folder });
  if (writable === false)
    throw new SluiceError('file-access-denied', 'the folder cannot take files', { facts: { folder } });
}

function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
