/** A journal on a memory disk that a test can spoil, and what the disk says of it. */
import { createFaultyFiles, createMemoryFiles, type FaultyFiles, type MemoryFiles } from '@sluice/testkit/disk';
import type { Extent } from '../../../src/plan/ranges/extent.ts';
import {
  createJournal,
  inspectJournal,
  type Journal,
  type JournalHead,
  type JournalSummary,
} from '../../../src/store/journal/journal.ts';

export const path = '/downloads/file.bin.sluice-journal';
export const head: JournalHead = {
  url: 'https://example.com/file.bin?token=abc',
  fileName: 'file.bin',
  createdAtMs: 1_900_000_000_000,
  partialIdentity: 'inode-7',
};

export interface Stage {
  readonly memory: MemoryFiles;
  readonly disk: FaultyFiles;
  readonly journal: Journal;
}

export async function stage(): Promise<Stage> {
  const memory = createMemoryFiles();
  const disk = createFaultyFiles(memory);
  return { memory, disk, journal: await createJournal(disk, path, head) };
}

/** What the disk says now. */
export function read({ memory }: Stage): Promise<JournalSummary> {
  return inspectJournal(memory, path);
}

export async function proveAll({ journal }: { readonly journal: Journal }, extents: readonly Extent[]): Promise<void> {
  await journal.recordExtents(extents);
  await journal.recordSynced(journal.mark());
}
