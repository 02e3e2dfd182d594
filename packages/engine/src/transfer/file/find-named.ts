/** Finds the name that a finished file was given: the wanted one, or one with a number. */
import { candidateNames } from '../../plan/names/file-names.ts';
import type { FileFacts, Files } from '../../ports/files.ts';

/** A file that has a higher number than this is looked for in vain, and fetched again. */
const mostTried = 200;

export async function findNamed(
  files: Files,
  place: { readonly folder: string; readonly fileName: string },
  identity: string,
): Promise<(FileFacts & { readonly fileName: string }) | null> {
  let tried = 0;
  for (const fileName of candidateNames(place.fileName)) {
    const there = await files.lookUp(files.join(place.folder, fileName));
    // A name is given only where all before it were taken.
    if (there === null || tried > mostTried) return null;
    if (there.kind === 'file' && there.identity === identity) return { ...there, fileName };
    tried += 1;
  }
  return null;
}
