/** Starts a new partial under a free name: never over, and never through a link to, something that is there. */
import { SluiceError } from '../../errors.ts';
import { journalName, numberedName, partialName } from '../../plan/names/file-names.ts';
import type { Resource } from '../../plan/response/resource.ts';
import type { Files, OpenFile } from '../../ports/files.ts';
import { type Beginning, placeBeginning } from '../../store/beginnings.ts';
import { ExtentLedger } from '../../store/extent-ledger.ts';
import { createJournal } from '../../store/journal/journal.ts';
import { clearName, type KeptApart } from './clear-name.ts';
import { ensureRoom } from '../run/ensure-room.ts';
import type { NameClaims } from './name-claims.ts';
import type { WhenTaken } from '../run/run-context.ts';
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

export interface Created {
  readonly working: WorkingFile;
  /** What an earlier run left under the name without a journal; null when there was nothing of the kind. */
  readonly kept: KeptApart | null;
}

/**
 * Makes `<name>.sluice` and its journal, numbering the name, where that is wanted, until neither it, its partial nor
 * its journal exists.
 * @throws SluiceError `disk-full` when the free space is known and too small; other disk codes
 */
export async function createWorkingFile(files: Files, claims: NameClaims, spec: NewWorkingFile): Promise<Created> {
  await files.makeFolder(spec.folder);
  await ensureRoom(files, spec.folder, spec.resource.totalBytes);
  const last = spec.whenTaken === 'number' ? mostNumbers : 0;
  for (let number = 0; number <= last; number += 1) {
    const fileName = number === 0 ? spec.wantedName : numberedName(spec.wantedName, number);
    const target = files.join(spec.folder, fileName);
    if (!claims.claim(target, spec.downloadId)) continue;
    const isFree = spec.whenTaken === 'replace' || (await files.lookUp(target)) === null;
    const created = isFree ? await tryCreate(files, fileName, spec) : null;
    if (created !== null) return created;
    claims.release(spec.downloadId);
  }
  throw new SluiceError('file-exists', 'no free name', { facts: { name: spec.wantedName } });
}

/** What ties several partials of one file together, see `JournalHead`. */
export interface Tie {
  readonly replaces?: string;
  readonly revision: number;
}

type Beginner = Pick<NewWorkingFile, 'url' | 'folder' | 'resource' | 'createdAtMs'> & { readonly tie?: Tie };

/**
 * The marker stays until the journal is durable: a crash before that leaves bytes that nothing vouches for.
 * @param fileName what the partial and the journal are named after
 * @returns null where something has the name of the partial or of the journal
 */
export async function tryCreate(files: Files, fileName: string, spec: Beginner): Promise<Created | null> {
  const { folder } = spec;
  const beginning = await placeBeginning(files, folder, fileName);
  if (beginning === null) return null;
  try {
    const cleared = await clearName(files, folder, fileName);
    if (cleared.kind === 'free') {
      const partial = await files
        .create(files.join(folder, partialName(fileName)), { exclusive: true })
        .catch(nullIfExists);
      const working = partial === null ? null : await begin(files, { ...spec, fileName, partial, beginning });
      if (working !== null) return { working, kept: cleared.kept };
    }
  } catch (error) {
    await beginning.end();
    throw error;
  }
  await beginning.end();
  return null;
}

interface Begun extends Beginner {
  readonly fileName: string;
  readonly partial: OpenFile;
  readonly beginning: Beginning;
}

/** The partial gets its size last: until its journal is there it is empty, and seen to be. */
async function begin(files: Files, begun: Begun): Promise<WorkingFile> {
  const { folder, fileName, url, createdAtMs, resource, partial, beginning, tie } = begun;
  try {
    const { identity } = await partial.facts();
    const head = { url, fileName, createdAtMs, partialIdentity: identity, resource, ...tie };
    const journal = await createJournal(files, files.join(folder, journalName(fileName)), head);
    try {
      if (resource.totalBytes !== null) await partial.truncate(resource.totalBytes);
    } catch (error) {
      await journal.delete();
      throw error;
    }
    const ledger = new ExtentLedger([]);
    const facts = await partial.facts();
    return new WorkingFile(files, {
      folder,
      fileName: tie?.replaces ?? fileName,
      storedAs: fileName,
      revision: tie?.revision ?? 0,
      link: url,
      partial,
      facts,
      journal,
      ledger,
      resource,
      beginning,
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
