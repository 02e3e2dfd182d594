/** The life of a partial told as steps in the engine's order of durability, with a memory of what was promised. */
import { SluiceError } from '@sluice/contract';
import type { Choose, FaultyFiles, MemoryFiles } from '@sluice/testkit/disk';
import type { Extent } from '../../src/plan/ranges/extent.ts';
import type { ByteRange } from '../../src/plan/ranges/range.ts';
import type { Files, OpenFile } from '../../src/ports/files.ts';
import { createJournal, type Journal, loadJournal, type LoadedJournal } from '../../src/store/journal/journal.ts';
import { recoverExtents } from '../../src/store/recover.ts';
import { bodyBytes, extentOf, resourceOf } from './bodies.ts';

export const partialPath = '/downloads/file.bin.sluice';
const journalPath = '/downloads/file.bin.sluice-journal';

const totalBytes = 24 * 1024;
const blockBytes = 3 * 1024;

/** What a reader after the crash may hold the disk to. */
export interface Promises {
  /** `createJournal` has resolved: a killed process leaves a journal. */
  begun: boolean;
  /** A proof was recorded: a power cut leaves one too. */
  lasting: boolean;
  /** Versions whose bytes the disk may hold: the current one, and while it changes the next. */
  versions: number[];
  /** Bytes that were proved and never given up. */
  proved: ByteRange[];
  /** Bytes whose record was written: a killed process keeps them. */
  recorded: ByteRange[];
}

export function newPromises(): Promises {
  return { begun: false, lasting: false, versions: [1], proved: [], recorded: [] };
}

interface Life {
  readonly disk: FaultyFiles;
  readonly memory: MemoryFiles;
  readonly choose: Choose;
  readonly promises: Promises;
  partial: OpenFile;
  journal: Journal;
  version: number;
  /** Like two connections: each fills its half block by block, in writes of odd sizes. */
  writers: { position: number; extentStart: number; readonly end: number }[];
  unrecorded: Extent[];
}

export interface LifeContext {
  readonly disk: FaultyFiles;
  readonly memory: MemoryFiles;
  readonly choose: Choose;
}

/** Runs a life of `steps` steps. @throws as soon as the disk is killed */
export async function live(at: LifeContext, promises: Promises, steps: number): Promise<void> {
  const { disk } = at;
  const partial = await disk.create(partialPath);
  await partial.truncate(totalBytes);
  const { identity } = await partial.facts();
  const journal = await createJournal(disk, journalPath, {
    url: 'https://example.com/file.bin',
    fileName: 'file.bin',
    createdAtMs: 1,
    partialIdentity: identity,
  });
  promises.begun = true;
  await journal.recordResource(resourceOf(1, totalBytes));
  const life: Life = { ...at, promises, partial, journal, version: 1, writers: startWriters(), unrecorded: [] };
  for (let step = 0; step < steps; step += 1) await takeStep(life);
}

/** Goes on, for `steps` steps, with a partial and a journal that were left behind. @throws as {@link live} does */
export async function liveOn(at: LifeContext, promises: Promises, steps: number): Promise<void> {
  const partial = await at.disk.open(partialPath);
  const loaded = await loadJournal(at.disk, journalPath);
  const version = versionOf(loaded);
  const life: Life = { ...at, promises, partial, journal: loaded.journal, version, writers: [], unrecorded: [] };
  resumeWriters(life, await recoverExtents(partial, loaded));
  for (let step = 0; step < steps; step += 1) await takeStep(life);
}

function startWriters(): Life['writers'] {
  const half = totalBytes / 2;
  return [
    { position: 0, extentStart: 0, end: half },
    { position: half, extentStart: half, end: totalBytes },
  ];
}

async function takeStep(life: Life): Promise<void> {
  const dice = life.choose(100);
  if (dice < 55) await writeSome(life);
  else if (dice < 75) await record(life);
  else if (dice < 90) await checkpoint(life);
  else if (dice < 93) await changeVersion(life);
  else if (dice < 95) await loseSync(life);
  else if (dice < 97) await repair(life);
  else await reopen(life);
}

async function writeSome(life: Life): Promise<void> {
  const writer = life.writers[life.choose(life.writers.length)];
  if (writer === undefined || writer.position >= writer.end) return;
  const blockEnd = (Math.floor(writer.position / blockBytes) + 1) * blockBytes;
  const to = Math.min(writer.position + 100 + life.choose(1500), blockEnd, writer.end);
  await life.partial.write(bodyBytes(life.version, writer.position, to), writer.position);
  life.unrecorded.push(extentOf(life.version, writer.extentStart, to));
  writer.position = to;
  if (to === blockEnd) writer.extentStart = to;
}

async function record(life: Life): Promise<void> {
  const extents = life.unrecorded;
  life.unrecorded = [];
  await life.journal.recordExtents(extents);
  life.promises.recorded.push(...extents);
}

async function checkpoint(life: Life): Promise<void> {
  await record(life);
  const mark = life.journal.mark();
  const { recorded } = life.promises;
  await life.partial.sync();
  await life.journal.recordSynced(mark);
  life.promises.proved.push(...recorded);
  if (recorded.length > 0) life.promises.lasting = true;
}

async function changeVersion(life: Life): Promise<void> {
  const { promises } = life;
  life.version += 1;
  promises.versions = [life.version - 1, life.version];
  promises.proved = [];
  promises.recorded = [];
  life.unrecorded = [];
  await life.journal.reset(resourceOf(life.version, totalBytes));
  promises.versions = [life.version];
  await life.partial.truncate(0);
  await life.partial.truncate(totalBytes);
  life.writers = startWriters();
}

/** The disk swallows what it had not written: whatever was not proved is to be fetched again. */
async function loseSync(life: Life): Promise<void> {
  const { promises } = life;
  promises.recorded = [...promises.proved];
  life.memory.loseNextSync(partialPath);
  await life.partial.sync().then(
    () => {
      throw new Error('the sync was to fail');
    },
    () => {},
  );
  await life.journal.recordSyncFailed();
  life.unrecorded = [];
  await reopen(life);
}

/** A block is found bad: it is given up, then written again. */
async function repair(life: Life): Promise<void> {
  const { promises } = life;
  const start = life.choose(totalBytes / blockBytes) * blockBytes;
  const bad = { start, end: start + blockBytes };
  const isApart = (range: ByteRange) => range.end <= bad.start || range.start >= bad.end;
  promises.proved = promises.proved.filter(isApart);
  promises.recorded = promises.recorded.filter(isApart);
  life.unrecorded = life.unrecorded.filter(isApart);
  await life.journal.recordLost([bad]);
  await life.partial.write(new Uint8Array(blockBytes), bad.start);
  await reopen(life);
}

/** The run ends and another takes the partial up: in order, or as after a kill. */
async function reopen(life: Life): Promise<void> {
  const inOrder = life.choose(2) === 0;
  if (inOrder) await checkpoint(life);
  else life.unrecorded = [];
  await life.journal.close(inOrder ? await life.partial.facts() : undefined);
  await life.partial.close();
  const partial = await life.disk.open(partialPath);
  const loaded = await loadJournal(life.disk, journalPath);
  const extents = await recoverExtents(partial, loaded);
  Object.assign(life, { partial, journal: loaded.journal });
  resumeWriters(life, extents);
}

function resumeWriters(life: Life, extents: readonly ByteRange[]): void {
  life.writers = gapsBetween(extents).map((gap) => ({ position: gap.start, extentStart: gap.start, end: gap.end }));
}

/** A journal without a resource is one of the first version, not yet told. */
function versionOf(loaded: LoadedJournal): number {
  return Number(loaded.resource?.etag?.replaceAll('"', '') ?? 1);
}

function gapsBetween(extents: readonly ByteRange[]): ByteRange[] {
  const gaps: ByteRange[] = [];
  let reach = 0;
  for (const { start, end } of [...extents, { start: totalBytes, end: totalBytes }]) {
    if (start > reach) gaps.push({ start: reach, end: start });
    reach = Math.max(reach, end);
  }
  return gaps;
}

export interface Found {
  readonly version: number;
  readonly extents: readonly Extent[];
}

/** Takes the partial up as a new process would; null when there is no journal to say anything about it. */
export async function resumePartial(files: Files): Promise<Found | null> {
  if ((await files.lookUp(partialPath)) === null) return null;
  const partial = await files.open(partialPath);
  const loaded = await loadJournal(files, journalPath).catch((error: unknown) => {
    if (error instanceof SluiceError && ['file-missing', 'journal-unreadable'].includes(error.code)) return null;
    throw error;
  });
  if (loaded === null) return null;
  const extents = await recoverExtents(partial, loaded);
  await loaded.journal.close();
  await partial.close();
  return { version: versionOf(loaded), extents };
}
