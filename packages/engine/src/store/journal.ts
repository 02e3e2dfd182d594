/** The journal beside a partial: the only authority on which of its bytes may be believed. */
import type { Extent } from '../plan/extent.ts';
import type { Resource } from '../plan/resource.ts';
import { withoutUserInfo } from '../plan/user-info.ts';
import type { Files, OpenFile } from '../ports/files.ts';
import { JournalClaims } from './journal-claims.ts';
import type { JournalContent, JournalHead, Rest } from './journal-content.ts';
import { createJournalFile, JournalFile } from './journal-file.ts';
import { readJournal } from './journal-reader.ts';
import { Journal } from './journal-writer.ts';
import { isUsedByAnother, refuseOwned, withTakeover } from './takeover.ts';

export type { JournalHead } from './journal-content.ts';
export type { Journal } from './journal-writer.ts';

export interface JournalSummary {
  readonly head: JournalHead;
  readonly resource: Resource | null;
  /** Proved durable by a sync. Sorted by start; may overlap in part, never contain one another. */
  readonly trusted: readonly Extent[];
  /** Written, but perhaps not whole after a power cut: believe one only after its CRC. Several may share a start. */
  readonly doubtful: readonly Extent[];
}

export interface InspectedJournal extends JournalSummary {
  /** By another process that lives. */
  readonly isInUse: boolean;
}

export interface LoadedJournal extends JournalSummary {
  /** How an orderly end left the partial; null after any other end. */
  readonly rest: Rest | null;
  readonly journal: Journal;
}

/**
 * Starts a journal. Nothing of it is durable before the first {@link Journal.recordSynced}: until then there is
 * nothing to vouch for, and a small file is whole before a disk has synced once.
 * @throws `file-exists`, other disk codes
 */
export async function createJournal(files: Files, path: string, head: JournalHead): Promise<Journal> {
  const content: JournalContent = {
    head: { ...head, url: withoutUserInfo(head.url) },
    owner: await files.owner(),
    resource: null,
    claims: new JournalClaims(),
    rest: null,
  };
  const file = new JournalFile(files, path, await createJournalFile(files, path, content));
  return new Journal({ files, path, file, content, needsRewrite: false });
}

/**
 * Takes a journal over and takes in what can be believed of it. Damage is put right with the first record.
 * @throws `file-missing`, `journal-unreadable`, `journal-too-new`, `file-busy` while another living process uses
 *   it, other disk codes
 */
export async function loadJournal(files: Files, path: string): Promise<LoadedJournal> {
  const file = await files.open(path);
  try {
    const owner = await files.owner();
    if (owner === null) return await takeIn(files, file, null);
    return await withTakeover(files, { journalPath: path, owner }, () => takeIn(files, file, owner));
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function takeIn(files: Files, file: OpenFile, owner: string | null): Promise<LoadedJournal> {
  const { path } = file;
  const { content, seed, soundBytes, torn, damaged, holdsSecrets } = await readJournal(files, file);
  await refuseOwned(files, path, content.owner);
  const parts = { file, seed, lengthBytes: soundBytes, tailIsDirty: torn, nameIsDurable: false };
  const journalFile = new JournalFile(files, path, parts);
  const journal = new Journal({ files, path, file: journalFile, content, needsRewrite: damaged || holdsSecrets });
  await journal.recordOwner(owner);
  return { ...summaryOf(content), rest: content.rest, journal };
}

/**
 * What a journal says, whoever uses it, without taking it over. Writes nothing.
 * @throws `file-missing`, `journal-unreadable`, `journal-too-new`, other disk codes
 */
export async function inspectJournal(files: Files, path: string): Promise<InspectedJournal> {
  const file = await files.open(path);
  try {
    const { content } = await readJournal(files, file);
    return { ...summaryOf(content), isInUse: await isUsedByAnother(files, content.owner) };
  } finally {
    await file.close();
  }
}

function summaryOf({ head, resource, claims }: JournalContent): JournalSummary {
  return { head, resource, trusted: claims.trusted(), doubtful: claims.doubtful() };
}
