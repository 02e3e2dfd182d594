import { startOrigin } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { download } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** Without a limit all of it would be there by then; within it, this takes more than eight minutes. */
const sizeBytes = 50_000_000;
const reportsUntilEnd = 6;

it.each(['memory', 'folder'] as const)('a limit holds on the way to %s', async (to) => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed: 91, sizeBytes });
  const reports: number[] = [];
  const running = download(origin.urlOf('/file.bin'), {
    speedLimitBytesPerSecond: 100_000,
    onProgress: ({ receivedBytes }) => {
      reports.push(receivedBytes);
      if (reports.length === reportsUntilEnd) running.cancel();
    },
    ...(to === 'folder' ? { folder: temporaryFolder() } : {}),
  });
  await expect(running).rejects.toMatchObject({ code: 'aborted' });
  expect(Math.max(...reports)).toBeGreaterThan(0);
  expect(Math.max(...reports)).toBeLessThan(sizeBytes / 10);
});
