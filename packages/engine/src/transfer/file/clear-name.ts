/** Makes a name free again where an earlier run's leftovers take it: what holds nothing goes, what may hold bytes is kept apart. */
import { SluiceError } from '../../errors.ts';
import { journalName, keptNames, partialName } from '../../plan/names/file-names.ts';
import type { FileFacts, Files } from '../../ports/files.ts';
import { deleteOwn } from '../../store/delete-own.ts';
import { inspectJournal } from '../../store/journal/journal.ts';

/** A partial that no journal vouches for, under the name that it has now. */
export interface KeptApart {
  readonly path: string;
  readonly sizeBytes: number;
}

export type Clearing = { readonly kind: 'taken' } | { readonly kind: 'free'; readonly kept: KeptApart | null };

type Facts = FileFacts & { readonly kind: 'file' | 'folder' | 'other' };

const taken: Clearing = { kind: 'taken' };
/** A partial that takes no room is read up to here to make sure: some disks count a file's room only later. */
const mostReadBytes = 64 * 1024 * 1024;

/**
 * No other process may make a partial of that name meanwhile (`placeBeginning`). A journal that can be read keeps the
 * name for its own download.
 * @throws disk codes
 */
export async function clearName(files: Files, folder: string, fileName: string): Promise<Clearing> {
  const journalPath = files.join(folder, journalName(fileName));
  const partialPath = files.join(folder, partialName(fileName));
  const journal = await files.lookUp(journalPath);
  const partial = await files.lookUp(partialPath);
  if ((await isInTheWay(files, folder, journal)) || (await isInTheWay(files, folder, partial))) return taken;
  if (journal !== null && !(await isVoid(files, journalPath))) return taken;
  const kept = partial === null ? null : await clearPartial(files, { folder, fileName, path: partialPath, partial });
  if (kept === 'taken') return taken;
  if (journal !== null && !(await deleteOwn(files, journalPath, journal.identity))) return taken;
  return { kind: 'free', kept };
}

/** What another user made, or what is not a file, is not ours to move. */
async function isInTheWay(files: Files, folder: string, facts: Facts | null): Promise<boolean> {
  return facts !== null && (facts.kind !== 'file' || !(await files.isOwnFile(folder, facts)));
}

/** Emptied, zeroed or torn: nothing in it can be told. */
async function isVoid(files: Files, journalPath: string): Promise<boolean> {
  try {
    await inspectJournal(files, journalPath);
    return false;
  } catch (error) {
    if (error instanceof SluiceError) return error.code === 'journal-unreadable' || error.code === 'file-missing';
    throw error;
  }
}

async function clearPartial(
  files: Files,
  left: { readonly folder: string; readonly fileName: string; readonly path: string; readonly partial: Facts },
): Promise<KeptApart | null | 'taken'> {
  const { folder, fileName, path, partial } = left;
  const target = await files.lookUp(files.join(folder, fileName));
  // A second name of the finished file, or a file without bytes: nothing is lost with it.
  if (target?.identity === partial.identity || (await isBlank(files, path, partial))) {
    return (await deleteOwn(files, path, partial.identity)) ? null : 'taken';
  }
  for (const name of keptNames(fileName)) {
    const apart = files.join(folder, name);
    try {
      await files.moveNew(path, apart, partial.identity);
      await files.syncFolder(folder);
      return { path: apart, sizeBytes: partial.sizeBytes };
    } catch (error) {
      if (!(error instanceof SluiceError) || error.code !== 'file-exists') throw error;
    }
  }
  return 'taken';
}

async function isBlank(files: Files, path: string, { sizeBytes, allocatedBytes }: Facts): Promise<boolean> {
  if (sizeBytes === 0) return true;
  if (allocatedBytes !== 0) return false;
  const file = await files.open(path);
  try {
    const buffer = new Uint8Array(Math.min(sizeBytes, 1024 * 1024));
    for (let at = 0; at < Math.min(sizeBytes, mostReadBytes); at += buffer.length) {
      const count = await file.read(buffer, at);
      if (buffer.subarray(0, count).some((byte) => byte !== 0)) return false;
    }
    return true;
  } finally {
    await file.close();
  }
}
