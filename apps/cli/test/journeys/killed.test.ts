/** A `sluice get` or `sluice watch` that is killed at a step of the table of crash points, and the next command. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeathSpot, pointOfDeath } from '@sluice/testkit/disk';
import { type Origin, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { fullScale, playPath, playsOf, versionA } from '@sluice/testkit/plays';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lastDownload, type Workplace, workplace } from '../support/sluice.ts';

const size = 1_000_003;
const isSweep = process.env['SLUICE_SWEEP'] === 'full';

let origin: Origin;
let place: Workplace;
let link: string;

beforeEach(async () => {
  origin = await startOrigin();
  origin.serve('/file.bin', { seed: 3, sizeBytes: size, bytesPerSecond: 4_000_000 });
  link = origin.urlOf('/file.bin');
  place = await workplace();
});

afterEach(async () => {
  await place[Symbol.asyncDispose]();
  await origin.close();
});

/** All names in the folder, hidden ones too. */
async function files(): Promise<readonly string[]> {
  return (await readdir(join(place.folder, 'd'))).toSorted();
}

async function dies(spot: DeathSpot, ...words: readonly string[]): Promise<void> {
  const dying = place.startDying(spot, ...words);
  expect(await dying.ended).toBeNull();
  if (spot.point !== 'any') expect(pointOfDeath(dying.written.error)).toBe(spot.point);
}

async function expectOneFile(): Promise<void> {
  expect(await files()).toEqual(['file.bin']);
  expect(await verifySeeded(join(place.folder, 'd', 'file.bin'), 3, size)).toBeNull();
}

const journalMade: DeathSpot = { point: 'journal made', nth: 1, moment: 'before' };
const named: DeathSpot = { point: 'named', nth: 1, moment: 'after' };
const allSpots: readonly DeathSpot[] = (
  [
    'marker made',
    'partial made',
    'journal made',
    'partial sized',
    'journal durable',
    'marker deleted',
    'bytes written',
    'bytes proved',
    'named',
    'name durable',
    'journal deleted',
  ] as const
).flatMap((point) => (['half', 'after'] as const).map((moment) => ({ point, nth: 1, moment })));

describe('F119 F120 what the next command finds', () => {
  test.each(isSweep ? allSpots : [journalMade])('of a get killed at $point ($moment) it goes on with', async (spot) => {
    await dies(spot, 'get', '-d', 'd', link);
    // The last step of all leaves the file alone: then nothing tells that it was fetched from this link.
    const isOver = (await files()).every((name) => name === 'file.bin');
    const next = isOver ? ['get', '--skip-present'] : ['get'];
    expect(await place.start(...next, '-d', 'd', link).ended).toBe(0);
    await expectOneFile();
  });

  test.each(isSweep ? allSpots : [named])('of a watch killed at $point ($moment) it goes on with', async (spot) => {
    expect(await place.start('add', '-d', 'd', link).ended).toBe(0);
    await dies(spot, 'watch');
    expect(await place.start('watch').ended).toBe(0);
    await expectOneFile();
  });
});

test('F126 a probe of whether the folder can be written, left by a killed process, goes with the next get', async () => {
  await dies({ point: 'any', nth: 1, moment: 'after' }, 'get', '-d', 'd', link);
  expect(await files()).toEqual([expect.stringMatching(/^\.sluice-try-/)]);
  expect(await place.start('get', '-d', 'd', link).ended).toBe(0);
  await expectOneFile();
});

test.each<DeathSpot>([named, ...(isSweep ? ([{ point: 'journal deleted', nth: 1, moment: 'before' }] as const) : [])])(
  'F126 --skip-present clears what a process killed at $point left beside the file',
  async (spot) => {
    await dies(spot, 'get', '-d', 'd', link);
    expect(await files()).toContain('file.bin.sluice-journal');
    const sent = origin.bodyBytesSent;
    const again = place.start('get', '--skip-present', '-d', 'd', link);
    expect(await again.ended).toBe(0);
    await expectOneFile();
    expect(origin.bodyBytesSent - sent).toBeLessThan(size / 2);
  },
);

test('F67 kill -9, and a server whose ranges bring the beginning of the file: the next get saves one version', async () => {
  const [play] = playsOf('F67');
  play?.stage(origin, { ...fullScale, sizeBytes: 6_000_000 });
  const words = ['get', '--json', '-c', '1', '-d', 'd', origin.urlOf(playPath)];
  const first = place.start(...words);
  await first.until(() => (lastDownload(first)?.receivedBytes ?? 0) > 2_000_000);
  first.process.kill('SIGKILL');
  await first.ended;
  const asked = origin.requests.length;
  expect(await place.start(...words).ended).toBe(0);
  expect(origin.requests[asked]?.asked?.start).toBeGreaterThan(0);
  expect(await files()).toEqual(['file.bin']);
  expect(await verifySeeded(join(place.folder, 'd', 'file.bin'), versionA, 6_000_000)).toBeNull();
});
