/** What runs on the thread of small files: whole files go to the disk many at a time, and none of it on the main thread. */

export interface HoldOrder {
  readonly kind: 'hold';
  readonly number: number;
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly modifiedAtMs: number | null;
}

export interface NameOrder {
  readonly kind: 'name';
  readonly number: number;
  readonly from: string;
  readonly to: string;
  /** Null where the system has no way to sync a folder. */
  readonly folder: string | null;
  readonly beside: string;
}

export type Order = HoldOrder | NameOrder;

export interface FileNumbers {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly birthtimeNs: bigint;
}

/** What became of an order: `errno` is null when all of it was done, and otherwise none of it. */
export interface Report {
  readonly number: number;
  readonly errno: string | null;
  readonly stats: FileNumbers | null;
  /** Of a file that could not be held. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
}

/**
 * The thread's whole program. It refers to nothing outside of itself, so that its text alone can be run: a bundle then
 * needs no file of its own for it.
 */
export function heldFilesProgram(): void {
  const fs = process.getBuiltinModule('node:fs');
  const { parentPort } = process.getBuiltinModule('node:worker_threads');
  const { constants } = fs;
  const createFlags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
  /** A sync that takes no longer than this is done in turn; where it takes longer, the disk does many at once. */
  const quickSyncMs = 0.3;
  let syncsAreQuick = false;

  function errnoOf(error: unknown): string {
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EIO';
  }

  function write(order: HoldOrder): { readonly descriptor: number; readonly stats: FileNumbers } {
    const descriptor = fs.openSync(order.path, createFlags, 0o666);
    try {
      for (let done = 0; done < order.bytes.length;) {
        done += fs.writeSync(descriptor, order.bytes, done, order.bytes.length - done, done);
      }
      if (order.modifiedAtMs !== null) fs.futimesSync(descriptor, order.modifiedAtMs / 1000, order.modifiedAtMs / 1000);
      const { dev, ino, birthtimeNs } = fs.fstatSync(descriptor, { bigint: true });
      return { descriptor, stats: { dev, ino, birthtimeNs } };
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

  async function hold(order: HoldOrder): Promise<Report> {
    try {
      const { descriptor, stats } = write(order);
      try {
        await sync(descriptor);
        fs.closeSync(descriptor);
      } catch (error) {
        drop(descriptor, order.path);
        throw error;
      }
      return { number: order.number, errno: null, stats, bytes: null };
    } catch (error) {
      return { number: order.number, errno: errnoOf(error), stats: null, bytes: order.bytes };
    }
  }

  function name(order: NameOrder): Report {
    const { number, from, to, beside } = order;
    const report = (errno: string | null): Report => ({ number, errno, stats: null, bytes: null });
    try {
      if (fs.lstatSync(beside, { throwIfNoEntry: false }) !== undefined) return report('EEXIST');
      fs.linkSync(from, to);
    } catch (error) {
      return report(errnoOf(error));
    }
    try {
      fs.unlinkSync(from);
      return report(null);
    } catch (error) {
      // Two names for one file would let whoever deletes the one believe it gone.
      fs.unlinkSync(to);
      return report(errnoOf(error));
    }
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

  /** Names are durable with one sync for each folder, however many there are. */
  function nameAll(orders: readonly NameOrder[]): Report[] {
    const reports = orders.map((order) => name(order));
    const failures = new Map<string, string | null>();
    return reports.map((report, index) => {
      const folder = orders[index]?.folder ?? null;
      if (report.errno !== null || folder === null) return report;
      let failure = failures.get(folder);
      if (failure === undefined) {
        failure = syncFolder(folder);
        failures.set(folder, failure);
      }
      return failure === null ? report : { ...report, errno: `SYNC:${failure}` };
    });
  }

  async function carryOut(orders: readonly Order[]): Promise<void> {
    const names = nameAll(orders.filter((order) => order.kind === 'name'));
    const holds = await Promise.all(orders.filter((order) => order.kind === 'hold').map((order) => hold(order)));
    parentPort?.postMessage([...names, ...holds]);
  }

  parentPort?.on('message', (orders: readonly Order[]) => void carryOut(orders));
}
