/** An open journal: takes in what a run has to say, in order, and keeps its file short. */
import { SluiceError } from '@sluice/contract';
import type { Extent } from '../../plan/ranges/extent.ts';
import type { ByteRange } from '../../plan/ranges/range.ts';
import type { Resource } from '../../plan/response/resource.ts';
import { withoutUserInfo } from '../../plan/request/user-info.ts';
import type { FileFacts, Files } from '../../ports/files.ts';
import {
  applyRecord,
  extentRecords,
  type JournalContent,
  type Owner,
  ownerFieldsOf,
  type Seen,
  withoutSecrets,
} from './journal-content.ts';
import { isUnchanged } from './is-unchanged.ts';
import type { JournalFile } from './journal-file.ts';
import { type JournalRecord, numbersOfRanges } from './journal-format.ts';

/** Below this a journal is never worth rewriting. */
const smallJournalBytes = 128 * 1024;
/** A journal this many times longer than what it has to say is rewritten. */
const wornFactor = 4;
const bytesPerExtent = 36;

/** No partial looks like this: the next process reads all of it. */
const unlikeAny: Seen = { sizeBytes: 0, modifiedAtMs: -1, allocatedBytes: null };

function pickSeen({ sizeBytes, modifiedAtMs, allocatedBytes }: Seen): Seen {
  return { sizeBytes, modifiedAtMs, allocatedBytes };
}

/** What a check of the partial has shown. */
export interface Restatement {
  readonly trusted: readonly Extent[];
  readonly doubtful: readonly Extent[];
  readonly partialIdentity: string;
}

interface JournalDeps {
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

  constructor(deps: JournalDeps) {
    this.path = deps.path;
    this.#files = deps.files;
    this.#file = deps.file;
    this.#content = deps.content;
    this.#needsRewrite = deps.needsRewrite;
    this.#sequence = deps.content.claims.lastSequence;
  }

  /**
   * More is known of the same version. Durable before any byte recorded after it counts as durable. Saying again
   * what is known already costs nothing.
   */
  recordResource(resource: Resource): Promise<void> {
    return this.#inTurn(async () => {
      const stored = this.#storable(resource);
      if (JSON.stringify(stored) === JSON.stringify(this.#content.resource)) return;
      await this.#append([{ kind: 'resource', resource: stored }]);
    });
  }

  /** The download continues with another link. Durable when it resolves. */
  recordUrl(url: string): Promise<void> {
    return this.#inTurn(() => {
      const head = { ...this.#content.head, url: withoutUserInfo(url) };
      const { resource } = this.#content;
      // What was the download's own link is another party's now.
      return this.#rewrite({
        ...this.#content,
        head,
        resource: resource === null ? null : withoutSecrets(resource, head.url),
      });
    });
  }

  /** This process uses the partial from now on. Seen by others when it resolves. */
  recordOwner(owner: Owner | null): Promise<void> {
    return this.#inTurn(async () => {
      const known = this.#content.owner;
      if (owner?.name === known?.name && owner?.isLocked === known?.isLocked) return;
      await this.#append([{ kind: 'owner', ...ownerFieldsOf(owner) }]);
    });
  }

  /** This process has a lock of the system's on the partial. Seen by others when it resolves. */
  recordLock(): Promise<void> {
    return this.#inTurn(async () => {
      const { owner } = this.#content;
      if (owner === null || owner.isLocked) return;
      await this.#append([{ kind: 'owner', ...ownerFieldsOf({ ...owner, isLocked: true }) }]);
    });
  }

  /**
   * The journal under its name is still this one: what is said here from now on is heard. One that was deleted is
   * written anew.
   * @throws `file-changed` when another file has the name
   */
  checkStillOurs(): Promise<void> {
    return this.#inTurn(async () => {
      if (!(await this.#file.isNamed())) await this.#rewrite(this.#content);
    });
  }

  /** Makes what was recorded so far durable, and the names of the journal and of the partial beside it. */
  settle(): Promise<void> {
    return this.#inTurn(() => this.#file.sync());
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

  /**
   * The partial was synced after `mark` was taken, successfully. Durable when it resolves.
   * @param seen how it looked then
   */
  recordSynced(mark: number, seen: Seen | null = null): Promise<void> {
    const sightings: readonly JournalRecord[] = seen === null ? [] : [{ kind: 'seen', ...pickSeen(seen) }];
    return this.#inTurn(async () => {
      if (this.#content.claims.hasPendingUpTo(mark)) {
        await this.#appendThenSync([...sightings, { kind: 'synced', sequence: mark }]);
      } else if (seen !== null && !isUnchanged(this.#content.seen, seen)) {
        await this.#append(sightings);
      }
    });
  }

  /** All of the partial was read, and looked like this before. Survives the end of the process. */
  recordSeen(seen: Seen): Promise<void> {
    return this.#inTurn(() => this.#append([{ kind: 'seen', ...pickSeen(seen) }]));
  }

  /** Nothing of the partial is believed unread any more: another program has written to it. Durable when it resolves. */
  distrust(): Promise<void> {
    return this.#inTurn(async () => {
      const { claims } = this.#content;
      const all = [...claims.trusted(), ...claims.doubtful()];
      const restated = claims.restated([], all);
      await this.#rewrite({ ...this.#content, claims: restated, rest: null, seen: null });
      this.#sequence = Math.max(this.#sequence, restated.lastSequence);
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
   * a read shows, so every extent that was not proved before is forgotten, and what was proved before is read again
   * before it counts. Durable when it resolves.
   */
  recordSyncFailed(): Promise<void> {
    return this.#inTurn(() => {
      const claims = this.#content.claims.restated(this.#content.claims.trusted(), []);
      return this.#rewrite({ ...this.#content, claims, rest: null, seen: unlikeAny });
    });
  }

  /** Replaces all extents by what a check of the partial has shown. Atomic, and durable when it resolves. */
  restate(restatement: Restatement): Promise<void> {
    return this.#inTurn(async () => {
      const head = { ...this.#content.head, partialIdentity: restatement.partialIdentity };
      const claims = this.#content.claims.restated(restatement.trusted, restatement.doubtful);
      const isSameFile = head.partialIdentity === this.#content.head.partialIdentity;
      await this.#rewrite({ ...this.#content, head, claims, rest: null, seen: isSameFile ? this.#content.seen : null });
      this.#sequence = Math.max(this.#sequence, claims.lastSequence);
    });
  }

  /** Another version of the resource: forgets all extents. Atomic, and durable when it resolves. */
  reset(resource: Resource): Promise<void> {
    return this.#inTurn(() => {
      const claims = this.#content.claims.restated([], []);
      return this.#rewrite({
        ...this.#content,
        resource: this.#storable(resource),
        claims,
        rest: null,
        seen: null,
      });
    });
  }

  /**
   * Waits for calls under way, and leaves the partial for any process to resume. Closing again is fine; anything
   * else fails from now on.
   * @param facts of the partial after its last sync: lets the next load see whether it was touched since
   */
  close(facts?: FileFacts): Promise<void> {
    const records: JournalRecord[] = [];
    if (facts !== undefined) {
      records.push({ kind: 'seen', ...pickSeen(facts) });
      records.push({ kind: 'rest', sizeBytes: facts.sizeBytes, modifiedAtMs: facts.modifiedAtMs });
    }
    if (this.#content.owner !== null) records.push({ kind: 'owner', owner: null });
    return this.#end(records);
  }

  /** Closes and deletes it, unless another file has its name by now. */
  async delete(): Promise<void> {
    const isNamed = await this.#turns.then(() => this.#file.isNamed()).catch(() => false);
    await this.#end([]);
    if (isNamed) await this.#files.delete(this.path);
  }

  #storable(resource: Resource): Resource {
    return withoutSecrets(resource, this.#content.head.url);
  }

  /** @param records an aid to the next process: without them it has to find out more by itself */
  #end(records: readonly JournalRecord[]): Promise<void> {
    this.#closing ??= this.#turns.then(async () => {
      if (records.length > 0) await this.#append(records).catch(() => {});
      await this.#file.close();
    });
    return this.#closing;
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

  /** Runs by itself, so that no caller waits for it; without room on the disk the longer journal stays in use. */
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
