/** Turns a whole partial into the finished file: nothing is called finished before all of this has succeeded. */
import { SluiceError } from '../../errors.ts';
import { journalName, numberedName } from '../../plan/names/file-names.ts';
import { serverTimeOf } from '../../plan/response/server-time.ts';
import type { Files } from '../../ports/files.ts';
import { deleteOwn } from '../../store/delete-own.ts';
import { markOrigin } from './mark-origin.ts';
import type { RunPorts, RunReports, RunSpec, WhenTaken } from '../run/run-context.ts';
import type { FinishedFile } from '../run/resume-partial.ts';
import type { WorkingFile } from './working-file.ts';

const mostNumbers = 9999;

/**
 * Syncs, checks that every byte is accounted for, has the list remember which file will be finished, gives the file its
 * name, notes where it came from, makes the name durable, then drops the journal; where the list could not be saved, the
 * journal stays and vouches for the file.
 * @throws SluiceError `body-short` when bytes are missing after all, `file-changed`, disk codes
 */
export async function finalise(
  ports: RunPorts,
  task: {
    readonly working: WorkingFile;
    readonly spec: RunSpec;
    readonly reports: RunReports;
    /** Called when the file has its name for good, while its journal still proves it to be whole. */
    readonly beforeForgetting?: () => Promise<void>;
  },
): Promise<FinishedFile> {
  const { working, spec, reports } = task;
  const { downloadId, whenTaken = 'number' } = spec;
  reports.phase('finishing');
  const sizeBytes = working.resource?.totalBytes ?? null;
  if (sizeBytes === null || !coversAll(working, sizeBytes)) {
    throw new SluiceError('body-short', 'bytes are missing at the end of the run');
  }
  await working.requireUntouched();
  await working.partial.truncate(sizeBytes);
  const modifiedAtMs = spec.keepsServerTime ? serverTimeOf(working.resource, ports.clock.wallMs()) : null;
  if (modifiedAtMs !== null) await working.partial.setModifiedTime(modifiedAtMs);
  await working.checkpoint();
  const told = { fileName: working.fileName, fileIdentity: working.identity, resource: working.resource };
  const isSaid = await reports.finishing(told);
  // Windows does not rename a file that is open exclusively. Whatever comes in between, the move compares.
  if (ports.platform === 'win32') await working.partial.close();
  const fileName = await giveName(ports, { working, downloadId, whenTaken });
  await markOrigin(ports, spec, {
    fileName,
    finalUrl: working.resource?.finalUrl ?? null,
    referer: spec.request.options.referer,
  });
  await ports.files.syncFolder(working.folder);
  const fileIdentity = (await ports.files.lookUp(ports.files.join(working.folder, fileName)))?.identity;
  if (fileIdentity === undefined) throw new SluiceError('file-missing', 'the file was taken away as it got its name');
  await task.beforeForgetting?.();
  ports.claims.release(downloadId);
  if (!isSaid) {
    await working.close();
    const voucherPath = ports.files.join(working.folder, journalName(working.storedAs));
    return { fileName, fileIdentity, sizeBytes, voucherPath };
  }
  await working.forget();
  // A power cut would bring the journal back: for one more start, no harm.
  await ports.files.syncFolder(working.folder).catch(() => {});
  return { fileName, fileIdentity, sizeBytes };
}

function coversAll(working: WorkingFile, sizeBytes: number): boolean {
  const covered = working.ledger.covered();
  if (sizeBytes === 0) return covered.length === 0;
  return covered.length === 1 && covered[0]?.start === 0 && covered[0].end === sizeBytes;
}

async function giveName(
  ports: RunPorts,
  task: { readonly working: WorkingFile; readonly downloadId: string; readonly whenTaken: WhenTaken },
): Promise<string> {
  const { files, claims } = ports;
  const { working, downloadId, whenTaken } = task;
  if (whenTaken === 'replace') {
    await files.replace(working.partial.path, files.join(working.folder, working.fileName), working.identity);
    return working.fileName;
  }
  const last = whenTaken === 'number' ? mostNumbers : 0;
  for (let number = 0; number <= last; number += 1) {
    const fileName = number === 0 ? working.fileName : numberedName(working.fileName, number);
    const target = files.join(working.folder, fileName);
    if (!claims.claim(target, downloadId)) continue;
    if (await tryMove(files, working, target)) return fileName;
  }
  throw new SluiceError('file-exists', 'no free name', { facts: { name: working.fileName } });
}

/** @returns false when something else has the name; a name that already is this file (a crash half-way) counts as given */
async function tryMove(files: Files, working: WorkingFile, target: string): Promise<boolean> {
  try {
    await files.moveNew(working.partial.path, target, working.identity);
    return true;
  } catch (error) {
    if (!(error instanceof SluiceError) || error.code !== 'file-exists') throw error;
    const there = await files.lookUp(target);
    if (there === null || there.identity !== working.identity) return false;
    await deleteOwn(files, working.partial.path, working.identity);
    return true;
  }
}
