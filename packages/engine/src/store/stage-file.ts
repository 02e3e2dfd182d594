/** Puts a whole file on a disk, call by call: what {@link Files.stage} does where a disk has no better way. */
import { dirname } from 'node:path';
import { SluiceError } from '@sluice/contract';
import { deleteOwn } from './delete-own.ts';
import type { Files, FileToStage, StagedFile, OpenFile } from '../ports/files.ts';

/** @throws disk codes; nothing is left then */
export async function stageByCalls(files: Files, spec: FileToStage): Promise<StagedFile> {
  const { path, bytes, modifiedAtMs } = spec;
  const file = await createIn(files, dirname(path), path);
  try {
    await file.write(bytes, 0);
    if (modifiedAtMs !== null) await file.setModifiedTime(modifiedAtMs);
    await file.sync();
    const { identity } = await file.facts();
    await file.close();
    return staged(files, path, identity);
  } catch (error) {
    await dropQuietly(files, file);
    throw error;
  }
}

/** Most folders are there: this one is made only after it was found missing. */
async function createIn(files: Files, folder: string, path: string): Promise<OpenFile> {
  try {
    return await files.create(path);
  } catch (error) {
    if (!(error instanceof SluiceError) || error.code !== 'folder-missing') throw error;
    await files.makeFolder(folder);
    return files.create(path);
  }
}

function staged(files: Files, path: string, identity: string): StagedFile {
  return {
    identity,
    isMarked: false,
    isNamed: false,
    async giveName(target, beside) {
      if ((await files.lookUp(beside)) !== null) {
        throw new SluiceError('file-exists', 'the name is in use', { facts: { path: beside } });
      }
      await files.moveNew(path, target, identity);
      await files.syncFolder(dirname(target));
    },
    async drop() {
      await deleteOwn(files, path, identity);
    },
  };
}

/** The first failure is the one to tell of. */
async function dropQuietly(files: Files, file: OpenFile): Promise<void> {
  await file.close().catch(() => {});
  await files.delete(file.path).catch(() => {});
}
