/** Learns of a file on an SSH server by two small transfers ahead of its own, over the same connection. */
import { failedWith, type HeadOutcome, headOfFile, type HeadSource, type Range } from './head.ts';
import type { TraceLine } from '../trace.ts';

/** Asked for as a start, it lies behind the end of every file: curl then says where that is. */
export const beyondEveryEnd = String(Number.MAX_SAFE_INTEGER);
const beyondEnd = 36;

export interface SftpHeadOptions {
  readonly range: Range | null;
  /** Reads the time of the file that the first transfer made, in epoch seconds; null when there is none. */
  readonly readModifiedSeconds: () => Promise<number | null>;
}

/**
 * The first transfer brings one byte and the file's time (`--remote-time`), the second fails and tells the size; the
 * third is the file.
 */
export class SftpHead implements HeadSource {
  readonly #options: SftpHeadOptions;
  #results = 0;

  constructor(options: SftpHeadOptions) {
    this.#options = options;
  }

  take(line: TraceLine): HeadOutcome | null | Promise<HeadOutcome> {
    if (line.kind !== 'result') return null;
    this.#results += 1;
    // An empty file has no first byte.
    if (this.#results === 1) return line.exitCode === 0 || line.exitCode === beyondEnd ? null : failedWith(line);
    // No size, and so no error: an empty file, or one that is made as it is read.
    if (line.exitCode !== 0 && line.exitCode !== beyondEnd) return failedWith(line);
    const size = Number(/beyond file size \((\d{1,16})\)/.exec(line.message)?.[1] ?? Number.NaN);
    return this.#head(Number.isSafeInteger(size) ? size : null);
  }

  async #head(sizeBytes: number | null): Promise<HeadOutcome> {
    const { range, readModifiedSeconds } = this.#options;
    return headOfFile({ range, sizeBytes, modifiedSeconds: await readModifiedSeconds() });
  }
}

/** scp can neither begin in the middle nor say more of a file than its bytes; curl knows when they are all there. */
export class ScpHead implements HeadSource {
  take(line: TraceLine): HeadOutcome | null {
    if (line.kind !== 'result') return null;
    return line.exitCode === 0 ? this.began() : failedWith(line);
  }

  began(): HeadOutcome {
    return headOfFile({ range: null, sizeBytes: null, modifiedSeconds: null });
  }
}
