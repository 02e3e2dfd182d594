/** Gives a partial that was proved anew a journal, and the name under which its download finds it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { SluiceError } from '../../errors.ts';
import { blockBytes, type Extent } from '../../plan/ranges/extent.ts';
import { candidateNames, journalName, partialName } from '../../plan/names/file-names.ts';
import { secondNames } from '../../plan/names/second-names.ts';
import type { ByteRange } from '../../plan/ranges/range.ts';
import type { Resource } from '../../plan/response/resource.ts';
import { withoutUserInfo } from '../../plan/request/user-info.ts';
import type { Files, OpenFile } from '../../ports/files.ts';
import { placeBeginning } from '../../store/beginnings.ts';
import { deleteOwn } from '../../store/delete-own.ts';
import { headOf } from '../../store/journal/find-journal.ts';
import { createJournal } from '../../store/journal/journal.ts';
import { busy } from '../../store/journal/ownership.ts';
import type { Tie } from './create-working-file.ts';

export interface KeptPartial {
  readonly folder: string;
  /** The name that the file gets in the end. */
  readonly fileName: string;
  readonly url: string;
  readonly createdAtMs: number;
  readonly file: OpenFile;
  readonly resource: Resource;
  readonly proved: readonly ByteRange[];
}

/** What partial and journal are named after, and the name of their file. */
interface Place {
  readonly storedAs: string;
  readonly fileName: string;
  readonly tie: Tie | null;
}

/**
 * The order makes every crash harmless: the journal is durable before the partial has the name that goes with it, and a
 * journal without a partial promises nothing.
 * @returns the name that the file gets in the end
 * @throws SluiceError `file-busy` when another process is at that name; `file-exists`, other disk codes. Then the
 *   partial is where it was
 */
export async function placeKept(files: Files, kept: KeptPartial, signal: AbortSignal): Promise<string> {
  const { folder, file } = kept;
  const extents = await extentsOf(file, kept.proved, signal);
  const place = await choosePlace(files, kept);
  const beginning = await placeBeginning(files, folder, place.storedAs);
  if (beginning === null) throw busy(file.path, 'alive');
  try {
    await vouch(files, { ...kept, ...place, extents });
    return place.fileName;
  } finally {
    await beginning.end();
  }
}

async function extentsOf(file: OpenFile, ranges: readonly ByteRange[], signal: AbortSignal): Promise<Extent[]> {
  const extents: Extent[] = [];
  const buffer = Buffer.allocUnsafe(blockBytes);
  for (const range of ranges) {
    for (let start = range.start; start < range.end;) {
      signal.throwIfAborted();
      const end = Math.min(range.end, (Math.floor(start / blockBytes) + 1) * blockBytes);
      const bytes = buffer.subarray(0, end - start);
      if ((await file.read(bytes, start)) < bytes.length) throw new SluiceError('file-changed', 'it became shorter');
      extents.push({ start, end, crc32: crc32(bytes) });
      start = end;
      await nextTurn();
    }
  }
  return extents;
}

/** Beside a partial of the same link it becomes the second one, so that nothing is lost should it not hold. */
async function choosePlace(files: Files, { folder, fileName, url, file }: KeptPartial): Promise<Place> {
  if (file.path === files.join(folder, partialName(fileName))) {
    await dropVoidJournal(files, folder, fileName);
    return { storedAs: fileName, fileName, tie: null };
  }
  const head = await headOf(files, folder, files.join(folder, journalName(fileName)));
  if (head !== null && head.fileName === fileName && head.url === withoutUserInfo(url)) {
    const storedAs = await firstFree(files, folder, { names: secondNames(fileName), isFinal: false });
    const revision = (head.revision ?? 0) + 1;
    return { storedAs, fileName, tie: { replaces: fileName, revision } };
  }
  const free = await firstFree(files, folder, { names: candidateNames(fileName), isFinal: true });
  return { storedAs: free, fileName: free, tie: null };
}

async function firstFree(
  files: Files,
  folder: string,
  { names, isFinal }: { readonly names: Iterable<string>; readonly isFinal: boolean },
): Promise<string> {
  for (const name of names) {
    const all = [partialName(name), journalName(name), ...(isFinal ? [name] : [])];
    const found = await Promise.all(all.map((one) => files.lookUp(files.join(folder, one))));
    if (found.every((one) => one === null)) return name;
  }
  throw new SluiceError('file-exists', 'no free name for the partial', { facts: { folder } });
}

/** One that can be read would have vouched for the partial. */
async function dropVoidJournal(files: Files, folder: string, fileName: string): Promise<void> {
  const path = files.join(folder, journalName(fileName));
  const there = await files.lookUp(path);
  if (there === null) return;
  const isOurs = there.kind === 'file' && (await files.isOwnFile(folder, there));
  if (!isOurs || !(await deleteOwn(files, path, there.identity))) {
    throw new SluiceError('file-unsafe', 'what has the name of the journal is no file of this user', {
      facts: { path },
    });
  }
}

async function vouch(files: Files, kept: KeptPartial & Place & { readonly extents: readonly Extent[] }): Promise<void> {
  const { folder, storedAs, url, createdAtMs, file, resource, tie, extents } = kept;
  const { identity, sizeBytes } = await file.facts();
  if (resource.totalBytes !== null && resource.totalBytes > sizeBytes) await file.truncate(resource.totalBytes);
  const head = { url, fileName: storedAs, createdAtMs, partialIdentity: identity, resource, ...tie };
  const journal = await createJournal(files, files.join(folder, journalName(storedAs)), head);
  try {
    await journal.recordExtents(extents);
    const mark = journal.mark();
    await file.sync();
    const facts = await file.facts();
    await journal.recordSynced(mark, facts);
    const path = files.join(folder, partialName(storedAs));
    if (path !== file.path) await files.moveNew(file.path, path, identity);
    await files.syncFolder(folder);
    await journal.close(facts);
  } catch (error) {
    await journal.delete();
    throw error;
  }
}
