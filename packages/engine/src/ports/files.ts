/** The disk, in the engine's words. Paths are absolute. Failures are SluiceErrors with disk codes. */
import type { FileOrigin } from '../plan/origin-mark.ts';
import type { Liveness, LockState, ProcessRecord } from '../plan/process/process-record.ts';

export interface FileFacts {
  readonly sizeBytes: number;
  /** How much room the file takes on the disk: less than its size where it has holes. Null when the system does not say. */
  readonly allocatedBytes: number | null;
  /** Identity of the file itself: survives a rename, changes when it is replaced. */
  readonly identity: string;
  /** 0 once the last name of an open file was deleted. */
  readonly linkCount: number;
  readonly modifiedAtMs: number;
  /** The user to whom it belongs; null where the system has no such number. */
  readonly ownerId: number | null;
}

export interface OpenFile {
  readonly path: string;
  /** Writes all of `bytes` at `position`, looping over short writes. `bytes` must not change until it settles. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** Fills `into` from `position`; resolves with the count, smaller only at the end of the file. */
  read(into: Uint8Array, position: number): Promise<number>;
  /** fdatasync. After a failure nothing written since the last success may be believed durable. */
  sync(): Promise<void>;
  /** Sets the size; growing leaves a sparse hole. */
  truncate(sizeBytes: number): Promise<void>;
  facts(): Promise<FileFacts>;
  setModifiedTime(epochMs: number): Promise<void>;
  /**
   * Locks the file against everyone else who asks, until it is closed or the process ends, however that comes. Costs
   * some milliseconds, but none of the caller's time; asking again is fine.
   */
  lock(): Promise<LockState>;
  close(): Promise<void>;
}

/** All of a small file, and where it is to lie until it has a name of its own. */
export interface FileToStage {
  /** A name that nothing has, in the folder that the file is for. */
  readonly path: string;
  /** The caller gives away the bytes and their whole buffer, and may not use them any more. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What the file is dated; null leaves that to the disk. */
  readonly modifiedAtMs: number | null;
  /** Noted on it on the way, where that costs less than {@link Files.markOrigin} would later; null: not wanted. */
  readonly origin: FileOrigin | null;
  /** A name that it may get at once, as {@link StagedFile.giveName} gives it; null where the list has to store the name first. */
  readonly name: { readonly path: string; readonly beside: string } | null;
}

/** A file whose bytes are durable and whose name is most often not its own yet. */
export interface StagedFile {
  readonly identity: string;
  /** The origin is noted on it. If not, it may still be. */
  readonly isMarked: boolean;
  /** It already has the name that it might get at once, and that is durable. */
  readonly isNamed: boolean;
  /**
   * Gives it its name, atomically and never over an existing one; durable when it resolves.
   * @param beside nothing may have this name either
   * @throws `file-exists`, and then another name may be tried
   */
  giveName(path: string, beside: string): Promise<void>;
  /** Deletes it while it has no name of its own. */
  drop(): Promise<void>;
}

export interface Files {
  /**
   * Makes a new regular file; never follows a link. `private` keeps other users of the machine from reading it.
   * `exclusive` keeps everyone else from opening it so too, where the system locks a file as it opens it.
   * @throws `file-exists`, `folder-missing`, `file-access-denied`…
   */
  create(path: string, options?: { readonly private?: boolean; readonly exclusive?: boolean }): Promise<OpenFile>;
  /**
   * Opens an existing regular file for reading and writing; never follows a link.
   * @throws `file-missing`, `folder-missing` when its folder is gone too, `file-unsafe`, `file-busy`…
   */
  open(path: string, options?: { readonly exclusive?: boolean }): Promise<OpenFile>;
  /** Reads a whole small file. @throws `file-missing`, `file-unsafe`, `file-too-large` beyond `maxBytes` */
  readWhole(path: string, maxBytes: number): Promise<Uint8Array>;
  /** Null when nothing has that name; a link is described, not followed. */
  lookUp(path: string): Promise<(FileFacts & { readonly kind: 'file' | 'folder' | 'other' }) | null>;
  /**
   * Gives a file its final name, atomically and never over an existing one.
   * @param identity which file `from` must be; another one does not keep the new name
   * @throws `file-exists`, `file-changed` when it is another file
   */
  moveNew(from: string, to: string, identity?: string): Promise<void>;
  /**
   * Notes on a file where it came from, as the system's own programs do; nothing where there is no way to.
   * @throws disk codes, where the disk has no place for it
   */
  markOrigin(path: string, origin: FileOrigin): Promise<void>;
  /** Replaces `to` atomically. Only for files the engine made. @param identity as in {@link moveNew} */
  replace(from: string, to: string, identity?: string): Promise<void>;
  /** Deletes one file; fine when it is gone already. */
  delete(path: string): Promise<void>;
  /**
   * Puts a whole file on the disk, durable when it resolves. Absent where other calls do it as well; present where many
   * at once cost less than one by one. Makes the folder where there is none.
   * @throws disk codes, and nothing is left then
   */
  stage?(file: FileToStage): Promise<StagedFile>;
  /** Makes a folder and its parents. */
  makeFolder(path: string): Promise<void>;
  /** Makes names created, moved or deleted in this folder durable, where the system can. */
  syncFolder(path: string): Promise<void>;
  listFolder(path: string): Promise<readonly string[]>;
  /** Null when the system does not say. */
  freeBytes(path: string): Promise<number | null>;
  isWritableFolder(path: string): Promise<boolean>;
  /**
   * Whether a file in this folder belongs to the user to whom one belongs that this process makes there. True as well
   * where the system has no such number. May make a file for a moment, where the answer is not plain.
   */
  isOwnFile(folder: string, facts: Pick<FileFacts, 'ownerId'>): Promise<boolean>;
  /** This process's name among those that use the same disk; null when others could not ask after it. */
  owner(): Promise<string | null>;
  /** Whether the process of that name answers. One in another container does not, though it lives. */
  isOwnerAlive(owner: string): Promise<boolean>;
  /** This process, for those who cannot ask after its name; null where it cannot be described. */
  process(): Promise<ProcessRecord | null>;
  /** @param folder on whose disk it left something */
  livenessOf(process: ProcessRecord, folder: string): Promise<Liveness>;
  /** Joins a folder and a file name, by the platform's rules; refuses a name that is not a direct child. */
  join(folder: string, name: string): string;
}
