/** A disk in memory that knows what a power cut would leave of it. */
import { dirname, join } from 'node:path/posix';
import { SluiceError } from '@sluice/contract';
import type { FileFacts, Files, Liveness, OpenFile, ProcessRecord } from '@sluice/engine';
import type { Choose } from './chance.ts';
import { Inode, ownerOfTheProgram } from './inode.ts';
import { NameTable } from './name-table.ts';

export interface MemoryFilesOptions {
  /** Room for data; names cost nothing. */
  readonly capacityBytes?: number;
  /** Whether files can be locked. Default: true. */
  readonly hasLocks?: boolean;
  /** Folders that are there from the start, durable. */
  readonly folders?: readonly string[];
}

export interface MemoryFiles extends Files {
  /**
   * The power fails. What was synced stays, names in synced folders too; of everything else `choose` decides.
   * Files that were open fail from now on; the disk can be used again at once, as after a restart.
   */
  crash(choose: Choose): void;
  /** Dates what is written from now on later by this much. */
  passTime(durationMs: number): void;
  /**
   * The same disk as another process sees it.
   * @param where `apart`: in a container of its own, so that neither can ask whether the other lives
   */
  asOtherProcess(where?: 'here' | 'apart'): OtherProcess;
  /** What a file holds, as programs see it; null when there is none. */
  contents(path: string): Uint8Array | null;
  /** Every file's path, sorted. */
  paths(): readonly string[];
  /** Changes the room there is; what is stored already stays. */
  setCapacity(capacityBytes: number): void;
  /** The file is another user's from now on. */
  giveAway(path: string, ownerId: number): void;
  /** The next sync of this file fails, and what it should have written is lost though reads still show it. */
  loseNextSync(path: string): void;
}

export interface OtherProcess extends Files {
  /** From now on its name is that of no living process, and what it had locked is free. */
  end(): void;
}

export function createMemoryFiles(options: MemoryFilesOptions = {}): MemoryFiles {
  return new MemoryDisk(options);
}

function fail(code: SluiceError['code'], path: string): SluiceError {
  return new SluiceError(code, `memory disk: ${code}`, { facts: { path } });
}

class MemoryDisk implements MemoryFiles {
  readonly #names = new NameTable();
  readonly #inodes = new Set<Inode>();
  readonly #losing = new Set<Inode>();
  readonly #locks = new Map<Inode, object>();
  readonly #hasLocks: boolean;
  #capacityBytes: number;
  #nextNumber = 1;
  #timeMs = 1_000_000;
  /** Files opened before the last power cut belong to an earlier life. */
  #life = 0;
  /** Those that live, and where. */
  readonly #otherProcesses = new Map<string, 'here' | 'apart'>();

  constructor(options: MemoryFilesOptions) {
    this.#hasLocks = options.hasLocks ?? true;
    this.#capacityBytes = options.capacityBytes ?? Number.POSITIVE_INFINITY;
    for (const folder of ['/', ...(options.folders ?? ['/downloads'])]) this.#makeFolders(folder);
    for (const [path] of this.#names.entries()) this.#names.syncFolder(dirname(path));
  }

  async create(path: string, options: { readonly private?: boolean } = {}): Promise<OpenFile> {
    this.#requireFolder(dirname(path));
    if (this.#names.get(path) !== undefined) throw fail('file-exists', path);
    const inode = this.#newInode(false, options.private ?? false);
    this.#names.change([[path, inode]]);
    return this.#openFile(inode, path);
  }

  async open(path: string): Promise<OpenFile> {
    return this.#openFile(this.#requireFile(path), path);
  }

  async readWhole(path: string, maxBytes: number): Promise<Uint8Array> {
    const { bytes } = this.#requireFile(path);
    if (bytes.sizeBytes > maxBytes) throw fail('file-too-large', path);
    return bytes.toBytes();
  }

  async lookUp(path: string): ReturnType<Files['lookUp']> {
    const inode = this.#names.get(path);
    return inode === undefined ? null : { ...factsOf(inode), kind: inode.isFolder ? 'folder' : 'file' };
  }

  async moveNew(from: string, to: string, identity?: string): Promise<void> {
    const inode = this.#requireFile(from, identity);
    this.#requireFolder(dirname(to));
    const there = this.#names.get(to);
    if (there !== undefined && (there !== inode || from === to)) throw fail('file-exists', to);
    // Two steps, as on a real disk: a power cut between them leaves both names.
    if (there === undefined) this.#names.change([[to, inode]]);
    this.#names.change([[from, null]]);
  }

  async markOrigin(path: string): Promise<void> {
    this.#requireFile(path);
  }

  async replace(from: string, to: string, identity?: string): Promise<void> {
    const inode = this.#requireFile(from, identity);
    this.#requireFolder(dirname(to));
    this.#names.change([
      [to, inode],
      [from, null],
    ]);
  }

  async delete(path: string): Promise<void> {
    if (this.#names.get(path)?.isFolder === true) throw fail('file-unsafe', path);
    if (this.#names.get(path) !== undefined) this.#names.change([[path, null]]);
  }

  async makeFolder(path: string): Promise<void> {
    this.#makeFolders(path);
  }

  async syncFolder(path: string): Promise<void> {
    this.#requireFolder(path);
    this.#names.syncFolder(path);
  }

  async listFolder(path: string): Promise<readonly string[]> {
    this.#requireFolder(path);
    const names: string[] = [];
    for (const [name] of this.#names.entries()) {
      if (name !== '/' && dirname(name) === path) names.push(name.slice(path === '/' ? 1 : path.length + 1));
    }
    return names;
  }

  async freeBytes(path: string): Promise<number | null> {
    this.#requireFolder(path);
    return Number.isFinite(this.#capacityBytes) ? Math.max(0, this.#capacityBytes - this.#usedBytes()) : null;
  }

  async isWritableFolder(path: string): Promise<boolean> {
    return this.#names.get(path)?.isFolder === true;
  }

  async isOwnFile(_folder: string, { ownerId }: Pick<FileFacts, 'ownerId'>): Promise<boolean> {
    return ownerId === ownerOfTheProgram;
  }

  async owner(): Promise<string | null> {
    return `process-${this.#life}`;
  }

  async isOwnerAlive(owner: string): Promise<boolean> {
    return owner === (await this.owner()) || this.#otherProcesses.get(owner) === 'here';
  }

  async process(): Promise<ProcessRecord | null> {
    return recordOf(await this.owner(), 'here');
  }

  async livenessOf(process: ProcessRecord): Promise<Liveness> {
    return this.#livenessFrom(process, 'here');
  }

  passTime(durationMs: number): void {
    this.#timeMs += durationMs;
  }

  asOtherProcess(where: 'here' | 'apart' = 'here'): OtherProcess {
    const name = `other-process-${this.#nextNumber}`;
    this.#nextNumber += 1;
    this.#otherProcesses.set(name, where);
    const opened: OpenFile[] = [];
    async function keep(opening: Promise<OpenFile>): Promise<OpenFile> {
      const file = await opening;
      opened.push(file);
      return file;
    }
    return {
      create: (path, options) => keep(this.create(path, options)),
      open: (path) => keep(this.open(path)),
      readWhole: (path, maxBytes) => this.readWhole(path, maxBytes),
      lookUp: (path) => this.lookUp(path),
      moveNew: (from, to, identity) => this.moveNew(from, to, identity),
      markOrigin: (path) => this.markOrigin(path),
      replace: (from, to, identity) => this.replace(from, to, identity),
      delete: (path) => this.delete(path),
      makeFolder: (path) => this.makeFolder(path),
      syncFolder: (path) => this.syncFolder(path),
      listFolder: (path) => this.listFolder(path),
      freeBytes: (path) => this.freeBytes(path),
      isWritableFolder: (path) => this.isWritableFolder(path),
      isOwnFile: (folder, facts) => this.isOwnFile(folder, facts),
      isOwnerAlive: async (owner) => owner === name || (where === 'here' && this.isOwnerAlive(owner)),
      owner: async () => name,
      process: async () => recordOf(name, where),
      livenessOf: async (process) => this.#livenessFrom(process, where === 'here' ? where : name),
      join: (folder, child) => this.join(folder, child),
      end: () => {
        this.#otherProcesses.delete(name);
        for (const file of opened) void file.close();
      },
    };
  }

  join(folder: string, name: string): string {
    if (name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0')) {
      throw new SluiceError('name-invalid', 'not a plain file name', { facts: { name } });
    }
    return join(folder, name);
  }

  crash(choose: Choose): void {
    this.#life += 1;
    // A machine takes its time to start again.
    this.passTime(60_000);
    this.#otherProcesses.clear();
    this.#locks.clear();
    this.#losing.clear();
    for (const inode of this.#inodes) inode.crash(choose);
    this.#names.crash(choose);
  }

  contents(path: string): Uint8Array | null {
    const inode = this.#names.get(path);
    return inode === undefined || inode.isFolder ? null : inode.bytes.toBytes();
  }

  paths(): readonly string[] {
    return [...this.#names.entries()].flatMap(([path, inode]) => (inode.isFolder ? [] : [path])).sort();
  }

  setCapacity(capacityBytes: number): void {
    this.#capacityBytes = capacityBytes;
  }

  giveAway(path: string, ownerId: number): void {
    this.#requireFile(path).ownerId = ownerId;
  }

  loseNextSync(path: string): void {
    this.#losing.add(this.#requireFile(path));
  }

  #openFile(inode: Inode, path: string): OpenFile {
    const life = this.#life;
    const handle = {};
    let isOpen = true;
    const alive = () => {
      if (life !== this.#life) throw new SluiceError('disk-io', 'memory disk: opened before the power cut');
      if (!isOpen) throw new SluiceError('internal', 'memory disk: the file is closed');
    };
    return {
      path,
      write: async (bytes, position) => {
        alive();
        if (inode.bytes.newBytes(position, bytes.length) > this.#capacityBytes - this.#usedBytes()) {
          throw fail('disk-full', path);
        }
        inode.write(bytes, position);
        inode.modifiedAtMs = this.#tick();
      },
      read: async (into, position) => {
        alive();
        return inode.bytes.read(into, position);
      },
      sync: async () => {
        alive();
        if (!this.#losing.delete(inode)) return inode.sync();
        inode.loseUnsynced();
        throw fail('disk-io', path);
      },
      truncate: async (sizeBytes) => {
        alive();
        inode.truncate(sizeBytes);
        inode.modifiedAtMs = this.#tick();
      },
      facts: async () => {
        alive();
        return factsOf(inode);
      },
      setModifiedTime: async (epochMs) => {
        alive();
        inode.modifiedAtMs = epochMs;
      },
      lock: async () => {
        alive();
        const holder = this.#locks.get(inode) ?? handle;
        if (this.#hasLocks) this.#locks.set(inode, holder);
        return this.#hasLocks ? (holder === handle ? 'ours' : 'theirs') : 'none';
      },
      close: async () => {
        isOpen = false;
        if (this.#locks.get(inode) === handle) this.#locks.delete(inode);
      },
    };
  }

  /** A process in a container sees its own, and no other process sees those. */
  #livenessFrom(process: ProcessRecord, namespace: string): Liveness {
    if (process.boot !== memoryBoot) return 'dead';
    if (process.namespace !== namespace) return 'unknown';
    return process.started === `process-${this.#life}` || this.#otherProcesses.has(process.started ?? '')
      ? 'alive'
      : 'dead';
  }

  #newInode(isFolder: boolean, isPrivate: boolean): Inode {
    const inode = new Inode(this.#nextNumber, { isFolder, isPrivate, nowMs: this.#tick() });
    this.#nextNumber += 1;
    this.#inodes.add(inode);
    return inode;
  }

  #makeFolders(path: string): void {
    const there = this.#names.get(path);
    if (there?.isFolder === true) return;
    if (there !== undefined) throw fail('file-exists', path);
    if (path !== '/') this.#makeFolders(dirname(path));
    this.#names.change([[path, this.#newInode(true, false)]]);
  }

  #requireFolder(path: string): void {
    if (this.#names.get(path)?.isFolder !== true) throw fail('folder-missing', path);
  }

  #requireFile(path: string, identity?: string): Inode {
    const inode = this.#names.get(path);
    if (inode === undefined) this.#requireFolder(dirname(path));
    if (inode === undefined) throw fail('file-missing', path);
    if (inode.isFolder) throw fail('file-unsafe', path);
    if (identity !== undefined && identity !== identityOf(inode)) throw fail('file-changed', path);
    return inode;
  }

  #usedBytes(): number {
    let used = 0;
    for (const inode of this.#inodes) if (inode.linkCount > 0) used += inode.bytes.allocatedBytes;
    return used;
  }

  #tick(): number {
    this.#timeMs += 1;
    return this.#timeMs;
  }
}

function factsOf(inode: Inode): FileFacts {
  return {
    sizeBytes: inode.bytes.sizeBytes,
    allocatedBytes: inode.bytes.allocatedBytes,
    identity: identityOf(inode),
    linkCount: inode.linkCount,
    modifiedAtMs: inode.modifiedAtMs,
    ownerId: inode.ownerId,
  };
}

function identityOf(inode: Inode): string {
  return `inode-${inode.number}`;
}

const memoryBoot = 'memory';

/** Processes of one namespace know each other by their names here. */
function recordOf(name: string | null, where: 'here' | 'apart'): ProcessRecord | null {
  if (name === null) return null;
  return { machine: 'memory', boot: memoryBoot, namespace: where === 'here' ? where : name, pid: 1, started: name };
}
