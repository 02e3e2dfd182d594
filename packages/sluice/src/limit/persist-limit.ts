/** Keeps what a program has downloaded below a size, by deleting the files that were used longest ago. */
import { glob, lstat, unlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SluiceError } from '@sluice/contract';
import { readOptions } from '../core/options/option-error.ts';

export interface PersistLimitOptions {
  /** Total size in bytes of the registered files; 0 means no limit. */
  readonly sizeBytes: number;
  /** The number of files that stay whatever their size. Default 5. */
  readonly minFiles?: number;
}

interface Registered {
  readonly path: string;
  /** Device and file number: what has another one is not the file that was registered. */
  readonly identity: string;
}

interface Candidate extends Registered {
  readonly sizeBytes: number;
  readonly accessedAtNs: bigint;
}

/**
 * Only registered files count, and only they are ever deleted. What goes first is the file whose last access is the
 * oldest; file systems mounted with `relatime` keep that to a day's accuracy.
 */
export class PersistLimit {
  readonly sizeBytes: number;
  readonly minFiles: number;
  readonly #files = new Map<string, Registered>();

  /** @throws SluiceError `request-invalid` (facts: `name`) for a number that is no count */
  constructor(options: PersistLimitOptions) {
    const { sizeBytes, minFiles = 5 } = readOptions(options, 'options', ['sizeBytes', 'minFiles']);
    this.sizeBytes = count('sizeBytes', sizeBytes ?? Number.NaN);
    this.minFiles = count('minFiles', minFiles);
  }

  /** The paths that are registered, in no promised order. */
  get files(): readonly string[] {
    return [...this.#files.keys()];
  }

  /** Registers a file, or registers it anew after it was replaced. Nothing happens when there is no such file. */
  async registerFile(path: string): Promise<void> {
    const absolute = resolve(path);
    const facts = await factsOf(absolute);
    if (facts === null) this.#files.delete(absolute);
    else this.#files.set(absolute, { path: absolute, identity: facts.identity });
  }

  /** Registers the files in `folder` that match a glob, which is relative to it. Links and folders are left alone. */
  async registerFolder(folder: string, pattern = '*'): Promise<void> {
    const root = resolve(folder);
    for await (const name of glob(pattern, { cwd: root })) await this.registerFile(resolve(root, name));
  }

  /**
   * Deletes the files of the oldest access until the limit holds or `minFiles` are left.
   * @returns the paths that were deleted
   */
  async removeOld(): Promise<readonly string[]> {
    if (this.sizeBytes === 0) return [];
    const candidates = await this.#candidates();
    let totalBytes = candidates.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    let left = candidates.length;
    const removed: string[] = [];
    for (const candidate of candidates) {
      if (totalBytes <= this.sizeBytes || left <= this.minFiles) break;
      if (await remove(candidate)) removed.push(candidate.path);
      this.#files.delete(candidate.path);
      totalBytes -= candidate.sizeBytes;
      left -= 1;
    }
    return removed;
  }

  /** What is still there, oldest access first. What is gone, or is another file by now, is forgotten. */
  async #candidates(): Promise<readonly Candidate[]> {
    const found: Candidate[] = [];
    for (const registered of this.#files.values()) {
      const facts = await factsOf(registered.path);
      if (facts === null || facts.identity !== registered.identity) this.#files.delete(registered.path);
      else found.push({ ...registered, ...facts });
    }
    return found.toSorted((one, other) => Number(one.accessedAtNs - other.accessedAtNs));
  }
}

interface Facts {
  readonly identity: string;
  readonly sizeBytes: number;
  readonly accessedAtNs: bigint;
}

/** Null unless a regular file has that very name. */
async function factsOf(path: string): Promise<Facts | null> {
  const stat = await lstat(path, { bigint: true }).catch(() => null);
  if (stat === null || !stat.isFile()) return null;
  return { identity: `${stat.dev}:${stat.ino}`, sizeBytes: Number(stat.size), accessedAtNs: stat.atimeNs };
}

/** @returns false when another process was faster; a file that may not be deleted stays and is no longer counted */
async function remove({ path, identity }: Candidate): Promise<boolean> {
  const facts = await factsOf(path);
  if (facts === null || facts.identity !== identity) return false;
  return unlink(path).then(
    () => true,
    () => false,
  );
}

function count(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new SluiceError('request-invalid', `${name} wants a whole number from 0 up`, { facts: { name } });
}
