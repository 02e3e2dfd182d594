/** An append-only text file that never outgrows its bound: full ones are renamed `.1`, `.2`… and the oldest goes. */
import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

export interface BoundedFileOptions {
  /** Size beyond which the next line starts a new file. */
  readonly maxBytes: number;
  /** Full files to keep besides the current one. */
  readonly keep: number;
}

export class BoundedFile {
  readonly #path: string;
  readonly #options: BoundedFileOptions;
  #descriptor: number | null = null;
  #sizeBytes = 0;

  constructor(path: string, options: BoundedFileOptions) {
    this.#path = path;
    this.#options = options;
  }

  /** Writes one line at once, so that it survives whatever kills the process next. A log never breaks its host: failures are dropped. */
  write(line: string): void {
    const bytes = Buffer.from(line);
    try {
      if (this.#descriptor !== null && this.#sizeBytes + bytes.length > this.#options.maxBytes) this.#rotate();
      this.#descriptor ??= this.#open();
      writeSync(this.#descriptor, bytes);
      this.#sizeBytes += bytes.length;
    } catch {
      this.close();
    }
  }

  close(): void {
    const descriptor = this.#descriptor;
    this.#descriptor = null;
    if (descriptor !== null) closeSync(descriptor);
  }

  #open(): number {
    const descriptor = openSync(this.#path, 'a', 0o600);
    this.#sizeBytes = fstatSync(descriptor).size;
    return descriptor;
  }

  #rotate(): void {
    this.close();
    for (let age = this.#options.keep; age >= 1; age -= 1) {
      const from = age === 1 ? this.#path : `${this.#path}.${age - 1}`;
      try {
        renameSync(from, `${this.#path}.${age}`);
      } catch {
        // Not that many yet.
      }
    }
  }
}
