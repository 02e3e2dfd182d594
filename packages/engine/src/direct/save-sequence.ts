/** Writes a sequence into a file of its own: for a part of a resource, which no journal could ever complete. */
import { SluiceError } from '../errors.ts';
import { chooseFileName } from '../plan/names/choose-file-name.ts';
import { candidateNames, partialName } from '../plan/names/file-names.ts';
import { headerValue } from '../plan/headers.ts';
import type { Files, OpenFile } from '../ports/files.ts';
import { ensureRoom } from '../transfer/ensure-room.ts';
import type { DirectParts } from './direct-parts.ts';
import type { Sequence } from './open-sequence.ts';
import type { FileWish } from './wish.ts';

type Place = Pick<FileWish, 'folder' | 'name' | 'whenTaken'>;

/** A name that is free, and the new file under its passing name. */
interface Claimed {
  readonly fileName: string;
  readonly file: OpenFile;
}

/**
 * The bytes are durable before the file has its name; nothing is left when they do not all come.
 * @throws SluiceError `file-exists`, disk codes, and what the sequence ends with
 */
export async function saveSequence(
  parts: DirectParts,
  sequence: Sequence,
  wish: Place & { readonly url: string },
): Promise<{ readonly path: string; readonly sizeBytes: number }> {
  const { files } = parts.ports;
  let claimed: Claimed | null = null;
  try {
    await files.makeFolder(wish.folder);
    await ensureRoom(files, wish.folder, sequence.head.lengthBytes);
    claimed = await claim(files, wish, nameFor(parts, sequence, wish));
    const sizeBytes = await writeAll(sequence, claimed.file);
    await claimed.file.sync();
    const path = files.join(wish.folder, claimed.fileName);
    if (wish.whenTaken === 'replace') await files.replace(claimed.file.path, path);
    else await files.moveNew(claimed.file.path, path);
    await files.syncFolder(wish.folder);
    await claimed.file.close();
    return { path, sizeBytes };
  } catch (error) {
    await sequence.cancel(error);
    if (claimed !== null) await drop(files, claimed.file);
    throw error;
  }
}

function nameFor({ platform }: DirectParts, { head }: Sequence, wish: Place & { readonly url: string }): string {
  const { name, url, whenTaken } = wish;
  // Whoever names the very file has a program look for it there.
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

async function claim(files: Files, { folder, whenTaken }: Place, wanted: string): Promise<Claimed> {
  for (const fileName of whenTaken === 'number' ? candidateNames(wanted) : [wanted]) {
    const isFree = whenTaken === 'replace' || (await files.lookUp(files.join(folder, fileName))) === null;
    const file = isFree ? await files.create(files.join(folder, partialName(fileName))).catch(nullIfTaken) : null;
    if (file !== null) return { fileName, file };
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
async function drop(files: Files, file: OpenFile): Promise<void> {
  await file.close().catch(() => {});
  await files.delete(file.path).catch(() => {});
}

function nullIfTaken(error: unknown): null {
  if (error instanceof SluiceError && error.code === 'file-exists') return null;
  throw error;
}
