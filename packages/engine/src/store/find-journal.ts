/** Finds the partial of a link in a folder, so that a download can be taken up without any list of downloads. */
import { SluiceError } from '@sluice/contract';
import type { Files } from '../ports/files.ts';
import type { JournalHead } from './journal.ts';
import { readHead } from './journal-reader.ts';
import { withoutUserInfo } from './user-info.ts';

export const journalSuffix = '.sluice-journal';

export interface FoundJournal {
  readonly path: string;
  readonly head: JournalHead;
}

/**
 * The path of the newest journal of this link, or null. Of a folder's files only those named like a journal are
 * opened, and of those only the head is read; what cannot be read is passed over.
 */
export async function findJournal(files: Files, folder: string, url: string): Promise<string | null> {
  const wanted = withoutUserInfo(url);
  let newest: FoundJournal | null = null;
  for await (const found of journalsIn(files, folder)) {
    if (found.head.url !== wanted) continue;
    if (newest === null || found.head.createdAtMs > newest.head.createdAtMs) newest = found;
  }
  return newest?.path ?? null;
}

/** Every journal in a folder whose head can be read: what could be adopted. */
export async function* journalsIn(files: Files, folder: string): AsyncGenerator<FoundJournal> {
  for (const name of await namesIn(files, folder)) {
    if (!name.endsWith(journalSuffix)) continue;
    const path = files.join(folder, name);
    const head = await headOf(files, path);
    if (head !== null) yield { path, head };
  }
}

async function namesIn(files: Files, folder: string): Promise<readonly string[]> {
  try {
    return await files.listFolder(folder);
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'folder-missing') return [];
    throw error;
  }
}

async function headOf(files: Files, path: string): Promise<JournalHead | null> {
  try {
    const file = await files.open(path);
    try {
      return await readHead(file);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof SluiceError) return null;
    throw error;
  }
}
