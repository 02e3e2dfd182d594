/** What a run does about a whole file that does not fit its checksum, or into which another program has written. */
import { SluiceError } from '../../errors.ts';
import type { RunState } from './run-state.ts';
import { dropEarlier } from './start-anew.ts';

/**
 * The disk is asked first: what no longer is what arrived is fetched again, block by block. Where the disk holds
 * what arrived, what arrived was wrong, and no block is better than another: a run that has found the file so
 * starts over, and one that has fetched of it leaves that to the user, who sees the failure.
 * @returns whether bytes are missing now, so that the run can continue
 */
export async function prepareRepair(run: RunState, error: unknown): Promise<boolean> {
  const { working, ports, reports, signal } = run;
  if (!(error instanceof SluiceError) || working === null) return false;
  const isForeign = error.code === 'file-changed' && working.isSuspect;
  if (!isForeign && error.code !== 'checksum-mismatch') return false;
  // What was published may be behind the file as well.
  if (!isForeign) await run.lookup.forget();
  reports.phase('checking');
  const spoiledBytes = await working.recheck(signal);
  const { downloadId } = run.spec;
  if (spoiledBytes > 0) {
    ports.log.warn('the disk has spoiled what was written', { downloadId, spoiledBytes });
    reports.received(working.ledger.coveredBytes);
    return true;
  }
  // It is as it should be after all, and the next look will say so.
  if (isForeign) return true;
  if (run.advanced || working.resource === null) {
    // One of two whole files that are wrong is enough.
    const { earlier } = run;
    if (earlier !== null && earlier.ledger.coveredBytes <= working.ledger.coveredBytes) await dropEarlier(run);
    return false;
  }
  run.startsAnew = 'asked';
  return true;
}
