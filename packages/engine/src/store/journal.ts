/** The journal beside a partial: the only authority on which of its bytes may be believed. */
import { SluiceError } from '@sluice/contract';
import type { Extent } from '../plan/extent.ts';
import type { ByteRange } from '../plan/range.ts';
import type { Resource } from '../plan/resource.ts';
import type { FileFacts, Files } from '../ports/files.ts';
import { JournalClaims } from './journal-claims.ts';
import { applyRecord, extentRecords, type JournalContent, type JournalHead, type Rest } from './journal-content.ts';
import { createJournalFile, JournalFile } from './journal-file.ts';
import { type JournalRecord, numbersOfRanges } from './journal-format.ts';
import { readJournal } from './journal-reader.ts';
import { withoutUserInfo } from './user-info.ts';

export type { JournalHead, Rest } from './journal-content.ts';

/** Below this a journal is never worth rewriting. */
const smallJournalBytes = 128 * 1024;
/** A journal this many times longer than what it has to say is rewritten. */
const wornFactor = 4;
const bytesPerExtent = 36;

export interface LoadedJournal {
  readonly head: JournalHead;
  readonly resource: Resource | null;
  /** Proved durable by a sync. Sorted by start; may overlap in part, never contain one another. */
  readonly trusted: readonly Extent[];
  /** Written, but perhaps not whole after a power cut: believe one only after its CRC. Several may share a start. */
  readonly doubtful: readonly Extent[];
  /** How an orderly end left the partial; null after any other end. */
  readonly rest: Rest | null;
  readonly journal: Journal;
}

/** What a check of the partial has shown. */
export interface Restatement {
  readonly trusted: readonly Extent[];
  readonly doubtful: readonly Extent[];
  readonly partialIdentity: string;
}

interface JournalParts {
  readonly files: Files;
  readonly path: string;
  readonly file: JournalFile;
  readonly content: JournalContent;
  readonly needsRewrite: boolean;
}

/**
 * Calls may overlap: they take effect one after another, in the order they were made. A call that fails for want
 * of room changes nothing and may be made again. After a failed sync every call fails with that error.
 */
export class Journal {
  readonly path: string;
  readonly #files: Files;
  readonly #file: JournalFile;
  #content: JournalContent;
  #needsRewrite: boolean;
  #sequence: number;
  #rewriteAtBytes = smallJournalBytes;
  #turns: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | null = null;

  constructor(parts: JournalParts) {
    this.path = parts.path;
    this.#files = parts.files;
    this.#file = parts.file;
    this.#content = parts.content;
    this.#needsRewrite = parts.needsRewrite;
    this.#sequence = parts.content.claims.lastSequence;
  }

  /**
   * More is known of the same version. Durable before any byte recorded after it counts as durable. Saying again
   * what is known already costs nothing.
   */
  recordResource(resource: Resource): Promise<void> {
    return this.#inTurn(async () => {
      if (JSON.stringify(resource) === JSON.stringify(this.#content.resource)) return;
      await this.#append([{ kind: 'resource', resource }]);
    });
  }

  /** The download goes on from another link. Durable when it resolves. */
  recordUrl(url: string): Promise<void> {
    return this.#inTurn(() => {
      const head = { ...this.#content.head, url: withoutUserInfo(url) };
      return this.#rewrite({ ...this.#content, head });
    });
  }

  /**
   * Their bytes have been written to the partial. Survives the end of the process when it resolves, not a power
   * cut. A later extent with the same start replaces an earlier one.
   */
  recordExtents(extents: readonly Extent[]): Promise<void> {
    if (extents.length === 0) return Promise.resolve();
    this.#sequence += 1;
    const records = [...extentRecords(this.#sequence, extents)];
    return this.#inTurn(() => this.#append(records));
  }

  /** Stands for everything recorded so far. Take it before the partial is synced. */
  mark(): number {
    return this.#sequence;
  }

  /** The partial was synced after `mark` was taken, successfully. Durable when it resolves. */
  recordSynced(mark: number): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#content.claims.hasPendingUpTo(mark)) return;
      await this.#appendThenSync([{ kind: 'synced', sequence: mark }]);
    });
  }

  /**
   * These bytes may not be believed any more: call it before they are written anew. Forgets every extent that
   * touches them. Durable when it resolves.
   */
  recordLost(ranges: readonly ByteRange[]): Promise<void> {
    return this.#inTurn(() => this.#appendThenSync([{ kind: 'lost', ranges: numbersOfRanges(ranges) }]));
  }

  /**
   * A sync of the partial failed. What it held back may never reach the disk, whatever a later sync says and
   * a read shows, so every extent that was not proved before is forgotten. Durable when it resolves.
   */
  recordSyncFailed(): Promise<void> {
    return this.#inTurn(() => {
      const { claims } = this.#content;
      const proved = claims.trusted();
      return this.#rewrite({ ...this.#content, claims: claims.restated(proved, []), rest: null });
    });
  }

  /** Replaces all extents by what a check of the partial has shown. Atomic, and durable when it resolves. */
  restate(restatement: Restatement): Promise<void> {
    return this.#inTurn(async () => {
      const head = { ...this.#content.head, partialIdentity: restatement.partialIdentity };
      const claims = this.#content.claims.restated(restatement.trusted, restatement.doubtful);
      await this.#rewrite({ ...this.#content, head, claims, rest: null });
      this.#sequence = Math.max(this.#sequence, claims.lastSequence);
    });
  }

  /** Another version of the resource: forgets all extents. Atomic, and durable when it resolves. */
  reset(resource: Resource): Promise<void> {
    return this.#inTurn(() => {
      const claims = this.#content.claims.restated([], []);
      return this.#rewrite({ ...this.#content, resource, claims, rest: null });
    });
  }

  /**
   * Waits for calls under way. Closing again is fine; anything else fails from now on.
   * @param facts of the partial after its last sync: lets the next load see whether it was touched since
   */
  close(facts?: FileFacts): Promise<void> {
    this.#closing ??= this.#turns.then(async () => {
      try {
        if (facts !== undefined) await this.#recordRest(facts);
      } finally {
        await this.#file.close();
      }
    });
    return this.#closing;
  }

  /** Closes and deletes it. */
  async delete(): Promise<void> {
    await this.close();
    await this.#files.delete(this.path);
  }

  /** An aid, not a proof: when it cannot be written, the next load only has more to read. */
  async #recordRest(facts: FileFacts): Promise<void> {
    const rest = { sizeBytes: facts.sizeBytes, modifiedAtMs: facts.modifiedAtMs };
    await this.#append([{ kind: 'rest', ...rest }]).catch(() => {});
  }

  async #append(records: readonly JournalRecord[]): Promise<void> {
    if (this.#needsRewrite) await this.#rewrite(this.#content);
    await this.#file.append(records);
    this.#apply(records);
    this.#rewriteWhenWorn();
  }

  /** Applied only once durable: a claim that the disk may still lose is none. */
  async #appendThenSync(records: readonly JournalRecord[]): Promise<void> {
    if (this.#needsRewrite) await this.#rewrite(this.#content);
    await this.#file.append(records);
    await this.#file.sync();
    this.#apply(records);
  }

  #apply(records: readonly JournalRecord[]): void {
    for (const record of records) this.#content = applyRecord(this.#content, record);
  }

  async #rewrite(content: JournalContent): Promise<void> {
    await this.#file.rewrite(content);
    this.#content = content;
    this.#needsRewrite = false;
    this.#rewriteAtBytes = Math.max(smallJournalBytes, wornFactor * this.#file.lengthBytes);
  }

  /** In a turn of its own, so that nobody waits for it; if it fails for want of room, the worn journal still serves. */
  #rewriteWhenWorn(): void {
    const liveBytes = bytesPerExtent * this.#content.claims.size;
    if (this.#file.lengthBytes < Math.max(this.#rewriteAtBytes, wornFactor * liveBytes)) return;
    this.#rewriteAtBytes = 2 * this.#file.lengthBytes;
    this.#inTurn(() => this.#rewrite(this.#content)).catch(() => {});
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    if (this.#closing !== null) return Promise.reject(new SluiceError('internal', 'the journal is closed'));
    const turn = this.#turns.then(step);
    this.#turns = turn.catch(() => {});
    return turn;
  }
}

/**
 * Starts a journal. Nothing of it is durable before the first {@link Journal.recordSynced}: until then there is
 * nothing to vouch for, and a small file is whole before a disk has synced once.
 * @throws `file-exists`, other disk codes
 */
export async function createJournal(files: Files, path: string, head: JournalHead): Promise<Journal> {
  const content: JournalContent = {
    head: { ...head, url: withoutUserInfo(head.url) },
    resource: null,
    claims: new JournalClaims(),
    rest: null,
  };
  const file = new JournalFile(files, path, await createJournalFile(files, path, content));
  return new Journal({ files, path, file, content, needsRewrite: false });
}

/**
 * Opens a journal and takes in what can be believed of it. Writes nothing: damage is put right with the first record.
 * @throws `file-missing`, `journal-unreadable`, `journal-too-new`, other disk codes
 */
export async function loadJournal(files: Files, path: string): Promise<LoadedJournal> {
  const file = await files.open(path);
  try {
    const { content, seed, soundBytes, torn, damaged } = await readJournal(file);
    const parts = { file, seed, lengthBytes: soundBytes, tailIsDirty: torn, nameIsDurable: false };
    const journalFile = new JournalFile(files, path, parts);
    const journal = new Journal({ files, path, file: journalFile, content, needsRewrite: damaged });
    const { head, resource, claims, rest } = content;
    return { head, resource, rest, trusted: claims.trusted(), doubtful: claims.doubtful(), journal };
  } catch (error) {
    await file.close();
    throw error;
  }
}
