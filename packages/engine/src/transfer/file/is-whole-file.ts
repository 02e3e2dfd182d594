/** Tells a file that is whole from one whose bytes still gather beside it. */
import { partialName } from '../../plan/names/file-names.ts';
import type { Files } from '../../ports/files.ts';

export async function isWholeFile(files: Files, path: string): Promise<boolean> {
  if ((await files.lookUp(path))?.kind !== 'file') return false;
  return (await files.lookUp(partialName(path))) === null;
}
