/** The files of a cache: finished content under its own hash, and what is still on its way. */
import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  createReadStream,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { copyFile, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SluiceError } from '@sluice/contract';
import { createNodeFiles, diskError, makeFolders } from '@sluice/engine';

export class ContentStore {
  readonly #content: string;
  readonly #incoming: string;

  constructor(folder: string) {
    this.#content = join(folder, 'content');
    this.#incoming = join(folder, 'incoming');
  }

  async prepare(): Promise<void> {
    for (const folder of [this.#content, this.#incoming]) {
      try {
        await makeFolders(folder, { mode: 0o700 });
      } catch (error) {
        throw diskError(error, { operation: 'make-folder', path: folder });
      }
    }
  }

  /** Where a download goes before it is content. */
  incomingPath(name: string): string {
    return join(this.#incoming, name);
  }

  pathOf(sha256: string): string {
    return join(this.#content, sha256.slice(0, 2), sha256);
  }

  /** Whether content of that size is there. It says nothing of its bytes. */
  has(sha256: string, sizeBytes: number): boolean {
    const found = statSync(this.pathOf(sha256), { throwIfNoEntry: false });
    return found?.isFile() === true && found.size === sizeBytes;
  }

  /** Gives a whole file its place, durably. To be called in the index's exclusive turn, before the entry is written. */
  adopt(incoming: string, sha256: string): void {
    const path = this.pathOf(sha256);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    renameSync(incoming, path);
    syncFolder(dirname(path));
  }

  /** To be called in the index's exclusive turn, after the last entry of the content has gone. */
  drop(sha256: string): void {
    try {
      unlinkSync(this.pathOf(sha256));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }

  /** The hashes of all content that is there. */
  contents(): readonly string[] {
    return readdirSync(this.#content, { recursive: true, encoding: 'utf8' })
      .map((name) => name.split(/[/\\]/).at(-1) ?? '')
      .filter((name) => /^[0-9a-f]{64}$/.test(name));
  }

  /** Drops what is on its way, or was, and has not been written to since `beforeMs`. @returns how many files */
  dropIncoming(beforeMs: number): number {
    const paths = readdirSync(this.#incoming).map((name) => join(this.#incoming, name));
    const old = paths.filter((path) => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? beforeMs) < beforeMs);
    for (const path of old) rmSync(path, { force: true });
    return old.length;
  }

  /** @returns null when the bytes are not those of the hash */
  async read(sha256: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const bytes = Uint8Array.from(await readFile(this.pathOf(sha256)));
    return createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : null;
  }

  /**
   * Copies content to a path of the caller's, under its name only once the copy is proved whole.
   * @returns false when the bytes are not those of the hash
   * @throws SluiceError `file-exists`, disk codes
   */
  async copyTo(sha256: string, path: string, overwrite: boolean): Promise<boolean> {
    await refuseTaken(path, overwrite);
    const copy = `${path}.${randomUUID().slice(0, 8)}.part`;
    try {
      await copyFile(this.pathOf(sha256), copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      if ((await hashFile(copy)) !== sha256) return false;
      await putInPlace(copy, path, overwrite);
      return true;
    } finally {
      await rm(copy, { force: true });
    }
  }
}

/**
 * Moves a file of ours to a path of the caller's, onto another disk if need be.
 * @throws SluiceError `file-exists`, disk codes
 */
export async function moveInto(from: string, path: string, overwrite: boolean): Promise<void> {
  await refuseTaken(path, overwrite);
  const copy = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    await copyFile(from, copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await putInPlace(copy, path, overwrite);
  } finally {
    await rm(copy, { force: true });
  }
}

const files = createNodeFiles();

async function refuseTaken(path: string, overwrite: boolean): Promise<void> {
  await files.makeFolder(dirname(path));
  if (overwrite || (await files.lookUp(path)) === null) return;
  throw new SluiceError('file-exists', 'the name is taken', { facts: { name: basename(path) } });
}

async function putInPlace(copy: string, path: string, overwrite: boolean): Promise<void> {
  const file = await files.open(copy);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await (overwrite ? files.replace(copy, path) : files.moveNew(copy, path));
  await files.syncFolder(dirname(path));
}

/** In hex, of the bytes as the disk has them. */
export async function hashFile(path: string, algorithm = 'sha256'): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}

/** Windows has no such thing, and its file system keeps names by itself. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
