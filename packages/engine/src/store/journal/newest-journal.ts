/** What the journal of the version seen last says, where there may be a second partial beside the first. */
import { SluiceError } from '../../errors.ts';
import { journalName } from '../../plan/names/file-names.ts';
import type { Files } from '../../ports/files.ts';
import { findSecond } from './find-second.ts';
import { type InspectedJournal, inspectJournal } from './journal.ts';

/**
 * Writes nothing.
 * @param fileName the name that the file gets in the end
 * @returns also what the partial and the journal are named after
 * @throws as `inspectJournal`
 */
export async function inspectNewest(
  files: Files,
  folder: string,
  fileName: string,
): Promise<InspectedJournal & { readonly storedAs: string }> {
  const inspect = async (storedAs: string) => ({
    ...(await inspectJournal(files, files.join(folder, journalName(storedAs)))),
    storedAs,
  });
  const head = await findSecond(files, folder, fileName);
  if (head === null) return inspect(fileName);
  const second = await inspect(head.fileName);
  const first = await inspect(fileName).catch((error: unknown) => {
    if (error instanceof SluiceError) return null;
    throw error;
  });
  return (first?.head.revision ?? 0) > (second.head.revision ?? 0) && first !== null ? first : second;
}
