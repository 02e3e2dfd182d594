/** Adopts partials that no download of the list owns: those of another program, another machine or a lost list. */
import { isAbsolute, resolve } from 'node:path';
import { type Adopted, errorToInfo, type Params } from '@sluice/contract';
import type { DownloadRecord } from '../download/record.ts';
import { SluiceError } from '../errors.ts';
import { checkNewUrl } from '../plan/request/check-new-url.ts';
import { journalName, journalSuffix, keptFileName, partialName, partialSuffix } from '../plan/names/file-names.ts';
import { normaliseRanges, totalLength } from '../plan/ranges/ranges.ts';
import type { Files } from '../ports/files.ts';
import type { DownloadList } from '../queue/download-list.ts';
import { finalNameOf } from '../store/journal/find-second.ts';
import { type InspectedJournal, inspectJournal } from '../store/journal/journal.ts';
import { deleteOwn } from '../store/delete-own.ts';
import { recordOf } from './add.ts';
import { adoptKept, type AdoptKeptDeps } from './adopt-kept.ts';

type AdoptResult = Adopted['results'][number];

interface Partial {
  readonly fileName: string;
  readonly journal: InspectedJournal;
}

/**
 * Of partials with a journal nothing on disk is touched: the first run opens, claims and proves one as it does any other.
 * @throws SluiceError `request-invalid`, `folder-missing`, `file-access-denied`, other disk codes
 */
export async function adoptPartials(deps: AdoptKeptDeps, params: Params<'adopt'>): Promise<Adopted> {
  const { list, add } = deps;
  const { files } = deps.ports;
  if (!isAbsolute(params.folder)) {
    throw new SluiceError('request-invalid', 'the folder is not absolute', { facts: { folder: params.folder } });
  }
  if (params.download !== undefined && params.name === undefined) {
    throw new SluiceError('request-invalid', 'a link is of one file');
  }
  const folder = resolve(params.folder);
  const results: AdoptResult[] = [];
  const partials: Partial[] = [];
  const names = await files.listFolder(folder);
  const isMeant = (name: string) => params.name === undefined || params.name === name;
  for (const name of names.filter((one) => keptFileName(one) !== null && isMeant(one))) {
    results.push(
      params.deleteKept
        ? await deleteKept({ list, files }, folder, name)
        : await adoptKept(deps, { folder, name }, params),
    );
  }
  const stored = namesAmong(names);
  for (const storedAs of stored) {
    if (![storedAs, partialName(storedAs), journalName(storedAs)].some(isMeant)) continue;
    try {
      const journal = await inspect(files, folder, storedAs);
      // Any other partial goes by the name that it has now, whatever it was called.
      const fileName = journal.head.fileName === storedAs ? finalNameOf(journal.head) : storedAs;
      // A second partial is taken over with the first, where that is there.
      if (fileName === storedAs || !stored.has(fileName)) partials.push({ fileName, journal });
    } catch (error) {
      const result = await adoptUnvouched(deps, { folder, storedAs, error }, params);
      results.push(result ?? { kind: 'rejected', fileName: storedAs, error: errorToInfo(error) });
    }
  }
  // From here on nothing else has a turn, so that a partial without an owner still has none when it is listed.
  const ownerOf = ownersIn(list, folder);
  const records = new Map<string, DownloadRecord>();
  const firstPosition = (list.inOrder().at(-1)?.record.position ?? 0) + 1;
  for (const { fileName, journal } of newestFirst(partials)) {
    try {
      const url = checkNewUrl(journal.head.url);
      const id = ownerOf.get(fileName) ?? list.findSame(url, folder)?.record.id;
      if (id !== undefined) results.push({ kind: 'present', fileName, id });
      else if (records.has(url)) throw new SluiceError('already-listed', 'a younger partial is of the same link');
      else {
        const position = firstPosition + records.size;
        const asked = recordOf({ url }, { ...add, start: params.start, defaultFolder: folder, position });
        const record = { ...asked, ...progressOf(journal), fileName, wantedName: fileName };
        records.set(url, record);
        results.push({ kind: 'adopted', fileName, id: record.id });
      }
    } catch (error) {
      results.push({ kind: 'rejected', fileName, error: errorToInfo(error) });
    }
  }
  if (records.size > 0) list.add([...records.values()]);
  return { results: results.toSorted((left, right) => (left.fileName < right.fileName ? -1 : 1)) };
}

/** A partial whose journal is gone or says nothing, before a run has set it apart. @returns null when it is something else */
async function adoptUnvouched(
  deps: AdoptKeptDeps,
  { folder, storedAs, error }: { readonly folder: string; readonly storedAs: string; readonly error: unknown },
  params: Params<'adopt'>,
): Promise<AdoptResult | null> {
  if (!(error instanceof SluiceError) || error.code !== 'journal-unreadable' || params.deleteKept) return null;
  const { files } = deps.ports;
  const name = partialName(storedAs);
  if ((await files.lookUp(files.join(folder, name)))?.kind !== 'file') return null;
  const result = await adoptKept(deps, { folder, name }, params);
  return result.kind === 'rejected' ? { ...result, fileName: storedAs } : result;
}

/** By its name it is ours; anything but a plain file of this user is left all the same. */
async function deleteKept(
  { list, files }: { readonly list: DownloadList; readonly files: Files },
  folder: string,
  name: string,
): Promise<AdoptResult> {
  const path = files.join(folder, name);
  try {
    const facts = await files.lookUp(path);
    if (
      facts?.kind !== 'file' ||
      !(await files.isOwnFile(folder, facts)) ||
      !(await deleteOwn(files, path, facts.identity))
    ) {
      throw new SluiceError('file-unsafe', 'what is kept apart is no file of this user', { facts: { name } });
    }
    for (const entry of list.inOrder()) if (entry.record.keptApart === path) list.update(entry, { keptApart: null });
    return { kind: 'deleted', fileName: name };
  } catch (error) {
    return { kind: 'rejected', fileName: name, error: errorToInfo(error) };
  }
}

/** What a download is called whose partial, journal or both are in the folder. */
function namesAmong(names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const name of names) {
    const suffix = [journalSuffix, partialSuffix].find((one) => name.endsWith(one));
    if (suffix !== undefined && name.length > suffix.length) found.add(name.slice(0, -suffix.length));
  }
  return found;
}

/** @throws SluiceError why the partial of that name cannot be taken over */
async function inspect(files: Files, folder: string, fileName: string): Promise<InspectedJournal> {
  const journal = await inspectJournal(files, files.join(folder, journalName(fileName))).catch((error: unknown) => {
    if (!(error instanceof SluiceError) || error.code !== 'file-missing') throw error;
    throw new SluiceError('journal-unreadable', 'no journal is beside the partial', { facts: { name: fileName } });
  });
  if (journal.isInUse) {
    throw new SluiceError('file-busy', 'another process is using this download', { facts: { name: fileName } });
  }
  const partial = await files.lookUp(files.join(folder, partialName(fileName)));
  if (partial?.kind === 'file') return journal;
  if (partial !== null) {
    throw new SluiceError('file-unsafe', 'the partial is not a plain file', { facts: { name: fileName } });
  }
  // It was killed between giving the file its name and saying so: the run will find that nothing is left to do.
  const target = await files.lookUp(files.join(folder, finalNameOf(journal.head)));
  if (target?.identity === journal.head.partialIdentity) return journal;
  throw new SluiceError('file-missing', 'no partial is beside the journal', { facts: { name: fileName } });
}

function ownersIn(list: DownloadList, folder: string): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { record, state } of list.inOrder()) {
    const owns = record.folder === folder && record.fileName !== null && state.kind !== 'finished';
    if (owns && record.fileName !== null) owners.set(record.fileName, record.id);
  }
  return owners;
}

/** As a new download of the same link would take the youngest up. */
function newestFirst(partials: readonly Partial[]): readonly Partial[] {
  return partials.toSorted((left, right) => right.journal.head.createdAtMs - left.journal.head.createdAtMs);
}

/** For showing until the first run has read the journal again. */
function progressOf({
  resource,
  trusted,
  doubtful,
}: InspectedJournal): Pick<DownloadRecord, 'sizeBytes' | 'receivedBytes'> {
  return {
    sizeBytes: resource?.totalBytes ?? null,
    receivedBytes: totalLength(normaliseRanges([...trusted, ...doubtful])),
  };
}
