/** The partial, its journal and its ledger as one thing: what a run writes to and what it may later claim. */
import type { ByteRange } from '../../plan/ranges/range.ts';
import type { Resource } from '../../plan/response/resource.ts';
import { withoutUserInfo } from '../../plan/request/user-info.ts';
import type { FileFacts, Files, OpenFile } from '../../ports/files.ts';
import { SluiceError } from '../../errors.ts';
import type { Beginning } from '../../store/beginnings.ts';
import { ExtentLedger } from '../../store/extent-ledger.ts';
import type { Journal } from '../../store/journal/journal.ts';
import { deleteOwn } from '../../store/delete-own.ts';
import { ForeignSigns, type Written } from '../../store/foreign-signs.ts';
import { soundExtents } from '../../store/recover.ts';

export interface WorkingFileDeps {
  readonly folder: string;
  /** The name that the file gets in the end. */
  readonly fileName: string;
  /** What the partial and the journal are named after, where that is not the file's name. */
  readonly storedAs?: string;
  /** As the head of the journal states it. */
  readonly revision?: number;
  /** From which the bytes came, without user name and password. */
  readonly link: string;
  readonly partial: OpenFile;
  /** Of the partial, before this run has written to it. */
  readonly facts: FileFacts;
  readonly journal: Journal;
  readonly ledger: ExtentLedger;
  readonly resource: Resource | null;
  /** While nothing of a new one is durable. */
  readonly beginning?: Beginning;
}

/**
 * Durability order, kept here and nowhere else: data written, data synced, then the record that vouches for it,
 * then that record synced. Extents are recorded unsynced in between, so that a killed process loses next to
 * nothing while a power cut loses at most what was written since the last checkpoint.
 */
export class WorkingFile {
  readonly folder: string;
  readonly fileName: string;
  /** What the partial and the journal are named after: another name than the file's for a second partial. */
  readonly storedAs: string;
  /** Of the partials of one file, the one with the highest is of the version seen last. */
  readonly revision: number;
  readonly partial: OpenFile;
  readonly #journal: Journal;
  readonly #files: Files;
  readonly #beginning: Beginning | null;
  #ledger: ExtentLedger;
  #resource: Resource | null;
  #link: string;
  readonly #identity: string;
  readonly #signs: ForeignSigns;
  /** The partial right after its last sync, while nothing was written since. */
  #syncedFacts: FileFacts | null = null;
  #isSuspect = false;
  #isLocked = false;
  #tail: Promise<void> = Promise.resolve();

  constructor(files: Files, deps: WorkingFileDeps) {
    this.#files = files;
    this.folder = deps.folder;
    this.fileName = deps.fileName;
    this.storedAs = deps.storedAs ?? deps.fileName;
    this.revision = deps.revision ?? 0;
    this.partial = deps.partial;
    this.#journal = deps.journal;
    this.#beginning = deps.beginning ?? null;
    this.#ledger = deps.ledger;
    this.#resource = deps.resource;
    this.#link = withoutUserInfo(deps.link);
    this.#identity = deps.facts.identity;
    this.#signs = new ForeignSigns(deps.facts.sizeBytes);
  }

  get ledger(): ExtentLedger {
    return this.#ledger;
  }

  /** {@link FileFacts.identity} of the partial. */
  get identity(): string {
    return this.#identity;
  }

  /** Another program has written to the partial: nothing of it counts before {@link recheck}. */
  get isSuspect(): boolean {
    return this.#isSuspect;
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
    this.#syncedFacts = null;
    this.#signs.cleared(await this.partial.facts(), this.#written());
    this.#resource = resource;
  }

  get hasUnrecorded(): boolean {
    return this.#ledger.hasChanged;
  }

  /** Records what was written since the last call. Cheap: one append, no sync. */
  record(): Promise<void> {
    return this.#inTurn(() => this.#appendChanged());
  }

  /**
   * After a power cut from here on, the next run knows the partial for its own, though none of its bytes may count. And
   * those who look at it from where they cannot ask after this process find it locked: a file that is whole before is
   * not worth a lock.
   */
  async anchor(): Promise<void> {
    void this.#lock();
    await this.#inTurn(async () => {
      await this.#journal.settle();
      await this.#beginning?.end();
    });
  }

  /**
   * Makes everything written so far durable and says so in the journal.
   * @throws also when the file or its journal was taken away or replaced
   */
  checkpoint(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#appendChanged();
      await this.#checkStillOurs();
      const mark = this.#journal.mark();
      const written = this.#written();
      const facts = await this.#sync();
      if (this.#signs.check(facts, written, null)) await this.#suspect();
      if (!this.#isSuspect) await this.#journal.recordSynced(mark, facts);
    });
  }

  /**
   * Looks once more, all writers being done, whether the partial is as the last checkpoint left it.
   * @throws SluiceError `file-changed` when another program has written to it, now or before
   */
  async requireUntouched(): Promise<void> {
    await this.#inTurn(async () => {
      const facts = await this.#checkStillOurs();
      if (this.#signs.check(facts, this.#written(), this.#syncedFacts)) await this.#suspect();
    });
    // Not in a turn of its own: what is done about it has turns behind this one.
    if (this.#isSuspect) throw new SluiceError('file-changed', 'another program has written to the partial');
  }

  /**
   * Re-reads everything that was written. What no longer is what arrived is forgotten, durably.
   * @returns how many bytes that were
   * @throws disk codes; `signal.reason` when aborted
   */
  async recheck(signal: AbortSignal): Promise<number> {
    await this.#tail;
    const facts = await this.partial.facts();
    const written = this.#written();
    const extents = this.#ledger.all();
    const sound = await soundExtents(this.partial, extents, { signal });
    const spoiled = extents.filter((extent) => !sound.has(extent));
    this.#isSuspect = false;
    this.#syncedFacts = spoiled.length === 0 ? facts : null;
    if (spoiled.length === 0) {
      this.#signs.cleared(facts, written);
      return 0;
    }
    const { coveredBytes } = this.#ledger;
    await this.#journal.recordLost(spoiled);
    this.#ledger.forget(spoiled);
    return coveredBytes - this.#ledger.coveredBytes;
  }

  /** Bytes in these ranges are not those of the file after all: they are forgotten, durably. */
  async disbelieve(ranges: readonly ByteRange[]): Promise<void> {
    await this.#tail;
    const wrong = this.#ledger
      .all()
      .filter((extent) => ranges.some(({ start, end }) => start < extent.end && extent.start < end));
    if (wrong.length === 0) return;
    await this.#journal.recordLost(wrong);
    this.#ledger.forget(wrong);
  }

  /** Ends the use of the file. The partial and its journal stay for a later run. */
  async close(): Promise<void> {
    await this.#tail.catch(() => {});
    await this.#journal.close(this.#syncedFacts ?? undefined);
    await this.#beginning?.end();
    await this.partial.close();
  }

  /** After the partial got its final name: nothing is left to remember. */
  async forget(): Promise<void> {
    await this.#tail;
    // A marker without a journal would outlive the file.
    await this.#beginning?.end();
    await this.#journal.delete();
    await this.partial.close();
  }

  /** Deletes the partial and its journal, unless others have their names by now. */
  async discard(): Promise<void> {
    await this.#tail.catch(() => {});
    await this.partial.close();
    await deleteOwn(this.#files, this.partial.path, this.#identity);
    await this.#journal.delete();
    await this.#beginning?.end();
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
  async #sync(): Promise<FileFacts> {
    try {
      await this.partial.sync();
    } catch (error) {
      await this.#journal.recordSyncFailed();
      throw error;
    }
    const facts = await this.partial.facts();
    this.#syncedFacts = facts;
    return facts;
  }

  async #suspect(): Promise<void> {
    this.#isSuspect = true;
    await this.#journal.distrust();
  }

  #written(): Written {
    const covered = this.#ledger.covered();
    return { coveredBytes: this.#ledger.coveredBytes, end: covered.at(-1)?.end ?? 0 };
  }

  /** Nothing waits for it: who cannot ask after this process knows from the journal that it cannot, and stays away. */
  async #lock(): Promise<void> {
    if (this.#isLocked) return;
    try {
      this.#isLocked = (await this.partial.lock()) === 'ours';
      if (this.#isLocked) await this.#journal.recordLock();
    } catch {
      // The run has ended meanwhile, or the journal takes nothing more: the next record will say so.
    }
  }

  async #checkStillOurs(): Promise<FileFacts> {
    const facts = await this.partial.facts();
    if (facts.linkCount === 0) throw new SluiceError('file-missing', 'the partial was deleted while it was written');
    const named = await this.#files.lookUp(this.partial.path);
    if (named === null || named.identity !== this.#identity) {
      throw new SluiceError('file-changed', 'the partial was moved or replaced while it was written');
    }
    await this.#journal.checkStillOurs();
    return facts;
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    const turn = this.#tail.then(step);
    this.#tail = turn;
    turn.catch(() => {});
    return turn;
  }
}
