/** The journal's file: lines go to its end, or all of it is replaced at once. Not for concurrent calls. */
import { dirname } from 'node:path';
import { SluiceError } from '@sluice/contract';
import type { Files, OpenFile } from '../../ports/files.ts';
import { encodeContent, type JournalContent } from './journal-content.ts';
import { encodeLine, type JournalRecord } from './journal-format.ts';
import { sideName } from '../side-names.ts';

/** Lines are gathered up to this size before they are written. */
const writeBytes = 64 * 1024;

export interface JournalFileDeps {
  readonly file: OpenFile;
  readonly seed: number;
  readonly lengthBytes: number;
  /** Something is behind `lengthBytes` that must go before anything is appended. */
  readonly tailIsDirty: boolean;
  /** The folder was synced since the file got its name. */
  readonly nameIsDurable: boolean;
}

/**
 * Invariants: what is before `lengthBytes` is whole lines and is never written again, so a failed append leaves
 * the journal as it was. After a failed sync nothing is known about what the disk holds, and asking again would
 * get a false yes: so every later call fails with the same error.
 */
export class JournalFile {
  readonly #files: Files;
  readonly #path: string;
  #deps: JournalFileDeps;
  #failure: SluiceError | null = null;
  /** Of the file that is open now. */
  #identity: { readonly file: OpenFile; readonly is: string } | null = null;

  constructor(files: Files, path: string, deps: JournalFileDeps) {
    this.#files = files;
    this.#path = path;
    this.#deps = deps;
  }

  get lengthBytes(): number {
    return this.#deps.lengthBytes;
  }

  async append(records: Iterable<JournalRecord>): Promise<void> {
    this.#throwIfFailed();
    const { file, seed, lengthBytes, tailIsDirty } = this.#deps;
    if (tailIsDirty) await file.truncate(lengthBytes);
    this.#deps = { ...this.#deps, tailIsDirty: true };
    const lines = Buffer.concat([...records].map((record) => encodeLine(record, seed)));
    await file.write(lines, lengthBytes);
    this.#deps = { ...this.#deps, lengthBytes: lengthBytes + lines.length, tailIsDirty: false };
  }

  /** Makes every line durable, and the first time the file's name too. */
  async sync(): Promise<void> {
    this.#throwIfFailed();
    await this.#orFail(this.#deps.file.sync());
    if (!this.#deps.nameIsDurable) await this.#syncName();
  }

  /**
   * Puts `content` in the place of everything, atomically and durably. When it fails before the replacement, the
   * old journal goes on; when it cannot be told which of the two a power cut would leave, every later call fails.
   */
  async rewrite(content: JournalContent): Promise<void> {
    this.#throwIfFailed();
    const nextPath = sideName(this.#path, 'new');
    // What a crash left half-written under this name is of no use.
    await this.#files.delete(nextPath);
    const next = await createJournalFile(this.#files, nextPath, content);
    await this.#orDrop(next, next.file.sync());
    // Windows replaces no file that is open. What a failed close loses, the new file has.
    await this.#deps.file.close().catch(() => {});
    try {
      await this.#orDrop(next, this.#files.replace(nextPath, this.#path));
    } catch (error) {
      const file = await this.#orFail(this.#files.open(this.#path));
      this.#deps = { ...this.#deps, file };
      throw error;
    }
    this.#deps = next;
    await this.#syncName();
  }

  /** Whether the journal's name still is this file's; false when nothing has it. @throws `file-changed` */
  async isNamed(): Promise<boolean> {
    const { file } = this.#deps;
    const named = await this.#files.lookUp(this.#path);
    if (named === null) return false;
    this.#identity = this.#identity?.file === file ? this.#identity : { file, is: (await file.facts()).identity };
    if (named.identity === this.#identity.is) return true;
    throw new SluiceError('file-changed', 'another journal has the name', { facts: { path: this.#path } });
  }

  close(): Promise<void> {
    return this.#deps.file.close();
  }

  async #syncName(): Promise<void> {
    await this.#orFail(this.#files.syncFolder(dirname(this.#path)));
    this.#deps = { ...this.#deps, nameIsDurable: true };
  }

  /** When the step fails, the half-made successor goes. */
  async #orDrop(next: JournalFileDeps, step: Promise<void>): Promise<void> {
    try {
      await step;
    } catch (error) {
      await next.file.close();
      await this.#files.delete(next.file.path);
      throw error;
    }
  }

  #throwIfFailed(): void {
    if (this.#failure !== null) throw this.#failure;
  }

  async #orFail<T>(step: Promise<T>): Promise<T> {
    try {
      return await step;
    } catch (error) {
      this.#failure =
        error instanceof SluiceError ? error : new SluiceError('internal', 'the journal failed', { cause: error });
      throw this.#failure;
    }
  }
}

/** Makes a journal file that holds `content`; nothing of it is durable yet. @throws `file-exists`, other disk codes */
export async function createJournalFile(files: Files, path: string, content: JournalContent): Promise<JournalFileDeps> {
  const file = await files.create(path, { private: true });
  try {
    const { seed, lines } = encodeContent(content);
    let lengthBytes = 0;
    let gathered: Buffer[] = [];
    let gatheredBytes = 0;
    const flush = async () => {
      await file.write(Buffer.concat(gathered), lengthBytes);
      lengthBytes += gatheredBytes;
      gathered = [];
      gatheredBytes = 0;
    };
    for (const line of lines) {
      gathered.push(line);
      gatheredBytes += line.length;
      if (gatheredBytes >= writeBytes) await flush();
    }
    await flush();
    return { file, seed, lengthBytes, tailIsDirty: false, nameIsDurable: false };
  } catch (error) {
    await file.close();
    await files.delete(path);
    throw error;
  }
}
