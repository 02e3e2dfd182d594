/** Partials that nobody on the list writes to: a link that left one there takes it up again. */
import { SluiceError } from '../errors.ts';
import { journalName } from '../plan/names/file-names.ts';
import { withoutUserInfo } from '../plan/user-info.ts';
import type { Files } from '../ports/files.ts';
import { clearLeftovers } from '../store/clear-leftovers.ts';
import { journalsIn } from '../store/find-journal.ts';
import { inspectJournal } from '../store/journal.ts';

export class AdoptablePartials {
  readonly #files: Files;
  /** By folder; each is read once, so that ten thousand links into one folder do not list it ten thousand times. */
  readonly #byFolder = new Map<string, Promise<ReadonlyMap<string, string>>>();

  constructor(files: Files) {
    this.#files = files;
  }

  /** The file name under which a partial of the first of these links that left one lies in the folder, unless another process is at it; or null. */
  async find(folder: string, links: readonly string[]): Promise<string | null> {
    const known = await this.visit(folder);
    const fileName = links.map((link) => known.get(withoutUserInfo(link))).find((name) => name !== undefined) ?? null;
    return fileName === null || (await this.#isInUse(folder, fileName)) ? null : fileName;
  }

  /** Reads the folder, the first time, and clears away what processes that are gone left half made in it. */
  visit(folder: string): Promise<ReadonlyMap<string, string>> {
    let names = this.#byFolder.get(folder);
    if (names === undefined) {
      names = readNames(this.#files, folder);
      this.#byFolder.set(folder, names);
    }
    return names;
  }

  /** Something was left there since: whoever asks next has the folder read again. */
  forget(folder: string): void {
    this.#byFolder.delete(folder);
  }

  async #isInUse(folder: string, fileName: string): Promise<boolean> {
    try {
      return (await inspectJournal(this.#files, this.#files.join(folder, journalName(fileName)))).isInUse;
    } catch (error) {
      // Gone, or no journal any more: whoever takes it up will see.
      if (error instanceof SluiceError) return false;
      throw error;
    }
  }
}

/** The newest of each link. */
async function readNames(files: Files, folder: string): Promise<ReadonlyMap<string, string>> {
  await clearLeftovers(files, folder);
  const newest = new Map<string, { readonly fileName: string; readonly createdAtMs: number }>();
  for await (const { head } of journalsIn(files, folder)) {
    const other = newest.get(head.url);
    if (other === undefined || other.createdAtMs < head.createdAtMs) newest.set(head.url, head);
  }
  return new Map([...newest].map(([url, { fileName }]) => [url, fileName]));
}
