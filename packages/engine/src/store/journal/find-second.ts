/** Finds a second partial: what a run has begun of another version of a file whose first partial stays meanwhile. */
import { journalName } from '../../plan/names/file-names.ts';
import { secondNames } from '../../plan/names/second-names.ts';
import type { Files } from '../../ports/files.ts';
import { headOf } from './find-journal.ts';
import type { JournalHead } from './journal.ts';

/** @returns the head of its journal, whose `fileName` it is named after; null when there is none */
export async function findSecond(files: Files, folder: string, fileName: string): Promise<JournalHead | null> {
  for (const name of secondNames(fileName)) {
    const head = await headOf(files, folder, files.join(folder, journalName(name)));
    if (head !== null && head.fileName === name && head.replaces === fileName) return head;
  }
  return null;
}

/** The name that the file of a journal gets in the end. A head that names another file's second partial is not believed. */
export function finalNameOf({ fileName, replaces }: JournalHead): string {
  return replaces !== undefined && secondNames(replaces).includes(fileName) ? replaces : fileName;
}
