/** Finds the partials in a folder, so that a download can resume without any list of downloads. */
import { SluiceError } from '@sluice/contract';
import { journalName, journalSuffix } from '../../plan/names/file-names.ts';
import type { Files } from '../../ports/files.ts';
import type { JournalHead } from './journal.ts';
import { readHead } from './journal-reader.ts';

export interface FoundJournal {
  readonly path: string;
  readonly head: JournalHead;
}

/**
 * Every journal in a folder whose head can be read. Of the folder's files only those named like a journal are
 * opened, and of those only the head is read, so that a folder of many thousands costs little. Passed over are journals
 * of another user, who could have written anything into them, and those that speak of another file than the one beside
 * them: a name out of a file's content is never followed.
 */
export async function* journalsIn(files: Files, folder: string): AsyncGenerator<FoundJournal> {
  for (const name of await namesIn(files, folder)) {
    if (!name.endsWith(journalSuffix)) continue;
    const path = files.join(folder, name);
    const head = await headOf(files, folder, path);
    if (head !== null && journalName(head.fileName) === name) yield { path, head };
  }
}

/** Of everything in a folder; none when there is no such folder. */
export async function namesIn(files: Files, folder: string): Promise<readonly string[]> {
  try {
    return await files.listFolder(folder);
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'folder-missing') return [];
    throw error;
  }
}

/** Null when the journal is missing, its head cannot be read, or it lies. */
export async function headOf(files: Files, folder: string, path: string): Promise<JournalHead | null> {
  try {
    const file = await files.open(path);
    try {
      return (await files.isOwnFile(folder, await file.facts())) ? await readHead(file) : null;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof SluiceError) return null;
    throw error;
  }
}
