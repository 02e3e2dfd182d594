/** Any disk, failing where a test says so, and remembering every call. */
import { type ErrorCode, SluiceError } from '@sluice/contract';
import type { Files, OpenFile } from '@sluice/engine';

/** The others never reach the disk, so they cannot fail. */
export type FileCallKind =
  | Exclude<keyof Files, 'join' | 'owner' | 'isOwnerAlive' | 'isOwnFile'>
  | Exclude<keyof OpenFile, 'path'>;

export interface FileCall {
  readonly kind: FileCallKind;
  readonly path: string;
}

export interface Fault {
  /** Which calls: all kinds, or one; all paths, or those that match. */
  readonly kind?: FileCallKind;
  readonly path?: RegExp;
  /** Of the calls that fit, counted from when the fault was set: the first one that fails. 1 unless given. */
  readonly nth?: number;
  /** How many fail from there on. 1 unless given. */
  readonly times?: number;
  /** Null lets the call through after `until`. */
  readonly error: ErrorCode | null;
  /**
   * What the failing call does before it fails: nothing (unless given), a write of its first half, or all of it.
   */
  readonly effect?: 'nothing' | 'half' | 'all';
  /** The call waits for this first. */
  readonly until?: Promise<unknown>;
}

export interface FaultyFiles extends Files {
  /** Every call so far, in order. */
  readonly calls: readonly FileCall[];
  /** Adds a fault; several may hold at once, the first that fits decides. */
  fail(fault: Fault): void;
  /** Takes all faults back. */
  heal(): void;
  /**
   * The process dies at the call with this number, counted from 0 over the disk's whole life: neither it nor any
   * later one does anything. With `half`, that call is a write cut off in the middle.
   * @param call its number, or which one it is
   */
  killAt(call: number | ((call: FileCall) => boolean), effect?: 'nothing' | 'half'): void;
  /** Whether a call has met the process's end. */
  readonly killed: boolean;
}

export function createFaultyFiles(inner: Files): FaultyFiles {
  return new FaultyDisk(inner);
}

interface SetFault extends Fault {
  met: number;
}

class FaultyDisk implements FaultyFiles {
  readonly calls: FileCall[] = [];
  killed = false;
  readonly #inner: Files;
  readonly #opened = new Set<OpenFile>();
  #faults: SetFault[] = [];
  #isLast: (call: FileCall) => boolean = () => false;
  #killEffect: 'nothing' | 'half' = 'nothing';
  #lastWrite: Promise<unknown> | undefined;

  constructor(inner: Files) {
    this.#inner = inner;
  }

  fail(fault: Fault): void {
    this.#faults.push({ ...fault, met: 0 });
  }

  heal(): void {
    this.#faults = [];
  }

  killAt(call: number | ((call: FileCall) => boolean), effect: 'nothing' | 'half' = 'nothing'): void {
    this.#isLast = typeof call === 'number' ? () => this.calls.length > call : call;
    this.#killEffect = effect;
  }

  create(path: string, options?: Parameters<Files['create']>[1]): Promise<OpenFile> {
    return this.#call({ kind: 'create', path }, async () => this.#wrap(await this.#inner.create(path, options)));
  }

  open(path: string, options?: Parameters<Files['open']>[1]): Promise<OpenFile> {
    return this.#call({ kind: 'open', path }, async () => this.#wrap(await this.#inner.open(path, options)));
  }

  readWhole(path: string, maxBytes: number): Promise<Uint8Array> {
    return this.#call({ kind: 'readWhole', path }, () => this.#inner.readWhole(path, maxBytes));
  }

  lookUp(path: string): ReturnType<Files['lookUp']> {
    return this.#call({ kind: 'lookUp', path }, () => this.#inner.lookUp(path));
  }

  moveNew(from: string, to: string, identity?: string): Promise<void> {
    return this.#call({ kind: 'moveNew', path: to }, () => this.#inner.moveNew(from, to, identity));
  }

  markOrigin(path: string, origin: Parameters<Files['markOrigin']>[1]): Promise<void> {
    return this.#call({ kind: 'markOrigin', path }, () => this.#inner.markOrigin(path, origin));
  }

  replace(from: string, to: string, identity?: string): Promise<void> {
    return this.#call({ kind: 'replace', path: to }, () => this.#inner.replace(from, to, identity));
  }

  delete(path: string): Promise<void> {
    return this.#call({ kind: 'delete', path }, () => this.#inner.delete(path));
  }

  makeFolder(path: string): Promise<void> {
    return this.#call({ kind: 'makeFolder', path }, () => this.#inner.makeFolder(path));
  }

  syncFolder(path: string): Promise<void> {
    return this.#call({ kind: 'syncFolder', path }, () => this.#inner.syncFolder(path));
  }

  listFolder(path: string): Promise<readonly string[]> {
    return this.#call({ kind: 'listFolder', path }, () => this.#inner.listFolder(path));
  }

  freeBytes(path: string): Promise<number | null> {
    return this.#call({ kind: 'freeBytes', path }, () => this.#inner.freeBytes(path));
  }

  isWritableFolder(path: string): Promise<boolean> {
    return this.#call({ kind: 'isWritableFolder', path }, () => this.#inner.isWritableFolder(path));
  }

  isOwnFile(folder: string, facts: Parameters<Files['isOwnFile']>[1]): Promise<boolean> {
    return this.#inner.isOwnFile(folder, facts);
  }

  owner(): Promise<string | null> {
    return this.#inner.owner();
  }

  isOwnerAlive(owner: string): Promise<boolean> {
    return this.#inner.isOwnerAlive(owner);
  }

  process(): ReturnType<Files['process']> {
    return this.#inner.process();
  }

  livenessOf(process: Parameters<Files['livenessOf']>[0], folder: string): ReturnType<Files['livenessOf']> {
    return this.#inner.livenessOf(process, folder);
  }

  join(folder: string, name: string): string {
    return this.#inner.join(folder, name);
  }

  #wrap(file: OpenFile): OpenFile {
    const { path } = file;
    this.#opened.add(file);
    return {
      path,
      lock: () => (this.killed ? Promise.resolve('none') : file.lock()),
      write: (bytes, position) =>
        this.#call(
          { kind: 'write', path },
          () => file.write(bytes, position),
          () => file.write(bytes.subarray(0, bytes.length >>> 1), position),
        ),
      read: (into, position) => this.#call({ kind: 'read', path }, () => file.read(into, position)),
      sync: () => this.#call({ kind: 'sync', path }, () => file.sync()),
      truncate: (sizeBytes) => this.#call({ kind: 'truncate', path }, () => file.truncate(sizeBytes)),
      facts: () => this.#call({ kind: 'facts', path }, () => file.facts()),
      setModifiedTime: (epochMs) => this.#call({ kind: 'setModifiedTime', path }, () => file.setModifiedTime(epochMs)),
      close: () =>
        this.#call({ kind: 'close', path }, () => {
          this.#opened.delete(file);
          return file.close();
        }),
    };
  }

  async #call<T>(call: FileCall, whole: () => Promise<T>, half?: () => Promise<unknown>): Promise<T> {
    const { kind, path } = call;
    this.calls.push(call);
    if (this.killed || this.#isLast(call)) {
      if (!this.killed && this.#killEffect === 'half') this.#lastWrite = half?.();
      this.killed = true;
      // The system closes what a process had open, once the write that it died in has reached the file.
      if (this.#lastWrite !== undefined) await this.#lastWrite;
      for (const file of this.#opened) void file.close();
      this.#opened.clear();
      throw new SluiceError('aborted', 'the process was killed');
    }
    const fault = this.#faultFor(kind, path);
    if (fault === undefined) return whole();
    await fault.until;
    if (fault.error === null) return whole();
    if (fault.effect === 'half') await half?.();
    if (fault.effect === 'all') await whole();
    throw new SluiceError(fault.error, `faulty disk: ${kind}`, { facts: { path } });
  }

  #faultFor(kind: FileCallKind, path: string): Fault | undefined {
    let decided: Fault | undefined;
    for (const fault of this.#faults) {
      if (fault.kind !== undefined && fault.kind !== kind) continue;
      if (fault.path !== undefined && !fault.path.test(path)) continue;
      fault.met += 1;
      const first = fault.nth ?? 1;
      if (fault.met >= first && fault.met < first + (fault.times ?? 1)) decided ??= fault;
    }
    return decided;
  }
}
