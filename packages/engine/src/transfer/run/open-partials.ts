/** Opens everything that earlier runs left of one file: its partial, and that of another version beside it. */
import { findSecond } from '../../store/journal/find-second.ts';
import type { Files } from '../../ports/files.ts';
import { openWorkingFile, type Place, type Reopened } from '../file/open-working-file.ts';
import { deletePartial } from '../file/delete-partial.ts';
import type { WorkingFile } from '../file/working-file.ts';

export type OpenedPartials =
  | {
      readonly kind: 'opened';
      /** Of the version seen last. */
      readonly working: WorkingFile;
      /** Of the version before, kept until the other one is finished. */
      readonly earlier: WorkingFile | null;
    }
  | Exclude<Reopened, { kind: 'opened' }>;

/** @throws as {@link openWorkingFile}; nothing stays open then */
export async function openPartials(
  files: Files,
  place: Pick<Place, 'folder' | 'fileName' | 'links'>,
  signal: AbortSignal,
): Promise<OpenedPartials> {
  const { folder, fileName } = place;
  const head = await findSecond(files, folder, fileName);
  // Whatever is left of another version goes before the journal that proves the file to be whole.
  const beforeForgetting = async (): Promise<void> => {
    if (head !== null) await deletePartial(files, { folder, fileName: head.fileName, links: [head.url] });
  };
  const first = await openWorkingFile(files, { ...place, beforeForgetting }, signal);
  if (head === null || first.kind === 'complete') return withoutEarlier(first);
  const second = await openSecond(files, { ...place, storedAs: head.fileName }, { first, signal });
  if (second.kind === 'complete') return second;
  if (second.kind === 'nothing') return withoutEarlier(first);
  if (first.kind === 'nothing') return withoutEarlier(second);
  const [working, earlier] =
    first.working.revision > second.working.revision
      ? [first.working, second.working]
      : [second.working, first.working];
  return { kind: 'opened', working, earlier };
}

async function openSecond(
  files: Files,
  place: Place,
  { first, signal }: { readonly first: Reopened; readonly signal: AbortSignal },
): Promise<Reopened> {
  const working = first.kind === 'opened' ? first.working : null;
  try {
    const beforeForgetting = async () => working?.discard();
    return await openWorkingFile(files, { ...place, beforeForgetting }, signal);
  } catch (error) {
    await working?.close();
    throw error;
  }
}

function withoutEarlier(reopened: Reopened): OpenedPartials {
  return reopened.kind === 'opened' ? { ...reopened, earlier: null } : reopened;
}
