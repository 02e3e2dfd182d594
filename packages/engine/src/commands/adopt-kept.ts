/** Takes over a partial that no journal vouches for: what its link proves of it is kept, the rest is fetched again. */
import { type Adopted, errorToInfo, type Params } from '@sluice/contract';
import type { DownloadRecord } from '../download/record.ts';
import { SluiceError } from '../errors.ts';
import { keptFileName, partialSuffix } from '../plan/names/file-names.ts';
import { totalLength } from '../plan/ranges/ranges.ts';
import type { Clock } from '../ports/clock.ts';
import type { Files, OpenFile } from '../ports/files.ts';
import type { HttpPort } from '../ports/http.ts';
import type { DownloadList } from '../queue/download-list.ts';
import type { Entry } from '../queue/entry.ts';
import { lockEntries } from '../queue/lock-entries.ts';
import type { AdoptablePartials } from '../transfer/run/adoptable-partials.ts';
import type { RequestBase } from '../transfer/request/open-response.ts';
import { placeKept } from '../transfer/file/place-kept.ts';
import { proveKept, type ProvedKept } from '../transfer/proof/prove-kept.ts';
import { busy } from '../store/journal/ownership.ts';
import { type AddDeps, recordOf } from './add.ts';
import type { Controls } from './controls.ts';

type AdoptResult = Adopted['results'][number];

export interface AdoptKeptDeps {
  readonly add: AddDeps;
  readonly list: DownloadList;
  readonly controls: Pick<Controls, 'pause' | 'retry'>;
  readonly adoptable: Pick<AdoptablePartials, 'forget'>;
  readonly ports: { readonly files: Files; readonly http: HttpPort; readonly clock: Clock };
  readonly requestOf: (record: DownloadRecord) => RequestBase;
  readonly signal: AbortSignal;
}

/**
 * The link is the one that was given, or that of the download which had the partial. Until its bytes have been proved
 * nothing on disk is touched, and a running download of the link continues.
 * @param name of the partial in the folder
 */
export async function adoptKept(
  deps: AdoptKeptDeps,
  { folder, name }: { readonly folder: string; readonly name: string },
  params: Pick<Params<'adopt'>, 'start' | 'download'>,
): Promise<AdoptResult> {
  const { list, ports } = deps;
  const path = ports.files.join(folder, name);
  try {
    const asked = askedFor(deps, folder, params);
    const entry = ownerOf(list, { path, folder, fileName: fileNameOf(name), asked });
    if (entry?.state.kind === 'finished') return { kind: 'present', fileName: name, id: entry.record.id };
    const record = entry?.record ?? asked;
    if (record === null) {
      throw new SluiceError('journal-unreadable', 'no link is known', { facts: { path, needs: 'link' } });
    }
    if (record.needsSignIn) throw new SluiceError('sign-in-needed', 'the secrets of the download cannot be read here');
    const file = await openOwn(ports.files, folder, path);
    try {
      const question = { ports, request: deps.requestOf(record), file, checksum: record.checksum };
      const proved = await proveKept(question, deps.signal);
      const place = { folder, name, file, proved };
      return entry === null ? await listNew(deps, record, place) : await handOver(deps, entry, place);
    } finally {
      await file.close();
    }
  } catch (error) {
    return { kind: 'rejected', fileName: name, error: errorToInfo(error) };
  }
}

function fileNameOf(name: string): string {
  return keptFileName(name) ?? (name.endsWith(partialSuffix) ? name.slice(0, -partialSuffix.length) : name);
}

function askedFor(
  { add, list }: AdoptKeptDeps,
  folder: string,
  { start, download }: Pick<Params<'adopt'>, 'start' | 'download'>,
): DownloadRecord | null {
  if (download === undefined) return null;
  const position = (list.inOrder().at(-1)?.record.position ?? 0) + 1;
  return recordOf({ ...download, folder }, { ...add, start, defaultFolder: folder, position });
}

function ownerOf(
  list: DownloadList,
  partial: {
    readonly path: string;
    readonly folder: string;
    readonly fileName: string;
    readonly asked: DownloadRecord | null;
  },
): Entry | null {
  const { path, folder, fileName, asked } = partial;
  if (asked !== null) return list.findSame(asked.url, folder);
  const isNamed = ({ record, state }: Entry) =>
    record.folder === folder && record.fileName === fileName && state.kind !== 'finished';
  const entries = list.inOrder();
  return entries.find(({ record }) => record.keptApart === path) ?? entries.find(isNamed) ?? null;
}

/** @throws `file-unsafe`, `file-busy`, other disk codes */
async function openOwn(files: Files, folder: string, path: string): Promise<OpenFile> {
  const file = await files.open(path, { exclusive: true });
  try {
    const facts = await file.facts();
    if (!(await files.isOwnFile(folder, facts)) || facts.linkCount > 1) {
      throw new SluiceError('file-unsafe', 'the partial is no file of its own of this user', { facts: { path } });
    }
    if ((await file.lock()) === 'theirs') throw busy(path, 'alive');
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

interface Proved {
  readonly folder: string;
  readonly name: string;
  readonly file: OpenFile;
  readonly proved: ProvedKept;
}

async function listNew(deps: AdoptKeptDeps, record: DownloadRecord, place: Proved): Promise<AdoptResult> {
  const fileName = await placed(deps, record, { ...place, fileName: fileNameOf(place.name) });
  deps.list.add([{ ...record, ...factsOf(place), fileName, wantedName: fileName }]);
  return { kind: 'adopted', fileName, id: record.id };
}

/** The download is paused while its partial changes, and resumes from what was proved. */
async function handOver(deps: AdoptKeptDeps, entry: Entry, place: Proved): Promise<AdoptResult> {
  const { list, controls } = deps;
  const { id } = entry.record;
  const wantsToRun = entry.state.kind !== 'paused';
  let result: AdoptResult = { kind: 'present', fileName: place.name, id };
  try {
    await lockEntries([entry], async (isOurTurn) => {
      await controls.pause([id]);
      await isOurTurn;
      if (list.get(id) !== entry || entry.state.kind === 'finished') return;
      const wanted = entry.record.fileName ?? fileNameOf(place.name);
      const fileName = await placed(deps, entry.record, { ...place, fileName: wanted });
      list.update(entry, { ...factsOf(place), fileName, keptApart: null });
      list.save();
      result = { kind: 'adopted', fileName, id };
    });
  } finally {
    if (wantsToRun && list.get(id) === entry) await controls.retry([id]);
  }
  return result;
}

async function placed(
  { ports, adoptable, signal }: AdoptKeptDeps,
  { url }: DownloadRecord,
  { folder, fileName, file, proved }: Proved & { readonly fileName: string },
): Promise<string> {
  const createdAtMs = ports.clock.wallMs();
  const name = await placeKept(ports.files, { folder, fileName, url, createdAtMs, file, ...proved }, signal);
  adoptable.forget(folder);
  return name;
}

function factsOf({ proved }: Proved): Pick<DownloadRecord, 'sizeBytes' | 'receivedBytes' | 'resumable'> {
  const { resource, proved: ranges } = proved;
  return { sizeBytes: resource.totalBytes, receivedBytes: totalLength(ranges), resumable: true };
}
