/** Clears away what a crash left of another version beside a file that already has its final name. */
import { journalName } from '../../plan/names/file-names.ts';
import type { Files } from '../../ports/files.ts';
import { findSecond } from '../../store/journal/find-second.ts';
import { speaksOf } from './clear-beside-named.ts';
import { deletePartial } from './delete-partial.ts';

/**
 * The journal that speaks of the finished file goes last: while it is there, the next start can tell.
 * @param place the name that the file was to get
 */
export async function clearOtherVersion(
  files: Files,
  place: { readonly folder: string; readonly fileName: string },
  identity: string,
): Promise<void> {
  const { folder, fileName } = place;
  const second = await findSecond(files, folder, fileName);
  if (second === null) return;
  const journalPath = files.join(folder, journalName(second.fileName));
  if (await speaksOf(files, journalPath, { identity })) {
    await deletePartial(files, { folder, fileName, links: [second.url] });
    await files.delete(journalPath);
  } else if (await speaksOf(files, files.join(folder, journalName(fileName)), { identity })) {
    await deletePartial(files, { folder, fileName: second.fileName, links: [second.url] });
  }
}
