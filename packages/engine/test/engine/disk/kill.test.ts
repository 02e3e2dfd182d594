import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startOrigin, verifySeeded } from '@sluice/testkit/origin';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../harness.ts';
import { runUntil } from '../killed-child.ts';

const mebibyte = 1024 * 1024;

it('F52 kill -9 at any moment: nothing that was checkpointed is fetched again, and the bytes are right', async () => {
  await using origin = await startOrigin();
  const sizeBytes = 24 * mebibyte;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 22 }), { minLength: 1, maxLength: 3 }), async (stops) => {
      const folder = await temporaryFolder();
      const path = `/${stops.join('-')}-${origin.requests.length}.bin`;
      origin.serve(path, { seed: 21, sizeBytes, bytesPerSecond: 24 * mebibyte });
      // One connection: with many, all of a small file may be on the wire when the engine dies.
      const spec = { folder, url: origin.urlOf(path), maxConnections: 1 };
      const sentBefore = origin.bodyBytesSent;
      for (const stop of stops.sort((left, right) => left - right)) {
        await runUntil(spec, ({ receivedBytes = 0 }) => receivedBytes >= stop * mebibyte);
      }
      await runUntil(spec, ({ state }) => state?.kind === 'finished');
      expect(await verifySeeded(join(folder, path), 21, sizeBytes)).toBeNull();
      expect((await readdir(folder)).filter((name) => name.includes('.sluice'))).toEqual([]);
      // Each kill may cost what was in buffers and on the wire of its connections, not the file over again.
      expect(origin.bodyBytesSent - sentBefore).toBeLessThan(sizeBytes * 2);
    }),
    { numRuns: 3, endOnFailure: true },
  );
}, 240_000);
