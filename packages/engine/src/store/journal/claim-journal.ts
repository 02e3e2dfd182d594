/** Lets one process at a time claim a journal that has no owner. */
import { SluiceError } from '@sluice/contract';
import type { Files } from '../../ports/files.ts';
import type { Owner } from './journal-content.ts';
import { parseClaim, printClaim } from './claim-text.ts';
import { busy, type LockTrial, noLock, refuseOwned } from './ownership.ts';
import { sideName } from '../side-names.ts';

/** A claim without a name in it is being written, or was cut off while it was. */
const unnamedClaimLastsMs = 5000;
const longestOwnerBytes = 4096;

/**
 * Runs `action` while no other process may be in it for the same journal.
 * @throws `file-busy` when another living process is
 */
export async function withClaim<T>(
  files: Files,
  task: { readonly journalPath: string; readonly owner: Owner; readonly lock: LockTrial },
  action: () => Promise<T>,
): Promise<T> {
  const path = sideName(task.journalPath, 'claim');
  await placeClaim(files, path, task);
  try {
    return await action();
  } finally {
    await files.delete(path);
  }
}

interface Claimant {
  readonly owner: Owner;
  readonly lock: LockTrial;
}

async function placeClaim(files: Files, path: string, { owner, lock }: Claimant): Promise<void> {
  try {
    await writeClaim(files, path, owner);
  } catch (error) {
    if (!(error instanceof SluiceError) || error.code !== 'file-exists') throw error;
    await refuseUsedClaim(files, path, lock);
    // Its process is gone.
    await files.delete(path);
    await writeClaim(files, path, owner);
  }
}

async function writeClaim(files: Files, path: string, owner: Owner): Promise<void> {
  const file = await files.create(path, { private: true });
  try {
    await file.write(Buffer.from(printClaim(owner)), 0);
  } catch (error) {
    await files.delete(path);
    throw error;
  } finally {
    await file.close();
  }
}

async function refuseUsedClaim(files: Files, path: string, lock: LockTrial): Promise<void> {
  const facts = await files.lookUp(path);
  if (facts === null) return;
  const holder = Buffer.from(await files.readWhole(path, longestOwnerBytes)).toString();
  const isBeingWritten = holder === '' && (await nowOnDisk(files, path)) - facts.modifiedAtMs < unnamedClaimLastsMs;
  if (isBeingWritten) throw busy(path, 'alive');
  await refuseOwned(files, { path, owner: parseClaim(holder), lock });
}

/** By this process, or by another that lives, or that is just writing its name into it. */
export async function isClaimInUse(files: Files, path: string): Promise<boolean> {
  try {
    await refuseUsedClaim(files, path, noLock);
    const holder = Buffer.from(await files.readWhole(path, longestOwnerBytes)).toString();
    return parseClaim(holder)?.name === (await files.owner());
  } catch (error) {
    if (error instanceof SluiceError) return error.code !== 'file-missing';
    throw error;
  }
}

/** The time by the clock that dates this folder's files: the other process may be on another machine. */
export async function nowOnDisk(files: Files, claimPath: string): Promise<number> {
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
