/**
 * Marks that a partial and its journal are being made. The marker is there before both and goes once the journal is
 * durable, so a crash in between leaves a marker whose process is gone: nothing beside it was ever vouched for.
 */
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { SluiceError } from '@sluice/contract';
import { journalName, journalSuffix, partialName, partialSuffix } from '../plan/names/file-names.ts';
import type { Files } from '../ports/files.ts';
import { deleteOwn } from './delete-own.ts';
import { parseClaim, printClaim } from './journal/claim-text.ts';
import { inspectJournal } from './journal/journal.ts';
import { noLock, otherOwner, ownerOfThisProcess } from './journal/ownership.ts';
import { stagedName } from './staged-files.ts';
import { signOfBytes } from './staged-sign.ts';
import { sideName, sidePrefix } from './side-names.ts';

const longestMarkerBytes = 4096;

export interface Beginning {
  /** Deletes the marker. Ending again is fine. */
  end(): Promise<void>;
}

/** What the markers of this process say: its own name does not tell which of its engines still works. */
const underWay = new Set<string>();

/**
 * Clears away what a dead process left under the name on the way.
 * @returns null when another engine is making a partial of that name right now
 */
export async function placeBeginning(files: Files, folder: string, fileName: string): Promise<Beginning | null> {
  const owner = await ownerOfThisProcess(files);
  // Without a name it could not be told whether this process lives.
  if (owner === null) return { end: async () => {} };
  const path = markerPath(files, folder, fileName);
  const token = randomUUID();
  const content = `${printClaim(owner)}\n${token}`;
  underWay.add(token);
  const isPlaced = await placeMarker(files, path, { owner: owner.name, content })
    .then(async (isFree) => {
      if (isFree) return true;
      if (await isInUse(files, path)) return false;
      await undo(files, path, { folder, fileName });
      return placeMarker(files, path, { owner: owner.name, content });
    })
    .catch((error: unknown) => {
      underWay.delete(token);
      throw error;
    });
  if (isPlaced) return { end: () => endBeginning(files, path, token) };
  underWay.delete(token);
  return null;
}

/** Undoes in a folder what processes that are gone had begun and never vouched for. @param names of everything in it */
export async function clearBeginnings(files: Files, folder: string, names: readonly string[]): Promise<void> {
  const markers = names.filter((name) => name.startsWith(sidePrefix('begin')));
  if (markers.length === 0) return;
  const fileNames = new Map<string, string>();
  for (const name of names) {
    const suffix = [journalSuffix, partialSuffix].find((one) => name.endsWith(one) && name.length > one.length);
    if (suffix === undefined) continue;
    const fileName = name.slice(0, -suffix.length);
    fileNames.set(markerPath(files, folder, fileName), fileName);
  }
  for (const marker of markers) {
    const path = files.join(folder, marker);
    if (await isInUse(files, path)) continue;
    await undo(files, path, { folder, fileName: fileNames.get(path) ?? null });
  }
}

async function endBeginning(files: Files, path: string, token: string): Promise<void> {
  if (!underWay.delete(token)) return;
  // One that stays says nothing wrong: the next start finds a journal that can be read.
  await files.delete(path).catch(() => {});
}

function markerPath(files: Files, folder: string, fileName: string): string {
  return sideName(files.join(folder, journalName(fileName)), 'begin');
}

/** The marker gets its name with the owner in it, so that no kill leaves one without. @returns whether the name was free */
async function placeMarker(
  files: Files,
  path: string,
  { owner, content }: { readonly owner: string; readonly content: string },
): Promise<boolean> {
  const bytes = Buffer.from(content);
  const draft = join(dirname(path), stagedName(owner, await files.process(), { sign: signOfBytes(bytes) }));
  const file = await files.create(draft, { private: true });
  try {
    try {
      await file.write(bytes, 0);
    } finally {
      await file.close();
    }
    await files.moveNew(draft, path);
    return true;
  } catch (error) {
    await files.delete(draft).catch(() => {});
    if (error instanceof SluiceError && error.code === 'file-exists') return false;
    throw error;
  }
}

/**
 * By an engine that works, or may: of a process on another machine nobody can tell. A marker that names nobody was
 * emptied by a power cut, which no process outlives.
 */
async function isInUse(files: Files, path: string): Promise<boolean> {
  try {
    const content = Buffer.from(await files.readWhole(path, longestMarkerBytes)).toString();
    const [claim = '', token = ''] = content.split('\n');
    const owner = parseClaim(claim);
    if (owner?.name === (await files.owner())) return underWay.has(token);
    return (await otherOwner(files, { path, owner, lock: noLock })) !== null;
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'file-missing') return false;
    // It is not a marker of ours, so its name is taken.
    if (error instanceof SluiceError) return true;
    throw error;
  }
}

/** A journal that can be read got as far as to vouch for its partial: then only the marker goes. */
async function undo(
  files: Files,
  markerAt: string,
  place: { readonly folder: string; readonly fileName: string | null },
): Promise<void> {
  const { folder, fileName } = place;
  if (fileName !== null && !(await hasJournal(files, files.join(folder, journalName(fileName))))) {
    for (const name of [partialName(fileName), journalName(fileName)]) {
      const path = files.join(folder, name);
      const there = await files.lookUp(path);
      if (there?.kind === 'file' && (await files.isOwnFile(folder, there)))
        await deleteOwn(files, path, there.identity);
    }
  }
  await files.delete(markerAt);
}

async function hasJournal(files: Files, path: string): Promise<boolean> {
  try {
    await inspectJournal(files, path);
    return true;
  } catch (error) {
    if (error instanceof SluiceError) return error.code !== 'file-missing' && error.code !== 'journal-unreadable';
    throw error;
  }
}
