/** What runs on the thread of small files: whole files go to the disk many at a time, and none of it on the main thread. */

export interface StageOrder {
  readonly kind: 'stage';
  readonly number: number;
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly modifiedAtMs: number | null;
  /** Extended attributes for it. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /** The name that it gets at once, if that is free. */
  readonly name: Omit<NameOrder, 'kind' | 'number' | 'from' | 'file'> | null;
}

export interface NameOrder {
  readonly kind: 'name';
  readonly number: number;
  readonly from: string;
  readonly to: string;
  /** Null where the system has no way to sync a folder. */
  readonly folder: string | null;
  readonly beside: string;
  /** Which file must have the name `from`: in a folder where others may write, another one may have it by now. */
  readonly file: FileNumbers;
}

export type Order = StageOrder | NameOrder;

type Naming = Pick<NameOrder, 'from' | 'to' | 'beside' | 'file'>;

interface AttributeLibrary {
  setAttributeSync(path: string, name: string, value: string): void;
}

export interface FileNumbers {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly birthtimeNs: bigint;
}

/** What the thread is told when it starts. */
export interface ProgramData {
  /** Path of the module with `setAttributeSync`; null where there is none. */
  readonly attributeLibrary: string | null;
}

/**
 * What became of an order: `errno` is null when all of it was done, and otherwise none of it, except that a file whose
 * folder could not be synced has its name. Marks and a name at once are extras: a file is held without them, too.
 */
export interface Report {
  readonly number: number;
  readonly errno: string | null;
  readonly stats: FileNumbers | null;
  readonly isMarked: boolean;
  readonly isNamed: boolean;
  /** Of a file that could not be held. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
}

/** What the thread writes of a file that is not the one whose name it was to give. */
export const otherFile = 'OTHER';

/**
 * The thread's whole program. It refers to nothing outside of itself, so that its text alone can be run: a bundle then
 * needs no file of its own for it.
 */
export function stagingProgram(): void {
  const fs = process.getBuiltinModule('node:fs');
  const { createRequire } = process.getBuiltinModule('node:module');
  const threads = process.getBuiltinModule('node:worker_threads');
  const { parentPort } = threads;
  const { constants } = fs;
  const createFlags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
  /** A sync that takes no longer than this is done in turn; where it takes longer, the disk does many at once. */
  const quickSyncMs = 0.3;
  let syncsAreQuick = false;
  /** {@link otherFile}, which the thread cannot see. */
  const isOther = 'OTHER';

  const attributeLibrary = loadAttributeLibrary(threads.workerData as ProgramData);

  function loadAttributeLibrary({ attributeLibrary: path }: ProgramData): AttributeLibrary | null {
    try {
      return path === null ? null : (createRequire(path)(path) as AttributeLibrary);
    } catch {
      // The caller has a fallback, or reports the error.
      return null;
    }
  }

  function mark({ path, attributes }: StageOrder): boolean {
    if (attributeLibrary === null || attributes.length === 0) return false;
    try {
      for (const [attribute, value] of attributes) attributeLibrary.setAttributeSync(path, attribute, value);
      return true;
    } catch {
      return false;
    }
  }

  function errnoOf(error: unknown): string {
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EIO';
  }

  interface Written {
    readonly descriptor: number;
    readonly stats: FileNumbers;
    readonly isMarked: boolean;
  }

  function write(order: StageOrder): Written {
    const descriptor = fs.openSync(order.path, createFlags, 0o666);
    try {
      for (let done = 0; done < order.bytes.length;) {
        done += fs.writeSync(descriptor, order.bytes, done, order.bytes.length - done, done);
      }
      const isMarked = mark(order);
      if (order.modifiedAtMs !== null) fs.futimesSync(descriptor, order.modifiedAtMs / 1000, order.modifiedAtMs / 1000);
      const { dev, ino, birthtimeNs } = fs.fstatSync(descriptor, { bigint: true });
      return { descriptor, stats: { dev, ino, birthtimeNs }, isMarked };
    } catch (error) {
      drop(descriptor, order.path);
      throw error;
    }
  }

  function drop(descriptor: number, path: string): void {
    try {
      fs.closeSync(descriptor);
    } finally {
      fs.unlinkSync(path);
    }
  }

  async function sync(descriptor: number): Promise<void> {
    const startedAtMs = performance.now();
    if (syncsAreQuick) fs.fdatasyncSync(descriptor);
    else {
      await new Promise<void>((resolve, reject) => {
        fs.fdatasync(descriptor, (error) => (error === null ? resolve() : reject(error)));
      });
    }
    syncsAreQuick = performance.now() - startedAtMs < quickSyncMs;
  }

  async function stage(order: StageOrder): Promise<Report> {
    try {
      const { descriptor, stats, isMarked } = write(order);
      try {
        await sync(descriptor);
        fs.closeSync(descriptor);
      } catch (error) {
        drop(descriptor, order.path);
        throw error;
      }
      return { number: order.number, errno: null, stats, isMarked, isNamed: false, bytes: null };
    } catch (error) {
      const { number, bytes } = order;
      return { number, errno: errnoOf(error), stats: null, isMarked: false, isNamed: false, bytes };
    }
  }

  /** @returns what went wrong; nothing is changed then */
  function name({ from, to, beside, file }: Naming): string | null {
    try {
      if (fs.lstatSync(beside, { throwIfNoEntry: false }) !== undefined) return 'EEXIST';
      fs.linkSync(from, to);
      if (!isFile(to, file)) {
        fs.unlinkSync(to);
        return isOther;
      }
    } catch (error) {
      return errnoOf(error);
    }
    try {
      fs.unlinkSync(from);
      return null;
    } catch (error) {
      // With two names, a person who deletes one would believe the file gone.
      fs.unlinkSync(to);
      return errnoOf(error);
    }
  }

  function isFile(path: string, { dev, ino, birthtimeNs }: FileNumbers): boolean {
    const now = fs.lstatSync(path, { bigint: true });
    return now.dev === dev && now.ino === ino && now.birthtimeNs === birthtimeNs;
  }

  function syncFolder(folder: string): string | null {
    try {
      const descriptor = fs.openSync(folder, constants.O_RDONLY | (constants.O_DIRECTORY ?? 0));
      try {
        fs.fsyncSync(descriptor);
      } finally {
        fs.closeSync(descriptor);
      }
      return null;
    } catch (error) {
      return errnoOf(error);
    }
  }

  /** @returns how it went for a folder: names are durable with one sync of theirs, however many there are */
  function folderSyncs(): (folder: string | null) => string | null {
    const failures = new Map<string, string | null>();
    return (folder) => {
      if (folder === null) return null;
      let failure = failures.get(folder);
      if (failure === undefined) {
        failure = syncFolder(folder);
        failures.set(folder, failure);
      }
      return failure === null ? null : `SYNC:${failure}`;
    };
  }

  async function carryOut(orders: readonly Order[]): Promise<void> {
    const staged = await Promise.all(orders.map(async (order) => (order.kind === 'stage' ? stage(order) : null)));
    // All names first: a folder's sync is for those that were given before it.
    const names = orders.map((order, index) => {
      if (order.kind === 'name') return { folder: order.folder, errno: name(order) };
      const stats = staged[index]?.stats ?? null;
      if (order.name === null || staged[index]?.errno !== null || stats === null) return null;
      return { folder: order.name.folder, errno: name({ from: order.path, file: stats, ...order.name }) };
    });
    const failureOf = folderSyncs();
    const reports = orders.map(({ number }, index): Report => {
      const report = staged[index] ?? {
        number,
        errno: null,
        stats: null,
        isMarked: false,
        isNamed: false,
        bytes: null,
      };
      const given = names[index] ?? null;
      if (given === null) return report;
      // What is held without the name is told so, and may be given another.
      if (given.errno !== null) return staged[index] === null ? { ...report, errno: given.errno } : report;
      return { ...report, errno: failureOf(given.folder), isNamed: true };
    });
    parentPort?.postMessage(reports);
  }

  parentPort?.on('message', (orders: readonly Order[]) => void carryOut(orders));
}
