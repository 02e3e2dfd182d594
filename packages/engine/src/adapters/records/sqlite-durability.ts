/** Makes committed changes outlast a power cut, without making the main thread wait for the disk. */
import { existsSync, fstatSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf } from '../files/disk-errors.ts';
import { syncFolderOf } from '../files/folder.ts';
import { nodeFileSystem } from '../files/system.ts';

/** How long a committed change may wait for the sync it shares with others. */
const syncWithinMs = 200;

/**
 * With `synchronous = NORMAL` SQLite writes commits to its write-ahead log and leaves syncing to the next
 * checkpoint. Syncing at each commit (`FULL`) would hold the main thread until the disk is done, which takes
 * seconds while a download saturates it. So the log is synced from here, off the thread, soon after a commit:
 * its frames are checksummed and chained, so whatever part of it is on the disk is a whole number of commits.
 */
export class LogSync {
  readonly #logPath: string;
  #timer: NodeJS.Timeout | null = null;
  #handle: FileHandle | null = null;
  #syncing: Promise<void> = Promise.resolve();
  /** The sync that has been asked for and has not begun. */
  #next: Promise<void> | null = null;
  /** After a failed sync a later one that succeeds proves nothing about what the first one held back. */
  #failure: { readonly error: unknown } | null = null;

  /** @param databasePath SQLite keeps its log beside it, under one name as long as the connection is open */
  constructor(databasePath: string) {
    this.#logPath = `${databasePath}-wal`;
  }

  /** After a commit. */
  soon(): void {
    if (this.#timer !== null) return;
    // A failure is kept for the next caller that waits for a sync.
    this.#timer = setTimeout(() => void this.now().catch(() => {}), syncWithinMs);
    this.#timer.unref();
  }

  /** Resolves when everything committed before the call is durable. */
  now(): Promise<void> {
    this.#cancelTimer();
    // All that ask before a sync begins share it: many files may come to their end at once.
    this.#next ??= this.#syncing.then(() => {
      this.#next = null;
      return this.#sync();
    });
    const turn = this.#next;
    this.#syncing = turn.catch(() => {});
    return turn;
  }

  /** The log was deleted under the open database, and the database with it: what is written now is in no file. */
  isLost(): boolean {
    if (this.#handle === null || existsSync(this.#logPath)) return false;
    return fstatSync(this.#handle.fd).nlink === 0;
  }

  /** Lets go of the log; SQLite's own closing makes the rest durable. */
  stop(): void {
    this.#cancelTimer();
    void this.#syncing.then(() => this.#handle?.close()).catch(() => {});
  }

  async #sync(): Promise<void> {
    if (this.#failure !== null) throw this.#failure.error;
    try {
      const isFirst = this.#handle === null;
      const handle = await this.#open();
      await handle?.datasync();
      // SQLite syncs the name of its log only when it first syncs the log itself.
      if (isFirst) await syncFolderOf({ system: nodeFileSystem, platform: process.platform }, dirname(this.#logPath));
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }

  /** Null while nothing was ever committed: there is no log yet. */
  async #open(): Promise<FileHandle | null> {
    try {
      this.#handle ??= await open(this.#logPath, 'r+');
      return this.#handle;
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return null;
      throw error;
    }
  }

  #cancelTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
