/** Holds whole files over `node:fs`: one by one by the usual calls, many at a time on a thread of their own. */
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { SluiceError } from '@sluice/contract';
import { originMark } from '../../plan/origin-mark.ts';
import type { Files, FileToStage, StagedFile } from '../../ports/files.ts';
import { deleteOwn } from '../../store/delete-own.ts';
import { stageByCalls } from '../../store/stage-file.ts';
import { diskError } from './disk-errors.ts';
import { otherFile, type ProgramData, type Report } from './staging-program.ts';
import { StagingThread } from './staging-thread.ts';
import { identityOf } from './facts.ts';
import { cannotSyncFolders } from './folder.ts';
import type { NodePlatform } from './system.ts';

/** With this many files at once a thread is worth its start. */
const worthThread = 4;
/** What the thread writes of a folder that it could not sync. */
const syncFailure = 'SYNC:';

export interface StagedFilesOptions extends ProgramData {
  readonly platform: NodePlatform;
}

export class NodeStagedFiles {
  readonly #files: Files;
  readonly #options: StagedFilesOptions;
  #thread: StagingThread | null = null;
  #underWay = 0;

  constructor(files: Files, options: StagedFilesOptions) {
    this.#files = files;
    this.#options = options;
  }

  async stage(spec: FileToStage): Promise<StagedFile> {
    this.#underWay += 1;
    try {
      if (this.#thread?.isRetired === true) this.#thread = null;
      if (this.#underWay >= worthThread)
        this.#thread ??= new StagingThread({ attributeLibrary: this.#options.attributeLibrary });
      return this.#thread?.isRunning === true
        ? await this.#holdOn(this.#thread, spec)
        : await stageByCalls(this.#files, spec);
    } finally {
      this.#underWay -= 1;
    }
  }

  async #holdOn(thread: StagingThread, spec: FileToStage): Promise<StagedFile> {
    const { path } = spec;
    const { bytes: ownBytes, modifiedAtMs, name } = spec;
    const report = await thread.order({
      kind: 'stage',
      path,
      bytes: ownBytes,
      modifiedAtMs,
      attributes: this.#attributesOf(spec),
      name: name === null ? null : { to: name.path, folder: this.#folderOf(name.path), beside: name.beside },
    });
    const { errno, stats, bytes, isMarked, isNamed } = report;
    if (errno === 'ENOENT' && bytes !== null) {
      // Its folder is not there: the usual calls make it.
      return stageByCalls(this.#files, { ...spec, bytes });
    }
    if (isNamed && name !== null) await this.#conclude(report, { path, target: name.path, identity: null });
    else if (errno !== null) throw diskError(systemError(errno), { operation: 'create', path });
    if (stats === null) throw new SluiceError('internal', 'what was staged is not a plain file');
    const identity = identityOf(stats, this.#options.platform);
    return {
      identity,
      isMarked,
      isNamed,
      giveName: async (target, beside) => {
        const order = {
          kind: 'name',
          from: path,
          to: target,
          folder: this.#folderOf(target),
          beside,
          file: stats,
        } as const;
        await this.#conclude(await thread.order(order), { path, target, identity });
      },
      drop: async () => {
        await deleteOwn(this.#files, path, identity);
      },
    };
  }

  #attributesOf({ origin }: FileToStage): readonly (readonly [string, string])[] {
    const { attributeLibrary, platform } = this.#options;
    if (origin === null || attributeLibrary === null) return [];
    const mark = originMark(platform, origin, { wallMs: Date.now(), uuid: randomUUID() });
    return mark.kind === 'attributes' ? mark.attributes : [];
  }

  /** What is to be synced for a name; null where the system has no way to. */
  #folderOf(path: string): string | null {
    return this.#options.platform === 'win32' ? null : dirname(path);
  }

  async #conclude(
    { errno }: Report,
    place: { readonly path: string; readonly target: string; readonly identity: string | null },
  ): Promise<void> {
    const { path, target, identity } = place;
    if (errno === null) return;
    if (errno === otherFile) throw new SluiceError('file-changed', 'another file has the name', { facts: { path } });
    if (errno === 'EEXIST') throw new SluiceError('file-exists', 'the name is taken', { facts: { path: target } });
    if (errno.startsWith(syncFailure)) {
      const reason = errno.slice(syncFailure.length);
      if (cannotSyncFolders.has(reason)) return;
      throw diskError(systemError(reason), { operation: 'sync-folder', path: dirname(target) });
    }
    // Without hard links there are other ways, which take longer.
    await this.#files.moveNew(path, target, identity ?? undefined);
    await this.#files.syncFolder(dirname(target));
  }
}

function systemError(errno: string): Error {
  return Object.assign(new Error(errno), { code: errno });
}
