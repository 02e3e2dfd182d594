/** Chooses where sources and outputs lie, and makes the sources. */
import { statfsSync } from 'node:fs';
import { access, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSourceFile } from './servers/source-file.ts';

export interface WorkFolder {
  readonly path: string;
  readonly sourceFolder: string;
  source(sizeBytes: number): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

const memoryFolder = '/dev/shm';

/** In memory where a source and an output fit with room to spare: a disk would be measured otherwise. */
export async function makeWorkFolder(options: {
  readonly base: string | null;
  readonly sizeBytes: number;
}): Promise<WorkFolder> {
  const base = options.base ?? (fitsInMemory(2.5 * options.sizeBytes) ? memoryFolder : tmpdir());
  await mkdir(base, { recursive: true });
  const path = await mkdtemp(join(base, 'sluice-bench-'));
  const sourceFolder = join(path, 'sources');
  await mkdir(sourceFolder);
  return {
    path,
    sourceFolder,
    async source(sizeBytes) {
      const sourcePath = join(sourceFolder, `${sizeBytes}.bin`);
      const isThere = await access(sourcePath).then(
        () => true,
        () => false,
      );
      if (!isThere) await writeSourceFile(sourcePath, sizeBytes, `source of ${sizeBytes}`);
      return sourcePath;
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

function fitsInMemory(sizeBytes: number): boolean {
  try {
    const { bavail, bsize } = statfsSync(memoryFolder);
    return Math.min(bavail * bsize, freemem()) > sizeBytes;
  } catch {
    return false;
  }
}
