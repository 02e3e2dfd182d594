/** Deletes what a download left unfinished: the partial and the journal, and neither when they are another's by now. */
import { SluiceError } from '../../errors.ts';
import { journalName, partialName } from '../../plan/names/file-names.ts';
import type { Files } from '../../ports/files.ts';
import { deleteOwn } from '../../store/delete-own.ts';
import { type InspectedJournal, inspectJournal } from '../../store/journal/journal.ts';
import { withoutUserInfo } from '../../plan/request/user-info.ts';

export interface LeftBehind {
  readonly folder: string;
  readonly fileName: string;
  /** One of which the journal has to name. */
  readonly links: readonly string[];
}

/**
 * The journal tells whose a partial is: of which link, and which file on the disk. Where it names another link, another
 * process, or nothing that can be read, all stays.
 * @returns whether nothing of the download is left
 */
export async function deletePartial(files: Files, { folder, fileName, links }: LeftBehind): Promise<boolean> {
  const journalPath = files.join(folder, journalName(fileName));
  const partialPath = files.join(folder, partialName(fileName));
  const journal = await inspect(files, journalPath);
  if (journal === null) return (await files.lookUp(partialPath)) === null;
  const isOurs = journal.head.fileName === fileName && links.map(withoutUserInfo).includes(journal.head.url);
  if (!isOurs || journal.isInUse) return false;
  const isGone = await deleteOwn(files, partialPath, journal.head.partialIdentity);
  await deleteOwn(files, journalPath, journal.identity);
  return isGone;
}

async function inspect(files: Files, path: string): Promise<InspectedJournal | null> {
  try {
    return await inspectJournal(files, path);
  } catch (error) {
    if (error instanceof SluiceError) return null;
    throw error;
  }
}
