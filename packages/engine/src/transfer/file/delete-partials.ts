/** Deletes all that a download left unfinished of one file: its partial, and that of another version beside it. */
import type { Files } from '../../ports/files.ts';
import { findSecond } from '../../store/journal/find-second.ts';
import { deletePartial, type LeftBehind } from './delete-partial.ts';

/** @returns whether nothing of the download is left */
export async function deletePartials(files: Files, left: LeftBehind): Promise<boolean> {
  const { folder, fileName, links } = left;
  // Before the first one, which leads to it.
  const second = await findSecond(files, folder, fileName);
  const isSecondGone = second === null || (await deletePartial(files, { folder, fileName: second.fileName, links }));
  return (await deletePartial(files, left)) && isSecondGone;
}
