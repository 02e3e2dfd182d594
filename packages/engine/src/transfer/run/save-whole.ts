/** Turns a small body that is whole in memory into the finished file, without a partial and a journal on the way. */
import { crc32 } from 'node:zlib';
import { SluiceError } from '../../errors.ts';
import type { Extent } from '../../plan/ranges/extent.ts';
import { candidateNames, partialName } from '../../plan/names/file-names.ts';
import type { Resource } from '../../plan/response/resource.ts';
import { serverTimeOf } from '../../plan/response/server-time.ts';
import type { Files, FileToStage, StagedFile } from '../../ports/files.ts';
import { placeBeginning } from '../../store/beginnings.ts';
import { stageByCalls } from '../../store/stage-file.ts';
import { stagedName } from '../../store/staged-files.ts';
import { signOfBytes } from '../../store/staged-sign.ts';
import { leaveVoucher } from '../../store/journal/voucher.ts';
import { clearName } from '../file/clear-name.ts';
import { ensureRoom } from './ensure-room.ts';
import { markOrigin, originOf } from '../file/mark-origin.ts';
import type { RunState } from './run-state.ts';
import type { FinishedFile } from './resume-partial.ts';

export interface WholeBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly resource: Resource;
  /** Sanitised. */
  readonly wantedName: string;
  /** This process, for whom nothing but the temporary name vouches until the file has its own. */
  readonly owner: string;
}

/**
 * The order that keeps it: bytes durable under a temporary name, then the list told, durably, which file will be
 * finished, then the name given and durable. A crash before the name leaves a staged file for the next process to
 * delete; one after it leaves a finished file that the list knows. Where the list cannot be saved, a journal beside the
 * file remembers it instead. A list that ends with the process has nothing to know before: the name is given in one go
 * with the bytes.
 * @throws disk codes; nothing is left then, but for the named file where a disk fails to sync its folder
 */
export async function saveWhole(run: RunState, body: WholeBody): Promise<FinishedFile> {
  const { folder, downloadId } = run.spec;
  const { files, claims } = run.ports;
  const { resource, wantedName } = body;
  const source = { finalUrl: resource.finalUrl, referer: run.spec.request.options.referer };
  run.reports.phase('finishing');
  // The bytes are given away with the first call.
  const extent = { start: 0, end: body.bytes.length, crc32: run.spec.isRemembered ? crc32(body.bytes) : 0 };
  const staged = await stage(files, folder, {
    path: files.join(folder, stagedName(body.owner, await files.process(), { sign: signOfBytes(body.bytes) })),
    bytes: body.bytes,
    modifiedAtMs: run.spec.keepsServerTime ? serverTimeOf(resource, run.ports.clock.wallMs()) : null,
    origin: originOf(run.spec, source),
    name: nameAtOnce(run, wantedName),
  }).catch((error: unknown) => {
    claims.release(downloadId);
    throw error;
  });
  try {
    if (staged.isNamed) await run.reports.finishing({ fileName: wantedName, fileIdentity: staged.identity, resource });
    else claims.release(downloadId);
    const given = staged.isNamed ? { fileName: wantedName } : await giveName(run, body, { staged, extent });
    const { fileName } = given;
    if (!staged.isMarked) await markOrigin(run.ports, run.spec, { fileName, ...source });
    claims.release(downloadId);
    return { ...given, fileIdentity: staged.identity, sizeBytes: resource.totalBytes ?? 0 };
  } catch (error) {
    claims.release(downloadId);
    await staged.drop().catch(() => {});
    throw error;
  }
}

/** Where no list has to know it first, the name can be given in one go; it is claimed then. */
function nameAtOnce(run: RunState, wantedName: string): FileToStage['name'] {
  const { folder, downloadId, isRemembered } = run.spec;
  const { files, claims } = run.ports;
  const path = files.join(folder, wantedName);
  if (isRemembered || !claims.claim(path, downloadId)) return null;
  return { path, beside: files.join(folder, partialName(wantedName)) };
}

/** Most disks have room for a small file: how much there is, is asked only after it went wrong. */
async function stage(files: Files, folder: string, spec: FileToStage): Promise<StagedFile> {
  const sizeBytes = spec.bytes.length;
  try {
    return await (files.stage?.(spec) ?? stageByCalls(files, spec));
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'disk-full') await ensureRoom(files, folder, sizeBytes);
    throw error;
  }
}

interface Given {
  readonly fileName: string;
  readonly voucherPath?: string;
}

async function giveName(
  run: RunState,
  body: WholeBody,
  task: { readonly staged: StagedFile; readonly extent: Extent },
): Promise<Given> {
  const { folder, downloadId } = run.spec;
  const { files, claims } = run.ports;
  for (const fileName of candidateNames(body.wantedName)) {
    const target = files.join(folder, fileName);
    if (!claims.claim(target, downloadId)) continue;
    // Most names are free. Where one was not, others may be taken too: the list is told of those that seem free.
    if (fileName !== body.wantedName && (await files.lookUp(target)) !== null) {
      claims.release(downloadId);
      continue;
    }
    const given = await tryName(run, body, { ...task, fileName });
    if (given !== null) return given;
    claims.release(downloadId);
  }
  throw new SluiceError('file-exists', 'no free name', { facts: { name: body.wantedName } });
}

async function tryName(
  run: RunState,
  { resource }: WholeBody,
  { staged, extent, fileName }: { readonly staged: StagedFile; readonly extent: Extent; readonly fileName: string },
): Promise<Given | null> {
  const { folder } = run.spec;
  const { files, clock } = run.ports;
  const [target, beside] = [files.join(folder, fileName), files.join(folder, partialName(fileName))];
  const isSaid = await run.reports.finishing({ fileName, fileIdentity: staged.identity, resource });
  const voucher = { folder, fileName, url: run.links.current, createdAtMs: clock.wallMs() };
  const voucherPath = isSaid
    ? null
    : await leaveVoucher(files, { ...voucher, resource, extent, partialIdentity: staged.identity });
  const isNamed =
    (await tryGive(staged, target, beside)) ||
    ((await freeBeside(run, fileName)) && (await tryGive(staged, target, beside)));
  if (isNamed) return voucherPath === null ? { fileName } : { fileName, voucherPath };
  if (voucherPath !== null) await files.delete(voucherPath);
  return null;
}

/** What an earlier run left under the name of the partial, which nothing here needs, may only be in the way. */
async function freeBeside(run: RunState, fileName: string): Promise<boolean> {
  const { folder } = run.spec;
  const { files } = run.ports;
  const [target, beside] = [files.join(folder, fileName), files.join(folder, partialName(fileName))];
  if ((await files.lookUp(target)) !== null || (await files.lookUp(beside)) === null) return false;
  const beginning = await placeBeginning(files, folder, fileName);
  if (beginning === null) return false;
  try {
    const cleared = await clearName(files, folder, fileName);
    if (cleared.kind === 'free' && cleared.kept !== null) run.reports.keptApart(cleared.kept);
    return cleared.kind === 'free';
  } finally {
    await beginning.end();
  }
}

async function tryGive(staged: StagedFile, target: string, partialPath: string): Promise<boolean> {
  try {
    await staged.giveName(target, partialPath);
    return true;
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'file-exists') return false;
    throw error;
  }
}
