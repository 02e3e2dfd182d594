/** Holds whole files over `node:fs`: one by one by the usual calls, many at a time on a thread of their own. */
import { dirname } from 'node:path';
import { SluiceError } from '@sluice/contract';
import type { Files, FileToHold, HeldFile } from '../ports/files.ts';
import { holdByCalls } from '../store/hold-file.ts';
import { diskError } from './disk-errors.ts';
import type { Report } from './held-files-program.ts';
import { HeldFilesThread } from './held-files-thread.ts';
import { identityOf } from './node-files-facts.ts';
import { cannotSyncFolders } from './node-files-folder.ts';
import type { NodePlatform } from './node-files-system.ts';

/** So many at once, and a thread is worth its start. */
const worthThread = 4;
/** What the thread writes of a folder that it could not sync. */
const syncFailure = 'SYNC:';

export class NodeHeldFiles {
  readonly #files: Files;
  readonly #platform: NodePlatform;
  #thread: HeldFilesThread | null = null;
  #underWay = 0;

  constructor(files: Files, platform: NodePlatform) {
    this.#files = files;
    this.#platform = platform;
  }

  async hold(wish: FileToHold): Promise<HeldFile> {
    this.#underWay += 1;
    try {
      if (this.#thread?.isRetired === true) this.#thread = null;
      if (this.#underWay >= worthThread) this.#thread ??= new HeldFilesThread();
      return this.#thread?.isRunning === true
        ? await this.#holdOn(this.#thread, wish)
        : await holdByCalls(this.#files, wish);
    } finally {
      this.#underWay -= 1;
    }
  }

  async #holdOn(thread: HeldFilesThread, wish: FileToHold): Promise<HeldFile> {
    const { path } = wish;
    const { errno, stats, bytes } = await thread.order({ kind: 'hold', ...wish });
    if (errno === 'ENOENT' && bytes !== null) {
      // Its folder is not there: the usual calls make it.
      return holdByCalls(this.#files, { ...wish, bytes });
    }
    if (errno !== null) throw diskError(systemError(errno), { operation: 'create', path });
    if (stats === null) throw new SluiceError('internal', 'a file was held that is none');
    return {
      identity: identityOf(stats, this.#platform),
      giveName: async (target, beside) => {
        const folder = this.#platform === 'win32' ? null : dirname(target);
        const order = { kind: 'name', from: path, to: target, folder, beside } as const;
        await this.#conclude(await thread.order(order), { path, target });
      },
      drop: () => this.#files.delete(path),
    };
  }

  async #conclude({ errno }: Report, place: { readonly path: string; readonly target: string }): Promise<void> {
    const { path, target } = place;
    if (errno === null) return;
    if (errno === 'EEXIST') throw new SluiceError('file-exists', 'the name is taken', { facts: { path: target } });
    if (errno.startsWith(syncFailure)) {
      const reason = errno.slice(syncFailure.length);
      if (cannotSyncFolders.has(reason)) return;
      throw diskError(systemError(reason), { operation: 'sync-folder', path: dirname(target) });
    }
    // Without hard links there are other ways, which take longer.
    await this.#files.moveNew(path, target);
    await this.#files.syncFolder(dirname(target));
  }
}

function systemError(errno: string): Error {
  return Object.assign(new Error(errno), { code: errno });
}
