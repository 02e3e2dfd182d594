/** Takes up a partial that an earlier run left, keeping only the bytes that the journal and the disk agree on. */
import { dirname } from 'node:path';
import { SluiceError } from '../../errors.ts';
import { journalName, partialName } from '../../plan/names/file-names.ts';
import { normaliseRanges, totalLength } from '../../plan/ranges/ranges.ts';
import type { Files, OpenFile } from '../../ports/files.ts';
import { ExtentLedger } from '../../store/extent-ledger.ts';
import { deleteOwn } from '../../store/delete-own.ts';
import { loadJournal } from '../../store/journal/journal.ts';
import { busy } from '../../store/journal/ownership.ts';
import { withoutUserInfo } from '../../plan/request/user-info.ts';
import { recoverExtents } from '../../store/recover.ts';
import { findNamed } from './find-named.ts';
import { WorkingFile } from './working-file.ts';

export interface Place {
  readonly folder: string;
  /** The name that the file gets in the end. */
  readonly fileName: string;
  /** What the partial and the journal are named after. Default: the file's name. */
  readonly storedAs?: string;
  /** Called once the file turns out to be finished, before the journal that proves it is deleted. */
  readonly beforeForgetting?: () => Promise<void>;
  /** Whose file it is if it turns out to be whole. */
  readonly links: readonly string[];
}

export type Reopened =
  | { readonly kind: 'opened'; readonly working: WorkingFile }
  /** The last run was killed between giving the file its name and saying so: it is finished. */
  | { readonly kind: 'complete'; readonly fileName: string; readonly sizeBytes: number; readonly fileIdentity: string }
  /** Nothing to resume: a new partial may be started. `keepName` says whether its name may be used for that. */
  | { readonly kind: 'nothing'; readonly keepName: boolean; readonly reason: string };

/**
 * @throws SluiceError `journal-too-new` (a newer Sluice wrote it: nothing is touched), `file-unsafe`, `file-busy` (see
 *   {@link livenessIn}), other disk codes
 */
export async function openWorkingFile(files: Files, place: Place, signal: AbortSignal): Promise<Reopened> {
  const { storedAs = place.fileName } = place;
  const partialPath = files.join(place.folder, partialName(storedAs));
  const partial = await files.open(partialPath, { exclusive: true }).catch(nullOn('file-missing'));
  if (partial === null) return concludeWithoutPartial(files, place);
  try {
    if (!(await files.isOwnFile(place.folder, await partial.facts()))) {
      await partial.close();
      return { kind: 'nothing', keepName: false, reason: 'the partial is of another user' };
    }
    // Before anything that is there is changed, no other process may be at it.
    const lock = await partial.lock();
    if (lock === 'theirs') throw busy(partialPath, 'alive');
    const journalPath = files.join(place.folder, journalName(storedAs));
    const loaded = await loadJournal(files, journalPath, lock).catch(nullOn('file-missing', 'journal-unreadable'));
    if (loaded === null) {
      await partial.close();
      return { kind: 'nothing', keepName: true, reason: 'no journal vouches for the partial' };
    }
    try {
      await refuseForeignLink(partial, loaded.head.partialIdentity);
      const extents = await recoverExtents(partial, loaded, { signal });
      const facts = await partial.facts();
      const { folder, fileName } = place;
      const { journal, resource } = loaded;
      const ledger = new ExtentLedger(extents);
      return {
        kind: 'opened',
        working: new WorkingFile(files, {
          folder,
          fileName,
          storedAs,
          revision: loaded.head.revision ?? 0,
          link: loaded.head.url,
          partial,
          facts,
          journal,
          ledger,
          resource,
        }),
      };
    } catch (error) {
      await loaded.journal.close();
      throw error;
    }
  } catch (error) {
    await partial.close();
    throw error;
  }
}

/**
 * A copy of a partial is resumed, but another file's second name is not: what is written to the one would
 * change the other.
 */
async function refuseForeignLink(partial: OpenFile, knownIdentity: string): Promise<void> {
  const { identity, linkCount } = await partial.facts();
  if (identity === knownIdentity || linkCount < 2) return;
  throw new SluiceError('file-unsafe', 'the partial is another name of another file', {
    facts: { path: partial.path },
  });
}

/** The journal knows the file itself: if that now has its final name, and all of it was proved, nothing is left to do. */
async function concludeWithoutPartial(files: Files, place: Place): Promise<Reopened> {
  const journalPath = files.join(place.folder, journalName(place.storedAs ?? place.fileName));
  const nothing = { kind: 'nothing', keepName: true, reason: 'the partial is gone' } as const;
  const loaded = await loadJournal(files, journalPath).catch(nullOn('file-missing', 'journal-unreadable'));
  if (loaded === null) return (await dropUnreadable(files, journalPath)) ? nothing : { ...nothing, keepName: false };
  const sizeBytes = loaded.resource?.totalBytes ?? null;
  const fileIdentity = loaded.head.partialIdentity;
  const isOfLink = place.links.some((link) => withoutUserInfo(link) === loaded.head.url);
  const isProved = sizeBytes !== null && totalLength(normaliseRanges(loaded.trusted)) === sizeBytes;
  const named = isOfLink && isProved ? await findNamed(files, place, fileIdentity) : null;
  if (named?.sizeBytes === sizeBytes) await files.syncFolder(place.folder);
  const isComplete = named !== null && named.sizeBytes === sizeBytes;
  if (isComplete) await place.beforeForgetting?.();
  await loaded.journal.delete();
  if (!isComplete) return nothing;
  return { kind: 'complete', fileName: named.fileName, sizeBytes, fileIdentity };
}

/** @returns whether nothing has the journal's name now; another user's file is not ours to delete */
async function dropUnreadable(files: Files, path: string): Promise<boolean> {
  const there = await files.lookUp(path);
  if (there === null) return true;
  if (there.kind !== 'file' || !(await files.isOwnFile(dirname(path), there))) return false;
  return deleteOwn(files, path, there.identity);
}

function nullOn(...codes: readonly string[]): (error: unknown) => null {
  return (error) => {
    if (error instanceof SluiceError && codes.includes(error.code)) return null;
    throw error;
  };
}
