/** Makes sure that the folder can take files before anything is asked of a server. */
import { mkdir } from 'node:fs/promises';
import { type Calls, SluiceError } from '@sluice/contract';

/** @throws SluiceError `file-access-denied` or `folder-missing`, with the folder in `facts` */
export async function prepareFolder(api: Pick<Calls, 'folderInfo'>, folder: string): Promise<void> {
  const cause: unknown = await mkdir(folder, { recursive: true }).then(
    () => undefined,
    (error: unknown) => error,
  );
  const { writable } = await api.folderInfo({ folder });
  if (writable) return;
  const code = isNoFolder(cause) ? 'folder-missing' : 'file-access-denied';
  throw new SluiceError(code, 'the folder cannot take files', { facts: { folder }, cause });
}

/** Something on the way is a file. */
function isNoFolder(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOTDIR' || error.code === 'EEXIST');
}
