/**
 * The table of crash points on a real disk: a process is killed at a call, and another goes on. A few steps on every
 * run; `pnpm sweep` visits each call that changes the disk.
 */
import { join } from 'node:path';
import { type CrashPoint, crashPoints, type DeathSpot } from '@sluice/testkit/disk';
import { type Origin, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Form, forms } from './crash-life.ts';
import { type DiskDeath, diskPlace, dieOnDisk, goOnOnDisk } from './disk-life.ts';
import { isSweep, noteTried } from './sweep-scale.ts';

/** As many processes die beside one another. */
const atATime = 2;

const sizes = {
  large: { path: '/large/file.bin', seed: 63, sizeBytes: 600 * 1024, bytesPerSecond: 4 * 1024 * 1024 },
  small: { path: '/small/file.bin', seed: 64, sizeBytes: 10_000 },
} as const;
type Size = keyof typeof sizes;

let origin: Origin;
beforeAll(async () => {
  origin = await startOrigin();
  for (const { path, ...body } of Object.values(sizes)) origin.serve(path, body);
});
afterAll(() => origin[Symbol.asyncDispose]());

async function dieAndGoOn(form: Form, size: Size, spot: DeathSpot): Promise<DiskDeath> {
  await using place = await diskPlace();
  const { path, seed, sizeBytes } = sizes[size];
  const death = await dieOnDisk(form, place, { url: origin.urlOf(path), spot });
  const where = `${death.point ?? 'no step'}, ${JSON.stringify(spot)}`;
  const before = await place.names();
  // Without a list and without a journal nothing is left to go on with: asking again is another download.
  const isOver = form !== 'list' && before.includes('file.bin') && !before.includes('file.bin.sluice-journal');
  if (isOver) await goOnOnDisk(form, place, origin.urlOf('/other.bin')).catch(() => {});
  else await goOnOnDisk(form, place, origin.urlOf(path));
  expect(await place.names(), `${where}, left: ${before.join(' ')}`).toEqual(['file.bin']);
  expect(await verifySeeded(join(place.folder, 'file.bin'), seed, sizeBytes), where).toBeNull();
  noteTried('kills on a real disk', death.wasKilled ? 1 : 0);
  return death;
}

describe.skipIf(isSweep).concurrent.each<readonly [Form, Size, CrashPoint, DeathSpot['moment']]>([
  ['get', 'large', 'journal made', 'before'],
  ['library', 'large', 'marker deleted', 'before'],
  ['list', 'large', 'named', 'after'],
  ['get', 'small', 'named', 'before'],
])('a process that fetches by %s a %s file', (form, size, point, moment) => {
  it(`F119 F120 killed ${moment} "${point}": another goes on under its own name and leaves nothing else`, async () => {
    expect(await dieAndGoOn(form, size, { point, nth: 1, moment })).toEqual({ wasKilled: true, point });
  });
});

/** No native code's calls are seen, and the origin is noted by such. */
const unseen: readonly CrashPoint[] = ['marked'];

describe.runIf(isSweep)('a process on a real disk', () => {
  const visited = new Set<CrashPoint>();

  it.each(forms.flatMap((form) => (['large', 'small'] as const).map((size) => [form, size] as const)))(
    'F119 F120 that fetches by %s a %s file, killed at any call: another goes on under its own name and leaves nothing else',
    { timeout: 600_000 },
    async (form, size) => {
      let next = 1;
      let isThrough = false;
      const walk = async (): Promise<void> => {
        while (!isThrough) {
          const nth = next++;
          for (const moment of ['half', 'after'] as const) {
            const { wasKilled, point } = await dieAndGoOn(form, size, { point: 'any', nth, moment });
            if (point !== null) visited.add(point);
            if (!wasKilled) isThrough = true;
          }
        }
      };
      await Promise.all(Array.from({ length: atATime }, walk));
      expect(next).toBeGreaterThan(size === 'large' ? 20 : 5);
    },
  );

  it('each step of the table was one at which a process died', () => {
    expect(crashPoints.filter((point) => !visited.has(point) && !unseen.includes(point))).toEqual([]);
  });
});
