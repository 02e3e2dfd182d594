/** Opens what an earlier run of a download left on disk, if anything. */
import { SluiceError } from '../../errors.ts';
import { livenessIn } from '../../store/journal/ownership.ts';
import { clearBesideNamed } from '../file/clear-beside-named.ts';
import { clearOtherVersion } from '../file/clear-other-version.ts';
import { ensureRoom } from './ensure-room.ts';
import { findNamed } from '../file/find-named.ts';
import { openPartials } from './open-partials.ts';
import type { RunState } from './run-state.ts';

/** A file under its own name, durable. */
export interface FinishedFile {
  readonly fileName: string;
  readonly fileIdentity: string;
  readonly sizeBytes: number;
  /** A journal that remembers the file while no list does: to be deleted once one has been saved. */
  readonly voucherPath?: string;
}

/** @returns null unless what is there turns out to be the whole file under its name */
export async function resumePartial(run: RunState): Promise<FinishedFile | null> {
  const { folder, downloadId, request } = run.spec;
  const { files, claims, log, adoptable } = run.ports;
  // Whatever became of this download's file: what a process that is gone left of it goes.
  await adoptable.visit(folder);
  const named = await resumeNamed(run);
  if (named !== null) return named;
  const { whenTaken = 'number', leavesAlone = [] } = run.spec;
  const links = [request.url, ...(request.options.mirrors ?? [])];
  // What another method is answered with is never the rest of what GET has left.
  const adopts = whenTaken === 'number' && (request.options.method ?? 'GET') === 'GET';
  const fileName = run.spec.fileName ?? (adopts ? await adoptable.find(folder, links, leavesAlone) : null);
  if (fileName === null) return null;
  if (!claims.claim(files.join(folder, fileName), downloadId)) {
    if (whenTaken === 'number') return null;
    throw new SluiceError('file-busy', 'another download writes this file', { facts: { name: fileName } });
  }
  run.reports.phase('checking');
  const reopened = await openPartials(files, { folder, fileName, links }, run.signal).catch((error: unknown) => {
    const liveness = livenessIn(error);
    // What was found by its link is left to the other. So is what a list remembers, unless the other is known to live:
    // that one will be done with it.
    const isLeft = liveness === 'unknown' || (liveness === 'alive' && run.spec.fileName === null);
    if (!isLeft || whenTaken !== 'number') throw error;
    return { kind: 'nothing', keepName: false, reason: 'another process has it' } as const;
  });
  if (reopened.kind === 'opened') {
    run.working = reopened.working;
    run.earlier = reopened.earlier;
    run.reports.received(reopened.working.ledger.coveredBytes);
    const { resource, ledger } = reopened.working;
    if (resource === null) return null;
    if (run.spec.startsOver) {
      run.startsAnew = 'asked';
      run.reports.received(0);
      return null;
    }
    run.learned(resource);
    const { totalBytes } = resource;
    await ensureRoom(files, folder, totalBytes === null ? null : totalBytes - ledger.coveredBytes);
    return null;
  }
  claims.release(downloadId);
  if (reopened.kind === 'complete') {
    const { fileIdentity, sizeBytes } = reopened;
    return { fileName: reopened.fileName, fileIdentity, sizeBytes };
  }
  log.info('nothing to resume', { reason: reopened.reason });
  if (reopened.keepName && fileName === run.spec.fileName) run.wantedName = fileName;
  return null;
}

/** The last run ended between giving the file its name and saying so. What lies beside it has served its time. */
async function resumeNamed(run: RunState): Promise<FinishedFile | null> {
  const { folder, fileName, fileIdentity, startsOver } = run.spec;
  const { files } = run.ports;
  if (fileName === null || fileIdentity === null || startsOver) return null;
  const there = await findNamed(files, { folder, fileName }, fileIdentity);
  if (there === null) return null;
  await files.syncFolder(folder);
  await clearOtherVersion(files, { folder, fileName }, fileIdentity);
  await clearBesideNamed(files, { folder, fileName }, fileIdentity);
  return { fileName: there.fileName, fileIdentity, sizeBytes: there.sizeBytes };
}
