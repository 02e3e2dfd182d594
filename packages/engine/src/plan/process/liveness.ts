/** Whether a process that used a partial still lives, from what can be seen of it here. */
import type { Liveness, LockState, ProcessRecord } from './process-record.ts';

export interface Sight {
  readonly ours: ProcessRecord;
  /** A process of that number and start runs in our namespace; null: that cannot be told. */
  readonly isRunning: boolean | null;
  /** Only one kernel can have the disk in use. */
  readonly isLocalDisk: boolean;
}

/**
 * By its number, where both are of one namespace. A kernel that has started anew since has none of its old processes:
 * but another kernel may be another machine's, so the disk has to be a local one or the machine the same.
 */
export function judgeLiveness(theirs: ProcessRecord, { ours, isRunning, isLocalDisk }: Sight): Liveness {
  const isSameMachine = areSame(theirs.machine, ours.machine);
  if (areSame(theirs.boot, ours.boot)) {
    if (!areSame(theirs.namespace, ours.namespace) || isRunning === null) return 'unknown';
    return isRunning ? 'alive' : 'dead';
  }
  if (theirs.boot !== null && ours.boot !== null) return isLocalDisk || isSameMachine ? 'dead' : 'unknown';
  // Systems without namespaces: a living owner has answered to its name already.
  return theirs.boot === null && ours.boot === null && isSameMachine ? 'dead' : 'unknown';
}

/**
 * A lock goes with its process. That we got it shows that the one who had it is gone, where both ask the same kernel,
 * or the one who keeps the files asks for all (systems without namespaces, whose exclusive opens it grants). Between
 * two kernels it may be that each has locks of its own.
 */
export function provesDeath(
  theirs: ProcessRecord,
  ours: ProcessRecord,
  locks: { readonly lock: LockState; readonly wasLocked: boolean },
): boolean {
  const isOneKeeper = areSame(theirs.boot, ours.boot) || (theirs.boot === null && ours.boot === null);
  return locks.lock === 'ours' && locks.wasLocked && isOneKeeper;
}

function areSame(left: string | null, right: string | null): boolean {
  return left !== null && left === right;
}
