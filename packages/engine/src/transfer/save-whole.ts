/** Turns a small body that is whole in memory into the finished file, without a partial and a journal on the way. */
import { SluiceError } from '../errors.ts';
import { candidateNames, partialName } from '../plan/names/file-names.ts';
import type { Resource } from '../plan/resource.ts';
import { serverTimeOf } from '../plan/server-time.ts';
import type { Files, FileToHold, HeldFile } from '../ports/files.ts';
import { holdByCalls } from '../store/hold-file.ts';
import { passingName } from '../store/passing-files.ts';
import { ensureRoom } from './ensure-room.ts';
import { markOrigin, originOf } from './mark-origin.ts';
import type { RunState } from './run-state.ts';
import type { FinishedFile } from './take-up.ts';

export interface WholeBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly resource: Resource;
  /** Sanitised. */
  readonly wantedName: string;
  /** This process, for whom nothing but the passing name vouches until the file has its own. */
  readonly owner: string;
}

/**
 * The order that keeps it: bytes durable under a passing name, then the list told which file will be finished, then the
 * name given and durable. A crash before the name leaves a passing file for the next process to delete; one after it
 * leaves a finished file that the list knows. A list that ends with the process has nothing to know before: the name is
 * given in one go with the bytes. Only a power cut may find the name on the disk and the list's word still on its way
 * there (`Records`): the file is then fetched once more, under another name.
 * @throws disk codes; nothing is left then, but for the named file where a disk fails to sync its folder
 */
export async function saveWhole(run: RunState, body: WholeBody): Promise<FinishedFile> {
  const { folder, downloadId } = run.wish;
  const { files, claims } = run.ports;
  const { resource, wantedName } = body;
  const source = { finalUrl: resource.finalUrl, referer: run.wish.request.options.referer };
  run.reports.phase('finishing');
  const held = await hold(files, folder, {
    path: files.join(folder, passingName(body.owner)),
    bytes: body.bytes,
    modifiedAtMs: run.wish.keepsServerTime ? serverTimeOf(resource, run.ports.clock.wallMs()) : null,
    origin: originOf(run.wish, source),
    name: nameAtOnce(run, wantedName),
  }).catch((error: unknown) => {
    claims.release(downloadId);
    throw error;
  });
  try {
    if (held.isNamed) run.reports.finishing({ fileName: wantedName, fileIdentity: held.identity, resource });
    else claims.release(downloadId);
    const fileName = held.isNamed ? wantedName : await giveName(run, body, held);
    if (!held.isMarked) await markOrigin(run.ports, run.wish, { fileName, ...source });
    claims.release(downloadId);
    return { fileName, fileIdentity: held.identity, sizeBytes: resource.totalBytes ?? 0 };
  } catch (error) {
    claims.release(downloadId);
    await held.drop().catch(() => {});
    throw error;
  }
}

/** Where no list has to know it first, the name can be given in one go; it is claimed then. */
function nameAtOnce(run: RunState, wantedName: string): FileToHold['name'] {
  const { folder, downloadId, isRemembered } = run.wish;
  const { files, claims } = run.ports;
  const path = files.join(folder, wantedName);
  if (isRemembered || !claims.claim(path, downloadId)) return null;
  return { path, beside: files.join(folder, partialName(wantedName)) };
}

/** Most disks have room for a small file: how much there is, is asked only after it went wrong. */
async function hold(files: Files, folder: string, wish: FileToHold): Promise<HeldFile> {
  const sizeBytes = wish.bytes.length;
  try {
    return await (files.hold?.(wish) ?? holdByCalls(files, wish));
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'disk-full') await ensureRoom(files, folder, sizeBytes);
    throw error;
  }
}

async function giveName(run: RunState, body: WholeBody, held: HeldFile): Promise<string> {
  const { folder, downloadId } = run.wish;
  const { files, claims } = run.ports;
  for (const fileName of candidateNames(body.wantedName)) {
    const target = files.join(folder, fileName);
    if (!claims.claim(target, downloadId)) continue;
    // Most names are free. Where one was not, others may be taken too: the list is told of those that seem free.
    if (fileName !== body.wantedName && (await files.lookUp(target)) !== null) {
      claims.release(downloadId);
      continue;
    }
    run.reports.finishing({ fileName, fileIdentity: held.identity, resource: body.resource });
    if (await tryGive(held, target, files.join(folder, partialName(fileName)))) return fileName;
    claims.release(downloadId);
  }
  throw new SluiceError('file-exists', 'no free name', { facts: { name: body.wantedName } });
}

async function tryGive(held: HeldFile, target: string, partialPath: string): Promise<boolean> {
  try {
    await held.giveName(target, partialPath);
    return true;
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'file-exists') return false;
    throw error;
  }
}
