/** Deletes a file only while it is the one that is meant: a name may have become another file's. */
import type { Files } from '../ports/files.ts';

/** @returns whether nothing of that file is left under the name */
export async function deleteOwn(files: Files, path: string, identity: string): Promise<boolean> {
  const there = await files.lookUp(path);
  if (there === null) return true;
  if (there.identity !== identity) return false;
  await files.delete(path);
  return true;
}
