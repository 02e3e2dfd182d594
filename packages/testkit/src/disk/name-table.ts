/** The names on the memory disk: what programs see, and in which order changes would reach the disk. */
import { dirname } from 'node:path/posix';
import type { Choose } from './chance.ts';
import type { Inode } from './inode.ts';

/** Null takes the name away. Changes of one step happen together or not at all. */
type Step = readonly (readonly [path: string, inode: Inode | null])[];

export class NameTable {
  #seen = new Map<string, Inode>();
  readonly #durable = new Map<string, Inode>();
  #unsynced: Step[] = [];

  get(path: string): Inode | undefined {
    return this.#seen.get(path);
  }

  entries(): IterableIterator<[string, Inode]> {
    return this.#seen.entries();
  }

  change(step: Step): void {
    for (const [path, inode] of step) {
      const before = this.#seen.get(path);
      if (before !== undefined) before.linkCount -= 1;
      if (inode !== null) inode.linkCount += 1;
      apply(this.#seen, [[path, inode]]);
    }
    this.#unsynced.push(step);
  }

  /** Everything that happened to names in this folder is durable. */
  syncFolder(folder: string): void {
    const touches = (step: Step) => step.some(([path]) => dirname(path) === folder);
    for (const step of this.#unsynced) if (touches(step)) apply(this.#durable, step);
    this.#unsynced = this.#unsynced.filter((step) => !touches(step));
  }

  /** Of the changes not synced, an earlier part survives: file systems keep their order, not their end. */
  crash(choose: Choose): void {
    const survivors = this.#unsynced.slice(0, choose(this.#unsynced.length + 1));
    for (const step of survivors) apply(this.#durable, step);
    this.#unsynced = [];
    for (const inode of this.#seen.values()) inode.linkCount = 0;
    this.#seen = new Map(this.#durable);
    for (const inode of this.#seen.values()) inode.linkCount += 1;
  }
}

function apply(names: Map<string, Inode>, step: Step): void {
  for (const [path, inode] of step) {
    if (inode === null) names.delete(path);
    else names.set(path, inode);
  }
}
