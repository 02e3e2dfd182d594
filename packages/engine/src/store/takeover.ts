/** Lets one process at a time take over a journal that nobody owns. */
import { SluiceError } from '@sluice/contract';
import type { Files } from '../ports/files.ts';
import { sideName } from './side-names.ts';

/** A claim without a name in it is being written, or was cut off while it was. */
const unnamedClaimLastsMs = 5000;
const longestOwnerBytes = 4096;

/**
 * Runs `action` while no other process may be in it for the same journal.
 * @throws `file-busy` when another living process is
 */
export async function withTakeover<T>(
  files: Files,
  task: { readonly journalPath: string; readonly owner: string },
  action: () => Promise<T>,
): Promise<T> {
  const path = sideName(task.journalPath, 'claim');
  await placeClaim(files, path, task.owner);
  try {
    return await action();
  } finally {
    await files.delete(path);
  }
}

/** @throws `file-busy` when `owner` is another process that lives */
export async function refuseOwned(files: Files, path: string, owner: string | null): Promise<void> {
  if (await isUsedByAnother(files, owner)) throw busy(path);
}

export async function isUsedByAnother(files: Files, owner: string | null): Promise<boolean> {
  return owner !== null && owner !== (await files.owner()) && files.isOwnerAlive(owner);
}

async function placeClaim(files: Files, path: string, owner: string): Promise<void> {
  try {
    await writeClaim(files, path, owner);
  } catch (error) {
    if (!(error instanceof SluiceError) || error.code !== 'file-exists') throw error;
    await refuseHeldClaim(files, path);
    // Its process is gone.
    await files.delete(path);
    await writeClaim(files, path, owner);
  }
}

async function writeClaim(files: Files, path: string, owner: string): Promise<void> {
  const file = await files.create(path, { private: true });
  try {
    await file.write(Buffer.from(owner), 0);
  } catch (error) {
    await files.delete(path);
    throw error;
  } finally {
    await file.close();
  }
}

async function refuseHeldClaim(files: Files, path: string): Promise<void> {
  const facts = await files.lookUp(path);
  if (facts === null) return;
  const holder = Buffer.from(await files.readWhole(path, longestOwnerBytes)).toString();
  const isBeingWritten = holder === '' && (await nowOnDisk(files, path)) - facts.modifiedAtMs < unnamedClaimLastsMs;
  if (isBeingWritten) throw busy(path);
  await refuseOwned(files, path, holder);
}

/** The time by the clock that dates this folder's files: the other process may be on another machine. */
async function nowOnDisk(files: Files, claimPath: string): Promise<number> {
  const path = sideName(claimPath, 'now');
  await files.delete(path);
  const file = await files.create(path, { private: true });
  try {
    return (await file.facts()).modifiedAtMs;
  } finally {
    await file.close();
    await files.delete(path);
  }
}

function busy(path: string): SluiceError {
  return new SluiceError('file-busy', 'another process is using this download', { facts: { path } });
}
