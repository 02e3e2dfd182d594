/** The journal beside a partial: the only authority on which of its bytes may be believed. */
import { SluiceError } from '@sluice/contract';
import type { Extent } from '../../plan/ranges/extent.ts';
import { journalSuffix, partialName } from '../../plan/names/file-names.ts';
import type { Resource } from '../../plan/response/resource.ts';
import { withoutUserInfo } from '../../plan/request/user-info.ts';
import type { Files, OpenFile } from '../../ports/files.ts';
import type { LockState } from '../../plan/process/process-record.ts';
import { JournalClaims } from './journal-claims.ts';
import {
  type JournalContent,
  type JournalHead,
  type Owner,
  type Rest,
  type Seen,
  withoutSecrets,
} from './journal-content.ts';
import { createJournalFile, JournalFile } from './journal-file.ts';
import { readJournal } from './journal-reader.ts';
import { Journal } from './journal-writer.ts';
import { type LockTrial, otherOwner, ownerOfThisProcess, refuseOwned } from './ownership.ts';
import { withClaim } from './claim-journal.ts';

export type { JournalHead, Seen } from './journal-content.ts';
export type { Journal } from './journal-writer.ts';

export interface JournalSummary {
  readonly head: JournalHead;
  readonly resource: Resource | null;
  /** Proved durable by a sync. Sorted by start; may overlap in part, never contain one another. */
  readonly trusted: readonly Extent[];
  /** Written, but perhaps not whole after a power cut: believe one only after its CRC. Several may share a start. */
  readonly doubtful: readonly Extent[];
}

export interface InspectedJournal extends JournalSummary, Pick<LoadedJournal, 'rest' | 'seen'> {
  /** The process that uses the partial, or did when it was last heard of. */
  readonly owner: Owner | null;
  /** By another process that lives, or may live. */
  readonly isInUse: boolean;
  /** `FileFacts.identity` of the journal itself. */
  readonly identity: string;
}

export interface LoadedJournal extends JournalSummary {
  /** How an orderly end left the partial; null after any other end. */
  readonly rest: Rest | null;
  /** How it looked after the last sync that noted so. */
  readonly seen: Seen | null;
  readonly journal: Journal;
}

/**
 * Starts a journal. Nothing of it is durable before the first {@link Journal.recordSynced}: until then there is
 * nothing to vouch for, and a small file is whole before a disk has synced once.
 * @throws `file-exists`, other disk codes
 */
export async function createJournal(
  files: Files,
  path: string,
  { resource = null, ...head }: JournalHead & { readonly resource?: Resource | null },
): Promise<Journal> {
  const url = withoutUserInfo(head.url);
  const content: JournalContent = {
    head: { ...head, url },
    owner: await ownerOfThisProcess(files),
    resource: resource === null ? null : withoutSecrets(resource, url),
    claims: new JournalClaims(),
    rest: null,
    seen: null,
  };
  const file = new JournalFile(files, path, await createJournalFile(files, path, content));
  return new Journal({ files, path, file, content, needsRewrite: false });
}

/**
 * Takes a journal over and takes in what can be believed of it. Damage is put right with the first record.
 * @throws `file-missing`, `journal-unreadable`, `journal-too-new`, `file-busy` while another living process uses
 *   it, or may be using it; other disk codes
 * @param lock how it went to lock the partial
 */
export async function loadJournal(files: Files, path: string, lock: LockState = 'none'): Promise<LoadedJournal> {
  const file = await files.open(path);
  const trial = async () => lock;
  try {
    const owner = await ownerOfThisProcess(files);
    if (owner === null) return await takeIn(files, file, { owner, lock: trial });
    const claimant = { owner: { ...owner, isLocked: lock === 'ours' }, lock: trial };
    return await withClaim(files, { journalPath: path, ...claimant }, () => takeIn(files, file, claimant));
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function takeIn(
  files: Files,
  file: OpenFile,
  { owner, lock }: { readonly owner: Owner | null; readonly lock: LockTrial },
): Promise<LoadedJournal> {
  const { path } = file;
  const { content, seed, soundBytes, torn, damaged, holdsSecrets } = await readJournal(files, file);
  await refuseOwned(files, { path, owner: content.owner, lock });
  const parts = { file, seed, lengthBytes: soundBytes, tailIsDirty: torn, nameIsDurable: false };
  const journalFile = new JournalFile(files, path, parts);
  const journal = new Journal({ files, path, file: journalFile, content, needsRewrite: damaged || holdsSecrets });
  await journal.recordOwner(owner);
  return { ...summaryOf(content), rest: content.rest, seen: content.seen, journal };
}

/**
 * What a journal says, without a claim and whether or not it is in use. Writes nothing.
 * @throws `file-missing`, `journal-unreadable`, `journal-too-new`, other disk codes
 */
export async function inspectJournal(files: Files, path: string): Promise<InspectedJournal> {
  const file = await files.open(path);
  try {
    const { content } = await readJournal(files, file);
    const { owner } = content;
    const other = await otherOwner(files, { path, owner, lock: () => tryLock(files, path) });
    const { identity } = await file.facts();
    return { ...summaryOf(content), rest: content.rest, seen: content.seen, owner, isInUse: other !== null, identity };
  } finally {
    await file.close();
  }
}

/** Whether the partial beside the journal could be locked; it is let go of at once. */
async function tryLock(files: Files, journalPath: string): Promise<LockState> {
  if (!journalPath.endsWith(journalSuffix)) return 'none';
  const path = partialName(journalPath.slice(0, -journalSuffix.length));
  try {
    const partial = await files.open(path, { exclusive: true });
    try {
      return await partial.lock();
    } finally {
      await partial.close();
    }
  } catch (error) {
    if (error instanceof SluiceError) return error.code === 'file-busy' ? 'theirs' : 'none';
    throw error;
  }
}

function summaryOf({ head, resource, claims }: JournalContent): JournalSummary {
  return { head, resource, trusted: claims.trusted(), doubtful: claims.doubtful() };
}
