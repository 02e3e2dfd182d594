/** The partial, its journal and its ledger as one thing: what a run writes to and what it may later claim. */
import type { Resource } from '../plan/resource.ts';
import { journalName, partialName } from '../plan/names/file-names.ts';
import { withoutUserInfo } from '../plan/user-info.ts';
import type { FileFacts, Files, OpenFile } from '../ports/files.ts';
import { SluiceError } from '../errors.ts';
import { ExtentLedger } from '../store/extent-ledger.ts';
import type { Journal } from '../store/journal.ts';
import { soundExtents } from '../store/recover.ts';

export interface WorkingFileParts {
  readonly folder: string;
  readonly fileName: string;
  /** From which the bytes came, without user name and password. */
  readonly link: string;
  readonly partial: OpenFile;
  readonly journal: Journal;
  readonly ledger: ExtentLedger;
  readonly resource: Resource | null;
}

/**
 * Durability order, kept here and nowhere else: data written, data synced, then the record that vouches for it,
 * then that record synced. Extents are recorded unsynced in between, so that a killed process loses next to
 * nothing while a power cut loses at most what was written since the last checkpoint.
 */
export class WorkingFile {
  readonly folder: string;
  readonly fileName: string;
  readonly partial: OpenFile;
  readonly #journal: Journal;
  readonly #files: Files;
  #ledger: ExtentLedger;
  #resource: Resource | null;
  #link: string;
  #identity: string | null = null;
  /** The partial right after its last sync, while nothing was written since. */
  #syncedFacts: FileFacts | null = null;
  #tail: Promise<void> = Promise.resolve();

  constructor(files: Files, parts: WorkingFileParts) {
    this.#files = files;
    this.folder = parts.folder;
    this.fileName = parts.fileName;
    this.partial = parts.partial;
    this.#journal = parts.journal;
    this.#ledger = parts.ledger;
    this.#resource = parts.resource;
    this.#link = withoutUserInfo(parts.link);
  }

  get ledger(): ExtentLedger {
    return this.#ledger;
  }

  get resource(): Resource | null {
    return this.#resource;
  }

  /** What responses have taught since; durable before any byte of it is claimed. */
  async learn(resource: Resource): Promise<void> {
    this.#resource = resource;
    await this.#journal.recordResource(resource);
  }

  /** Whether the bytes on disk came from this link, or were proved to be the same as its own. */
  isFrom(link: string): boolean {
    return this.#link === withoutUserInfo(link);
  }

  /** This link has proved to lead to the bytes on disk. Durable when it resolves. */
  async recordLink(link: string): Promise<void> {
    await this.#journal.recordUrl(link);
    this.#link = withoutUserInfo(link);
  }

  /** Forgets every byte: another version of the resource starts from nothing. The file is emptied first. */
  async restart(resource: Resource): Promise<void> {
    await this.#tail;
    await this.#journal.reset(resource);
    await this.partial.truncate(0);
    this.#ledger = new ExtentLedger([]);
    this.#resource = resource;
  }

  get hasUnrecorded(): boolean {
    return this.#ledger.hasChanged;
  }

  /** Records what was written since the last call. Cheap: one append, no sync. */
  record(): Promise<void> {
    return this.#inTurn(() => this.#appendChanged());
  }

  /** After a power cut from here on, the next run knows the partial for its own, though none of its bytes may count. */
  anchor(): Promise<void> {
    return this.#inTurn(() => this.#journal.settle());
  }

  /** Makes everything written so far durable and says so in the journal. @throws also when the file was taken away */
  checkpoint(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#appendChanged();
      await this.#checkStillOurs();
      const mark = this.#journal.mark();
      await this.#sync();
      await this.#journal.recordSynced(mark);
    });
  }

  /**
   * Re-reads everything that was written. What no longer is what arrived is forgotten, durably.
   * @returns how many bytes that were
   * @throws disk codes; `signal.reason` when aborted
   */
  async recheck(signal: AbortSignal): Promise<number> {
    await this.#tail;
    const extents = this.#ledger.all();
    const sound = await soundExtents(this.partial, extents, { signal });
    const spoiled = extents.filter((extent) => !sound.has(extent));
    if (spoiled.length === 0) return 0;
    const { coveredBytes } = this.#ledger;
    await this.#journal.recordLost(spoiled);
    this.#ledger.forget(spoiled);
    return coveredBytes - this.#ledger.coveredBytes;
  }

  /** Ends the use of the file. The partial and its journal stay for a later run. */
  async close(): Promise<void> {
    await this.#tail.catch(() => {});
    await this.#journal.close(this.#syncedFacts ?? undefined);
    await this.partial.close();
  }

  /** After the partial got its final name: nothing is left to remember. */
  async forget(): Promise<void> {
    await this.#tail;
    await this.#journal.delete();
    await this.partial.close();
  }

  /** Deletes the partial and its journal. */
  async discard(): Promise<void> {
    await this.close();
    await deletePartial(this.#files, this.folder, this.fileName);
  }

  async #appendChanged(): Promise<void> {
    const changed = this.#ledger.takeChanged();
    if (changed.length === 0) return;
    this.#syncedFacts = null;
    try {
      await this.#journal.recordExtents(changed);
    } catch (error) {
      this.#ledger.putBack(changed);
      throw error;
    }
  }

  /** After a failed sync the system may have dropped what it could not write, and a second sync would not tell. */
  async #sync(): Promise<void> {
    try {
      await this.partial.sync();
    } catch (error) {
      await this.#journal.recordSyncFailed();
      throw error;
    }
    this.#syncedFacts = await this.partial.facts();
  }

  async #checkStillOurs(): Promise<void> {
    const facts: FileFacts = await this.partial.facts();
    if (facts.linkCount === 0) throw new SluiceError('file-missing', 'the partial was deleted while it was written');
    this.#identity ??= facts.identity;
    const named = await this.#files.lookUp(this.partial.path);
    if (named === null || named.identity !== this.#identity) {
      throw new SluiceError('file-changed', 'the partial was moved or replaced while it was written');
    }
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    const turn = this.#tail.then(step);
    this.#tail = turn;
    turn.catch(() => {});
    return turn;
  }
}

/** Deletes what a download left unfinished under this name: the partial and the journal, nothing else. */
export async function deletePartial(files: Files, folder: string, fileName: string): Promise<void> {
  await files.delete(files.join(folder, partialName(fileName)));
  await files.delete(files.join(folder, journalName(fileName)));
}
