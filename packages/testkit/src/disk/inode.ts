/** One file of the memory disk: what programs see, what a power cut would leave, and what lies between the two. */
import type { Choose } from './chance.ts';
import { SparseBytes } from './sparse-bytes.ts';

type Change =
  | { readonly kind: 'write'; readonly position: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly sizeBytes: number };

/** What a disk writes as one; a torn write keeps or loses whole ones. */
const sectorBytes = 512;

/** To whom everything belongs that is made on the disk in memory. */
export const ownerOfTheProgram = 1000;

export class Inode {
  readonly number: number;
  readonly isFolder: boolean;
  readonly isPrivate: boolean;
  modifiedAtMs: number;
  ownerId = ownerOfTheProgram;
  linkCount = 0;
  #seen = new SparseBytes();
  readonly #durable = new SparseBytes();
  #unsynced: Change[] = [];

  constructor(
    number: number,
    options: { readonly isFolder: boolean; readonly isPrivate?: boolean; readonly nowMs: number },
  ) {
    this.number = number;
    this.isFolder = options.isFolder;
    this.isPrivate = options.isPrivate ?? false;
    this.modifiedAtMs = options.nowMs;
  }

  get bytes(): SparseBytes {
    return this.#seen;
  }

  write(bytes: Uint8Array, position: number): void {
    // A Buffer's own slice would share its memory.
    this.#change({ kind: 'write', bytes: Uint8Array.from(bytes), position });
  }

  truncate(sizeBytes: number): void {
    this.#change({ kind: 'truncate', sizeBytes });
  }

  sync(): void {
    for (const change of this.#unsynced) apply(this.#durable, change);
    this.#unsynced = [];
  }

  /**
   * A sync that failed: what it should have written is lost, yet reads go on showing it and a later sync has
   * nothing left to do and succeeds. Linux behaves like this.
   */
  loseUnsynced(): void {
    this.#unsynced = [];
  }

  /** What was synced stays; of the rest any part may, in any combination, and a write may be torn. */
  crash(choose: Choose): void {
    for (const change of this.#unsynced) {
      const fate = choose(3);
      if (fate === 2) apply(this.#durable, change);
      else if (fate === 1) applyTorn(this.#durable, change, choose);
    }
    this.#unsynced = [];
    this.#seen = this.#durable.clone();
  }

  #change(change: Change): void {
    apply(this.#seen, change);
    this.#unsynced.push(change);
  }
}

function apply(bytes: SparseBytes, change: Change): void {
  if (change.kind === 'write') bytes.write(change.bytes, change.position);
  else bytes.truncate(change.sizeBytes);
}

function applyTorn(bytes: SparseBytes, change: Change, choose: Choose): void {
  // The new size is there and the data is not: the zero-filled file of many a power cut.
  if (change.kind === 'write') {
    const end = change.position + change.bytes.length;
    if (end > bytes.sizeBytes && choose(2) === 1) bytes.truncate(end);
    for (let from = 0; from < change.bytes.length;) {
      const sectorEnd = (Math.floor((change.position + from) / sectorBytes) + 1) * sectorBytes - change.position;
      const to = Math.min(sectorEnd, change.bytes.length);
      if (choose(2) === 1) bytes.write(change.bytes.subarray(from, to), change.position + from);
      from = to;
    }
  }
}
