/**
 * What a run does with a body that is not of the version on disk. A partial is never thrown away before another one
 * holds more proved bytes: the new version goes into a second partial, and the first is deleted when that is finished.
 */
import { SluiceError } from '../../errors.ts';
import { secondNames } from '../../plan/names/second-names.ts';
import type { Resource } from '../../plan/response/resource.ts';
import { compareVersions } from '../../plan/response/validators.ts';
import { changeFacts, type VersionChange, versionOf } from '../../plan/response/version-change.ts';
import { tryCreate } from '../file/create-working-file.ts';
import { ensureRoom } from './ensure-room.ts';
import type { RunState } from './run-state.ts';
import type { WorkingFile } from '../file/working-file.ts';

/**
 * - `anew`: the body belongs into `run.working`, from byte 0.
 * - `back`: it is of the version before, whose partial is `run.working` now.
 * - `beside`: a file of its own is to be made for it; there is no `run.working` any more.
 */
export type Turn = 'anew' | 'back' | 'beside';

/**
 * @param isChanged whether the file has changed; a body that can be compared with nothing does not show it
 * @throws SluiceError `resource-changed` when bytes of the version before are to be kept as they are; disk codes. Then
 *   nothing on disk has changed, but for the smaller of two partials where there were two
 */
export async function turnToOther(run: RunState, seen: Resource, isChanged: boolean): Promise<Turn> {
  const { working, earlier, spec } = run;
  if (working === null) throw new SluiceError('internal', 'nothing to turn from');
  run.startsAnew = null;
  run.comparesWhole = false;
  await run.lookup.forget();
  if (worthBytes(working) === 0) {
    await restartInPlace(run, working, seen);
    return 'anew';
  }
  const change: VersionChange | null =
    isChanged && working.resource !== null ? { before: versionOf(working.resource), now: versionOf(seen) } : null;
  const keptBytes = working.ledger.coveredBytes;
  if (change !== null && earlier !== null && fits(run, earlier, seen)) {
    run.working = earlier;
    run.earlier = working;
    run.reports.changed({ kind: 'back', keptBytes, ...change });
    run.reports.received(earlier.ledger.coveredBytes);
    return 'back';
  }
  const { onChanged = 'new' } = spec;
  if (change !== null && onChanged === 'keep') {
    // Tags may depend on the node that answers: a few more answers show that.
    run.startsAnew = differByTagAlone(change) ? null : 'disproved';
    throw new SluiceError('resource-changed', 'the file on the server has changed', { facts: changeFacts(change) });
  }
  if (change !== null && onChanged === 'beside') {
    await leave(run);
    run.reports.changed({ kind: 'beside', keptBytes, ...change });
    return 'beside';
  }
  await makeSecond(run, seen, { working, earlier });
  if (change !== null) run.reports.changed({ kind: 'new', keptBytes, ...change });
  run.reports.received(0);
  return 'anew';
}

/** Whether a plain request may get around `resource-changed`; notes then that its answer is to be told apart from what is on disk. */
export function mayAskAnew(run: RunState): boolean {
  const { working, links, spec } = run;
  const { onChanged = 'new', replacesOtherLink = false } = spec;
  if (working === null) return false;
  const isOwnLink = links.current === spec.request.url;
  if (!working.isFrom(links.current) && !(replacesOtherLink && isOwnLink && onChanged !== 'keep')) return false;
  // It was asked already.
  if (onChanged === 'keep' && run.startsAnew !== null) return false;
  run.startsAnew = run.comparesWhole ? 'disproved' : 'doubted';
  return true;
}

/** What a run fails with; where the file has changed, the error states both versions. */
export function tellChange({ working, seen }: RunState, error: SluiceError): SluiceError {
  const known = working?.resource ?? null;
  const isTold = 'knownSizeBytes' in error.facts || 'seenSizeBytes' in error.facts;
  if (error.code !== 'resource-changed' || isTold || seen === null || known === null) return error;
  const facts = { ...error.facts, ...changeFacts({ before: versionOf(known), now: seen }) };
  return new SluiceError(error.code, error.message, {
    facts,
    cause: error,
    ...(error.response === null ? {} : { response: error.response }),
  });
}

/** The file of the other version is finished and has its name. @returns how many bytes were given up for it */
export async function dropEarlier(run: RunState): Promise<number | null> {
  const { earlier, ports } = run;
  if (earlier === null) return null;
  run.earlier = null;
  const { coveredBytes } = earlier.ledger;
  try {
    await earlier.discard();
  } catch (error) {
    // The file is finished all the same; a later download of the link finds what is left.
    ports.log.warn('the partial of another version cannot be deleted', { error: String(error) });
  }
  return coveredBytes;
}

/** Bytes that a later answer may be joined to: what came in an encoding never is. */
function worthBytes({ resource, ledger }: WorkingFile): number {
  return resource === null || resource.contentEncoding !== null ? 0 : ledger.coveredBytes;
}

async function restartInPlace(run: RunState, working: WorkingFile, seen: Resource): Promise<void> {
  await working.restart(seen);
  if (!working.isFrom(run.links.current)) await working.recordLink(run.links.current);
  run.reports.received(0);
}

function differByTagAlone({ before, now }: VersionChange): boolean {
  const areDated = before.lastModified !== null && before.sizeBytes !== null;
  return areDated && before.lastModified === now.lastModified && before.sizeBytes === now.sizeBytes;
}

/** Whether the server has turned back to the version of this partial. */
function fits(run: RunState, earlier: WorkingFile, seen: Resource): boolean {
  if (earlier.resource === null || worthBytes(earlier) === 0 || !earlier.isFrom(run.links.current)) return false;
  return compareVersions(earlier.resource, seen) !== 'changed';
}

/** Ends the use of what is on disk, all of which stays. */
async function leave(run: RunState): Promise<void> {
  const { working, earlier, ports, spec } = run;
  run.working = null;
  run.earlier = null;
  run.isBeside = true;
  await working?.close();
  await earlier?.close();
  ports.claims.release(spec.downloadId);
}

async function makeSecond(
  run: RunState,
  seen: Resource,
  { working, earlier }: { readonly working: WorkingFile; readonly earlier: WorkingFile | null },
): Promise<void> {
  const { ports, spec } = run;
  const kept = earlier !== null && worthBytes(earlier) > worthBytes(working) ? earlier : working;
  const dropped = kept === working ? earlier : working;
  ports.log.info('another version is fetched beside', {
    downloadId: spec.downloadId,
    keptBytes: kept.ledger.coveredBytes,
    droppedBytes: dropped?.ledger.coveredBytes ?? 0,
  });
  run.working = kept;
  run.earlier = null;
  const revision = Math.max(working.revision, earlier?.revision ?? 0) + 1;
  await dropped?.discard();
  run.working = await createBeside(run, kept, { seen, revision });
  run.earlier = kept;
}

async function createBeside(
  { ports, spec, links, reports }: RunState,
  kept: WorkingFile,
  { seen, revision }: { readonly seen: Resource; readonly revision: number },
): Promise<WorkingFile> {
  const { files, claims, clock } = ports;
  const { folder, fileName } = kept;
  await ensureRoom(files, folder, seen.totalBytes);
  for (const name of [fileName, ...secondNames(fileName)]) {
    if (name === kept.storedAs || !claims.claim(files.join(folder, name), spec.downloadId)) continue;
    const tie = name === fileName ? { revision } : { replaces: fileName, revision };
    const created = await tryCreate(files, name, {
      url: links.current,
      folder,
      resource: seen,
      createdAtMs: clock.wallMs(),
      tie,
    });
    if (created === null) continue;
    if (created.kept !== null) reports.keptApart(created.kept);
    return created.working;
  }
  throw new SluiceError('file-exists', 'no name is free for a second partial', { facts: { name: fileName } });
}
