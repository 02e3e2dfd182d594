/** Clears away what a crash left beside a file that already has its final name. */
import { SluiceError } from '../../errors.ts';
import { journalName, partialName } from '../../plan/names/file-names.ts';
import type { Files } from '../../ports/files.ts';
import { inspectJournal } from '../../store/journal/journal.ts';
import { withoutUserInfo } from '../../plan/request/user-info.ts';

/**
 * The second name of the finished file, and the journal that speaks of that very file; nothing else.
 * @param place the name under which the bytes gathered
 * @throws disk codes
 */
export async function clearBesideNamed(
  files: Files,
  place: { readonly folder: string; readonly fileName: string },
  identity: string,
): Promise<void> {
  const partialPath = files.join(place.folder, partialName(place.fileName));
  if ((await files.lookUp(partialPath))?.identity === identity) await files.delete(partialPath);
  const journalPath = files.join(place.folder, journalName(place.fileName));
  if (await speaksOf(files, journalPath, { identity })) await files.delete(journalPath);
}

/** Whether the journal at the path is that file's, from that link where one is given, and no living process uses it. */
export async function speaksOf(
  files: Files,
  journalPath: string,
  { identity, link = null }: { readonly identity: string; readonly link?: string | null },
): Promise<boolean> {
  try {
    const { head, isInUse } = await inspectJournal(files, journalPath);
    const isOfLink = link === null || head.url === withoutUserInfo(link);
    return head.partialIdentity === identity && isOfLink && !isInUse;
  } catch (error) {
    if (error instanceof SluiceError) return false;
    throw error;
  }
}

/** Deletes the journal beside a whole file, if it speaks of that very file: there is nothing left to remember. */
export async function clearStaleJournal(files: Files, path: string): Promise<void> {
  const there = await files.lookUp(path);
  const journalPath = journalName(path);
  if (there !== null && (await speaksOf(files, journalPath, { identity: there.identity })))
    await files.delete(journalPath);
}
