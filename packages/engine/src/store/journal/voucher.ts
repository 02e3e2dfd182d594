/** A journal that vouches for a file which is whole already, for as long as no list can be told of it. */
import { journalName } from '../../plan/names/file-names.ts';
import type { Extent } from '../../plan/ranges/extent.ts';
import type { Resource } from '../../plan/response/resource.ts';
import type { Files } from '../../ports/files.ts';
import { createJournal, type JournalHead } from './journal.ts';

/**
 * Durable when it resolves. The next run of the link finds the file by it, and deletes it.
 * @returns its path; null when something has that name
 * @throws disk codes
 */
export async function leaveVoucher(
  files: Files,
  spec: JournalHead & { readonly folder: string; readonly resource: Resource; readonly extent: Extent },
): Promise<string | null> {
  const { folder, extent, ...head } = spec;
  const path = files.join(folder, journalName(head.fileName));
  if ((await files.lookUp(path)) !== null) return null;
  const journal = await createJournal(files, path, head);
  try {
    if (extent.end > extent.start) await journal.recordExtents([extent]);
    await journal.recordSynced(journal.mark());
    await journal.settle();
    await journal.close();
    return path;
  } catch (error) {
    await journal.delete();
    throw error;
  }
}
