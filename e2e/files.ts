/** What journeys check on the disk: finished files byte for byte, and what is left of unfinished ones. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { verifySeeded } from '@sluice/testkit/origin';

export interface SeededFile {
  readonly seed: number;
  readonly sizeBytes: number;
}

/** Every byte, against the body the origin served. */
export async function expectSeededFile(folder: string, name: string, { seed, sizeBytes }: SeededFile): Promise<void> {
  expect(await verifySeeded(join(folder, name), seed, sizeBytes), `first wrong byte of ${name}`).toBeNull();
}

/** The names in the download folder; hidden ones too. */
export async function filesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).toSorted();
}

/**
 * Settles when everything that has arrived has its checkpoint: the origin holds the body back behind `arrivedBytes`, so
 * once they are all in the partial, which is sparse, it does not change any more, and the journal was written after it.
 */
export async function expectCheckpoint(folder: string, name: string, arrivedBytes: number): Promise<void> {
  const partial = join(folder, `${name}.sluice`);
  await expect
    .poll(async () => {
      const [{ blocks, mtimeMs }, journal] = await Promise.all([stat(partial), stat(`${partial}-journal`)]);
      return blocks * blockBytes >= arrivedBytes && journal.mtimeMs >= mtimeMs;
    })
    .toBe(true);
}

/** What `stat` counts in, on every system. */
const blockBytes = 512;
