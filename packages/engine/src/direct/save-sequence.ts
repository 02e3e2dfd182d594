/** Writes a sequence into a file of its own: for a part of a resource, which no journal could ever complete. */
import { SluiceError } from '../errors.ts';
import { chooseFileName } from '../plan/names/choose-file-name.ts';
import { candidateNames, partialName } from '../plan/names/file-names.ts';
import { headerValue } from '../plan/response/headers.ts';
import type { Files, OpenFile } from '../ports/files.ts';
import { stagedName } from '../store/staged-files.ts';
import { signOfFile } from '../store/staged-sign.ts';
import { ensureRoom } from '../transfer/run/ensure-room.ts';
import { markOrigin } from '../transfer/file/mark-origin.ts';
import type { DirectDeps } from './direct-deps.ts';
import { refuseTaken } from './fetch-file.ts';
import type { Sequence } from './open-sequence.ts';
import type { FileSpec } from './spec.ts';

type Place = Pick<FileSpec, 'folder' | 'name' | 'whenTaken'>;

/**
 * The bytes are durable before the file has its name; nothing is left when they do not all come.
 * @throws SluiceError `file-exists`, disk codes, and what the sequence ends with
 */
export async function saveSequence(
  deps: DirectDeps,
  sequence: Sequence,
  spec: Place & Pick<FileSpec, 'url' | 'request' | 'marksOrigin' | 'onFileName'>,
): Promise<{ readonly path: string; readonly sizeBytes: number }> {
  const { files } = deps.ports;
  let staged: OpenStagedFile | null = null;
  try {
    const wanted = nameFor(deps, sequence, spec);
    await files.makeFolder(spec.folder);
    await ensureRoom(files, spec.folder, sequence.head.lengthBytes);
    await refuseTaken(deps, { ...spec, name: wanted });
    staged = await createStaged(deps, spec.folder, wanted);
    const { file, path } = staged;
    const sizeBytes = await writeAll(sequence, file);
    await file.sync();
    const fileName = await giveName(files, spec, { from: path, wanted });
    spec.onFileName?.(fileName);
    await markOrigin(deps.ports, spec, { fileName, finalUrl: sequence.head.finalUrl, referer: spec.request.referer });
    await files.syncFolder(spec.folder);
    await file.close();
    return { path: files.join(spec.folder, fileName), sizeBytes };
  } catch (error) {
    await sequence.cancel(error);
    if (staged !== null) await drop(files, staged);
    throw error;
  }
}

interface OpenStagedFile {
  readonly file: OpenFile;
  /** The name that it has until it is whole. */
  readonly path: string;
}

/**
 * Called by a name that tells whose it is, and which file: what a crash leaves of it, the next process to use the folder
 * clears away.
 */
async function createStaged({ ports }: DirectDeps, folder: string, wanted: string): Promise<OpenStagedFile> {
  const { files, adoptable } = ports;
  await adoptable.visit(folder);
  const owner = await files.owner();
  const process = await files.process();
  const first = files.join(folder, owner === null ? partialName(wanted) : stagedName(owner, process));
  const file = await files.create(first);
  if (owner === null) return { file, path: first };
  try {
    const { identity } = await file.facts();
    const path = files.join(folder, stagedName(owner, process, { sign: signOfFile(identity) }));
    await files.moveNew(first, path, identity);
    return { file, path };
  } catch (error) {
    await drop(files, { file, path: first });
    throw error;
  }
}

function nameFor({ platform }: DirectDeps, { head }: Sequence, spec: Place & { readonly url: string }): string {
  const { name, url, whenTaken } = spec;
  // A caller that names the file expects it under exactly that name.
  if (name !== null && whenTaken !== 'number') return name;
  return chooseFileName({
    url,
    finalUrl: head.finalUrl,
    contentDisposition: headerValue(head.headers, 'content-disposition'),
    contentType: headerValue(head.headers, 'content-type'),
    userName: name,
    platform,
  });
}

/** No file of another program is replaced, and no name is taken that another download's partial uses. */
async function giveName(
  files: Files,
  { folder, whenTaken }: Place,
  { from, wanted }: { readonly from: string; readonly wanted: string },
): Promise<string> {
  if (whenTaken !== 'number') {
    const path = files.join(folder, wanted);
    if (whenTaken === 'replace') await files.replace(from, path);
    else await files.moveNew(from, path);
    return wanted;
  }
  for (const fileName of candidateNames(wanted)) {
    const beside = files.join(folder, partialName(fileName));
    if (beside !== from && (await files.lookUp(beside)) !== null) continue;
    if (await files.moveNew(from, files.join(folder, fileName)).then(() => true, falseIfTaken)) return fileName;
  }
  throw new SluiceError('file-exists', 'no free name', { facts: { name: wanted } });
}

async function writeAll(sequence: Sequence, file: OpenFile): Promise<number> {
  let position = 0;
  for (let chunk = await sequence.next(); chunk !== null; chunk = await sequence.next()) {
    await file.write(chunk, position);
    position += chunk.length;
  }
  return position;
}

/** The first failure is the one to tell of. */
async function drop(files: Files, { file, path }: OpenStagedFile): Promise<void> {
  await file.close().catch(() => {});
  await files.delete(path).catch(() => {});
}

function falseIfTaken(error: unknown): boolean {
  if (error instanceof SluiceError && error.code === 'file-exists') return false;
  throw error;
}
