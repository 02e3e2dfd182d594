/** Whose a partial is: the process that its journal names, for as long as that is not known to be gone. */
import { dirname } from 'node:path';
import { SluiceError } from '@sluice/contract';
import { provesDeath } from '../../plan/process/liveness.ts';
import type { Files } from '../../ports/files.ts';
import type { Liveness, LockState } from '../../plan/process/process-record.ts';
import type { Owner } from './journal-content.ts';

/** Tries to lock the partial, or tells how that went. Called only where nothing cheaper decides. */
export type LockTrial = () => Promise<LockState>;

export const noLock: LockTrial = async () => 'none';

/** This process, as its journals name it; null where it has no name that others could ask after. */
export async function ownerOfThisProcess(files: Files): Promise<Owner | null> {
  const name = await files.owner();
  return name === null ? null : { name, process: await files.process(), isLocked: false };
}

interface Owned {
  /** Of the journal or of the claim on it. */
  readonly path: string;
  readonly owner: Owner | null;
  readonly lock: LockTrial;
}

/** Another process that lives, or of which that cannot be told. @returns null when no other process has it */
export async function otherOwner(
  files: Files,
  { path, owner, lock }: Owned,
): Promise<Exclude<Liveness, 'dead'> | null> {
  if (owner === null || owner.name === (await files.owner())) return null;
  if (await files.isOwnerAlive(owner.name)) return 'alive';
  // Written by an earlier release, which takes a name without a living process for one without an owner.
  if (owner.process === null) return null;
  const liveness = await files.livenessOf(owner.process, dirname(path));
  if (liveness !== 'unknown') return liveness === 'alive' ? liveness : null;
  const ours = await files.process();
  const state = await lock();
  if (state === 'theirs') return 'alive';
  const isGone = ours !== null && provesDeath(owner.process, ours, { lock: state, wasLocked: owner.isLocked });
  return isGone ? null : 'unknown';
}

/** @throws `file-busy` when another process has it */
export async function refuseOwned(files: Files, owned: Owned): Promise<void> {
  const liveness = await otherOwner(files, owned);
  if (liveness !== null) throw busy(owned.path, liveness);
}

/** The fact `owner` tells it from a file that is busy for want of descriptors, or because a scanner has it open. */
export function busy(path: string, liveness: Liveness): SluiceError {
  const detail = liveness === 'alive' ? 'another process is using this download' : 'another process may be using it';
  return new SluiceError('file-busy', detail, { facts: { path, owner: liveness } });
}

/** @returns null when it is not about another process */
export function livenessIn(error: unknown): 'alive' | 'unknown' | null {
  if (!(error instanceof SluiceError) || error.code !== 'file-busy') return null;
  const owner = error.facts?.['owner'];
  return owner === 'alive' || owner === 'unknown' ? owner : null;
}
