/** Signs that another program has written to a partial while this one does: what can be told without reading it. */
import type { Seen } from './journal/journal-content.ts';

/** Bytes on disk by our own count, when every one of them had been written before the look. */
export interface Written {
  readonly coveredBytes: number;
  /** Behind the last of them. */
  readonly end: number;
}

/** Small files may lie in the disk's own records, and take no block. */
const blocksCountFrom = 8192;

/**
 * The file never becomes shorter by itself, takes room for each byte written, and stays as it is while nothing is
 * written. What is overwritten while other bytes are written leaves no sign.
 */
export class ForeignSigns {
  #sizeBytes: number;
  /** Disks that compress, or count late, take less room than was written. */
  #blocksCount = true;

  constructor(sizeBytes: number) {
    this.#sizeBytes = sizeBytes;
  }

  /**
   * @param atRest how the file looked when the last byte had been written; null while more come
   * @returns whether another program has written to it
   */
  check(now: Seen, written: Written, atRest: Seen | null): boolean {
    const isShorter = now.sizeBytes < Math.max(this.#sizeBytes, written.end);
    this.#sizeBytes = Math.max(now.sizeBytes, written.end);
    return isShorter || this.#hasHoles(now, written) || (atRest !== null && isChanged(atRest, now));
  }

  /** All that was written is there. If room was missing all the same, this disk's room says nothing. */
  cleared(now: Seen, written: Written): void {
    this.#sizeBytes = now.sizeBytes;
    if (this.#hasHoles(now, written)) this.#blocksCount = false;
  }

  #hasHoles({ allocatedBytes }: Seen, { coveredBytes }: Written): boolean {
    if (!this.#blocksCount || allocatedBytes === null || coveredBytes < blocksCountFrom) return false;
    return allocatedBytes < coveredBytes;
  }
}

function isChanged(before: Seen, now: Seen): boolean {
  return before.modifiedAtMs !== now.modifiedAtMs || before.sizeBytes !== now.sizeBytes;
}
