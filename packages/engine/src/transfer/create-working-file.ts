/** Starts a new partial under a free name: never over, and never through a link to, something that is there. */
import { SluiceError } from '../errors.ts';
import { journalName, numberedName, partialName } from '../plan/names/file-names.ts';
import type { Resource } from '../plan/resource.ts';
import type { Files } from '../ports/files.ts';
import { ExtentLedger } from '../store/extent-ledger.ts';
import { createJournal } from '../store/journal.ts';
import { ensureRoom } from './ensure-room.ts';
import type { NameClaims } from './name-claims.ts';
import type { WhenTaken } from './run-context.ts';
import { WorkingFile } from './working-file.ts';

/** More numbered names than this in one folder means that something is wrong. */
const mostNumbers = 9999;

export interface NewWorkingFile {
  readonly downloadId: string;
  readonly url: string;
  readonly folder: string;
  /** Sanitised. */
  readonly wantedName: string;
  readonly resource: Resource;
  readonly createdAtMs: number;
  readonly whenTaken: WhenTaken;
}

/**
 * Makes `<name>.sluice` and its journal, numbering the name, where that is wanted, until neither it, its partial nor
 * its journal exists.
 * @throws SluiceError `disk-full` when the free space is known and too small; other disk codes
 */
export async function createWorkingFile(files: Files, claims: NameClaims, wish: NewWorkingFile): Promise<WorkingFile> {
  await files.makeFolder(wish.folder);
  await ensureRoom(files, wish.folder, wish.resource.totalBytes);
  const last = wish.whenTaken === 'number' ? mostNumbers : 0;
  for (let number = 0; number <= last; number += 1) {
    const fileName = number === 0 ? wish.wantedName : numberedName(wish.wantedName, number);
    const target = files.join(wish.folder, fileName);
    if (!claims.claim(target, wish.downloadId)) continue;
    const isFree = wish.whenTaken === 'replace' || (await files.lookUp(target)) === null;
    const created = isFree ? await tryCreate(files, fileName, wish) : null;
    if (created !== null) return created;
    claims.release(wish.downloadId);
  }
  throw new SluiceError('file-exists', 'no free name', { facts: { name: wish.wantedName } });
}

async function tryCreate(files: Files, fileName: string, wish: NewWorkingFile): Promise<WorkingFile | null> {
  const journalPath = files.join(wish.folder, journalName(fileName));
  if ((await files.lookUp(journalPath)) !== null) return null;
  const partial = await files
    .create(files.join(wish.folder, partialName(fileName)), { exclusive: true })
    .catch(nullIfExists);
  if (partial === null) return null;
  try {
    if (wish.resource.totalBytes !== null) await partial.truncate(wish.resource.totalBytes);
    const facts = await partial.facts();
    const journal = await createJournal(files, journalPath, {
      url: wish.url,
      fileName,
      createdAtMs: wish.createdAtMs,
      partialIdentity: facts.identity,
    });
    await journal.recordResource(wish.resource).catch(async (error: unknown) => {
      await journal.delete();
      throw error;
    });
    return new WorkingFile(files, {
      folder: wish.folder,
      fileName,
      link: wish.url,
      partial,
      facts,
      journal,
      ledger: new ExtentLedger([]),
      resource: wish.resource,
    });
  } catch (error) {
    await partial.close();
    await files.delete(partial.path);
    throw error;
  }
}

function nullIfExists(error: unknown): null {
  if (error instanceof SluiceError && error.code === 'file-exists') return null;
  throw error;
}
