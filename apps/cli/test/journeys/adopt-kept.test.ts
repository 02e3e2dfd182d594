/** F135 at the command line: a partial whose journal is lost is taken over with its link. */
import { mkdir, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededBytes, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { expect, test } from 'vitest';
import { workplace } from '../support/sluice.ts';

const size = 3_000_001;
const half = 1_500_000;

test('F135 what was kept apart is adopted with its link, and the rest is fetched', async () => {
  await using origin = await startOrigin();
  await using place = await workplace();
  origin.serve('/1.bin', { seed: 1, sizeBytes: size });
  const folder = join(place.folder, 'files');
  await mkdir(folder);
  await writeFile(join(folder, '1.bin.sluice-kept'), seededBytes(1, 0, half));
  await truncate(join(folder, '1.bin.sluice-kept'), size);
  const unknown = place.start('adopt', 'files');
  expect(await unknown.ended).toBe(8);
  expect(unknown.written.error).toContain('sluice adopt --link URL FILE');
  const adopted = place.start('adopt', '--link', origin.urlOf('/1.bin'), 'files/1.bin.sluice-kept');
  expect(await adopted.ended).toBe(0);
  expect(adopted.written.out).toMatch(/queued +49% +2\.9 MiB +1\.bin$/m);
  expect(await place.start('watch').ended).toBe(0);
  expect(await verifySeeded(join(folder, '1.bin'), 1, size)).toBeNull();
  expect(await readdir(folder)).toEqual(['1.bin']);
});
