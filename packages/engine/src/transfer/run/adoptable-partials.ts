/** Partials that no download of the list writes to: a new download of the same link resumes one. */
import { SluiceError } from '../../errors.ts';
import { journalName } from '../../plan/names/file-names.ts';
import { withoutUserInfo } from '../../plan/request/user-info.ts';
import type { Files } from '../../ports/files.ts';
import { clearLeftovers } from '../../store/clear-leftovers.ts';
import { journalsIn } from '../../store/journal/find-journal.ts';
import { finalNameOf } from '../../store/journal/find-second.ts';
import { inspectJournal, type JournalHead } from '../../store/journal/journal.ts';

export class AdoptablePartials {
  readonly #files: Files;
  /** By folder; each is read once, so that ten thousand links into one folder do not list it ten thousand times. */
  readonly #byFolder = new Map<string, Promise<ReadonlyMap<string, readonly string[]>>>();

  constructor(files: Files) {
    this.#files = files;
  }

  /** The file name under which a partial of the first of these links that left one lies in the folder, unless another process is at it; or null. */
  async find(folder: string, links: readonly string[], except: readonly string[] = []): Promise<string | null> {
    const known = await this.visit(folder);
    const names = links.flatMap((link) => known.get(withoutUserInfo(link)) ?? []);
    const fileName = names.find((name) => !except.includes(name)) ?? null;
    return fileName === null || (await this.#isInUse(folder, fileName)) ? null : fileName;
  }

  /** Reads the folder, the first time, and clears away what processes that are gone left half made in it. */
  visit(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
    let names = this.#byFolder.get(folder);
    if (names === undefined) {
      names = readNames(this.#files, folder);
      this.#byFolder.set(folder, names);
    }
    return names;
  }

  /** The folder has changed: the next call reads it again. */
  forget(folder: string): void {
    this.#byFolder.delete(folder);
  }

  async #isInUse(folder: string, fileName: string): Promise<boolean> {
    try {
      return (await inspectJournal(this.#files, this.#files.join(folder, journalName(fileName)))).isInUse;
    } catch (error) {
      // Gone, or without a journal: the run that opens it will see.
      if (error instanceof SluiceError) return false;
      throw error;
    }
  }
}

/** Those of each link, the newest first. */
async function readNames(files: Files, folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  await clearLeftovers(files, folder);
  const byUrl = new Map<string, JournalHead[]>();
  for await (const { head } of journalsIn(files, folder)) {
    byUrl.set(head.url, [...(byUrl.get(head.url) ?? []), head]);
  }
  return new Map([...byUrl].map(([url, heads]) => [url, namesNewestFirst(heads)]));
}

/** A second partial is found by way of the file that it is for. */
function namesNewestFirst(heads: readonly JournalHead[]): readonly string[] {
  const newestFirst = heads.toSorted((left, right) => right.createdAtMs - left.createdAtMs);
  return [...new Set(newestFirst.map(finalNameOf))];
}
