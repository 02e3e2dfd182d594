/** Clears away what processes that are gone left half made in a folder: markers, drafts and probes that promise nothing. */
import { SluiceError } from '@sluice/contract';
import { journalSuffix } from '../plan/names/file-names.ts';
import type { Files } from '../ports/files.ts';
import { clearBeginnings } from './beginnings.ts';
import { namesIn } from './journal/find-journal.ts';
import { inspectJournal } from './journal/journal.ts';
import { deleteAbandoned } from './staged-files.ts';
import { sideName, sidePrefix } from './side-names.ts';
import { isClaimInUse, nowOnDisk } from './journal/claim-journal.ts';

/** A process that makes one of these without a name in it has finished with it by then. */
const briefMs = 5000;
/** As earlier releases called their probe of whether a folder can be written. */
const unnamedProbe = /^\.sluice-try-[0-9a-f]{16}$/;

export async function clearLeftovers(files: Files, folder: string): Promise<void> {
  const names = await namesIn(files, folder);
  await deleteAbandoned(files, folder, names);
  await clearBeginnings(files, folder, names);
  for (const name of names) {
    if (await isAbandoned(files, { folder, name, names })) await deleteQuietly(files, files.join(folder, name));
  }
}

interface Place {
  readonly folder: string;
  readonly name: string;
  readonly names: readonly string[];
}

async function isAbandoned(files: Files, place: Place): Promise<boolean> {
  const { folder, name } = place;
  const path = files.join(folder, name);
  if (name.startsWith(sidePrefix('claim'))) return !(await isClaimInUse(files, path));
  if (name.startsWith(sidePrefix('now')) || unnamedProbe.test(name)) return isOld(files, path);
  return name.startsWith(sidePrefix('new')) && (await isDraftAbandoned(files, place)) && isOld(files, path);
}

/** A journal that is being written anew lies beside the one that it is to replace, which names its owner. */
async function isDraftAbandoned(files: Files, { folder, name, names }: Place): Promise<boolean> {
  const path = files.join(folder, name);
  const journal = names.find((one) => one.endsWith(journalSuffix) && sideName(files.join(folder, one), 'new') === path);
  if (journal === undefined) return true;
  try {
    const { owner, isInUse } = await inspectJournal(files, files.join(folder, journal));
    return !isInUse && owner?.name !== (await files.owner());
  } catch (error) {
    if (error instanceof SluiceError) return false;
    throw error;
  }
}

async function isOld(files: Files, path: string): Promise<boolean> {
  try {
    const facts = await files.lookUp(path);
    return facts?.kind === 'file' && (await nowOnDisk(files, path)) - facts.modifiedAtMs >= briefMs;
  } catch (error) {
    // A folder that takes no file: nothing can be deleted there either.
    if (error instanceof SluiceError) return false;
    throw error;
  }
}

async function deleteQuietly(files: Files, path: string): Promise<void> {
  await files.delete(path).catch((error: unknown) => {
    if (!(error instanceof SluiceError)) throw error;
  });
}
