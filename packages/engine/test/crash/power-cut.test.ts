/**
 * Cuts the power of a real file system while an engine writes to it, and lets another engine go on from what is left.
 * A few moments on every run; `pnpm sweep` looks at many more. Where no disk may be mounted, `store/power-cut.test.ts`
 * still asks the same of a disk in memory, at every call.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { mountableDisks, nameFor } from '@sluice/testkit/requirements';
import { expect, test } from 'vitest';
import { finishedName, idOf, runChild } from './engine-child.ts';
import { createSnapshotDisk } from './snapshot-disk.ts';
import { isSweep, noteTried } from './sweep-scale.ts';

const mebibyte = 1024 * 1024;
const sizeBytes = 24 * mebibyte;
const seed = 53;
/** Fetched in six seconds: some cuts come before the first proof of a run, some after several. */
const bytesPerSecond = 4 * mebibyte;
const cuts = isSweep ? 24 : 4;

interface Cut {
  readonly name: string;
  readonly receivedBytes: number;
  readonly isFinished: boolean;
}

test.skipIf(!mountableDisks.isMet)(
  nameFor('F53 a power cut at any moment leaves a download that goes on, and comes out right', mountableDisks),
  async () => {
    await using origin = await startOrigin();
    using disk = createSnapshotDisk();
    origin.serve('/file.bin', { seed, sizeBytes, bytesPerSecond });
    const spec = { folder: disk.folder, url: origin.urlOf('/file.bin'), maxConnections: 1 };
    const made: Cut[] = [];
    const first = await runChild(spec, null, ({ receivedBytes = 0, state }) => {
      const isFinished = state?.kind === 'finished';
      const isDue = isFinished || receivedBytes >= (sizeBytes / cuts) * made.length;
      if (!isDue) return;
      const name = `cut-${made.length}`;
      disk.keep(name);
      made.push({ name, receivedBytes, isFinished });
    });
    finishedName(first);
    expect(made.length).toBeGreaterThan(cuts);
    origin.serve('/file.bin', { seed, sizeBytes });
    for (const { name, receivedBytes, isFinished } of made) {
      disk.returnTo(name);
      const sentBefore = origin.bodyBytesSent;
      const second = await runChild(spec);
      const path = join(disk.folder, finishedName(second));
      expect(await verifySeeded(path, seed, sizeBytes), name).toBeNull();
      // The list is synced a moment after it has changed, so only the very first cut may come before it.
      if (receivedBytes > 0) expect(idOf(second), name).toBe(idOf(first));
      const fetchedAgain = origin.bodyBytesSent - sentBefore;
      // Finished means for good; and beyond the first proofs a cut costs a part, not the whole.
      if (isFinished) expect(fetchedAgain, name).toBe(0);
      else if (receivedBytes > sizeBytes / 2) expect(fetchedAgain, name).toBeLessThan(sizeBytes);
      expect((await stat(path)).size).toBe(sizeBytes);
      noteTried('power cuts');
    }
  },
  300_000,
);
