import { seededBytes, startOrigin } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { download } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const sizeBytes = 60_000;
const seed = 91;

it.each(['memory', 'folder'] as const)('a limit holds on the way to %s', async (to) => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed, sizeBytes });
  const limit = { speedLimitBytesPerSecond: 100_000 };
  const startedAtMs = performance.now();
  const result =
    to === 'memory'
      ? await download(origin.urlOf('/file.bin'), limit)
      : await download(origin.urlOf('/file.bin'), { ...limit, folder: temporaryFolder() });
  // A busy machine only makes it longer: six tenths of a second's worth, less the tenth that may burst through.
  expect(performance.now() - startedAtMs).toBeGreaterThan(450);
  expect(result.sizeBytes).toBe(sizeBytes);
  if (result.kind === 'memory') expect(Buffer.compare(result.bytes, seededBytes(seed, 0, sizeBytes))).toBe(0);
});
