/** What was on disk before a run is not speed. */
import { createGate, startOrigin } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { createNodeFiles } from '../../../src/adapters/files/node-files.ts';
import { createSystemClock } from '../../../src/adapters/system-clock.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Files } from '../../../src/ports/files.ts';
import { startEngine, temporaryFolder } from '../harness.ts';

const mebibyte = 1024 * 1024;

/** A disk so slow that the speed has been measured before a file opens. */
function slowDisk(): { readonly files: Files; readonly clock: Clock } {
  const [files, clock] = [createNodeFiles(), createSystemClock()];
  const measured = Promise.withResolvers<void>();
  let ticks = 0;
  return {
    files: { ...files, open: (path) => measured.promise.then(() => files.open(path)) },
    clock: {
      ...clock,
      every: (intervalMs, callback) =>
        clock.every(intervalMs, () => {
          callback();
          ticks += 1;
          if (ticks > 5) measured.resolve();
        }),
    },
  };
}

it('takes up a partial without counting its bytes as speed', async () => {
  await using origin = await startOrigin();
  const gate = createGate();
  const folder = await temporaryFolder();
  origin.serve('/file.bin', { seed: 4, sizeBytes: 16 * mebibyte });
  origin.script('/file.bin', { stall: { afterBytes: 6 * mebibyte, until: gate } });
  {
    await using first = await startEngine({ folder });
    const id = await first.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
    await first.until(id, ({ receivedBytes }) => receivedBytes >= 6 * mebibyte);
  }
  // From now on no answer comes, so that whatever speed is shown is made up.
  origin.script('/file.bin', { headGate: gate });
  await using second = await startEngine({ folder, ports: slowDisk() });
  const id = await second.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
  const view = await second.until(id, ({ receivedBytes }) => receivedBytes >= 6 * mebibyte);
  expect(view.speedBytesPerSecond).toBe(0);
  gate.open();
});
