/** F135 at the command line: a partial whose journal is lost is taken over, with its link given or known. */
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createGate, type Origin, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Workplace, workplace } from '../support/sluice.ts';

const size = 3_000_001;
const half = 1_500_000;

let origin: Origin;
let place: Workplace;
beforeEach(async () => {
  origin = await startOrigin();
  place = await workplace();
  origin.serve('/1.bin', { seed: 1, sizeBytes: size });
});
afterEach(async () => {
  await place[Symbol.asyncDispose]();
  await origin.close();
});

const file = (name: string) => join(place.folder, 'files', name);

async function run(...words: readonly string[]) {
  const sluice = place.start(...words);
  return { code: await sluice.ended, ...sluice.written };
}

/** Half of the file, as an interrupted `get` leaves it, and no journal. */
async function leaveWithoutJournal(): Promise<void> {
  const gate = createGate();
  origin.script('/1.bin', { stall: { afterBytes: half, until: gate } });
  const get = place.start('get', '--json', '-c', '1', '-d', 'files', origin.urlOf('/1.bin'));
  await get.until(() => get.lines().some((line) => line.kind === 'download' && line.download.receivedBytes >= half));
  get.process.kill('SIGTERM');
  await get.ended;
  gate.open();
  origin.script('/1.bin', null);
  await rm(file('1.bin.sluice-journal'));
}

test('F135 what was kept apart is adopted with its link, and goes on from what was right', async () => {
  await leaveWithoutJournal();
  await rename(file('1.bin.sluice'), file('1.bin.sluice-kept'));
  const unknown = await run('adopt', 'files');
  expect(unknown.code).toBe(8);
  expect(unknown.error).toContain('sluice adopt --link URL FILE');
  const adopted = await run('adopt', '--link', origin.urlOf('/1.bin'), 'files/1.bin.sluice-kept');
  expect(adopted).toMatchObject({ code: 0 });
  expect(adopted.out).toMatch(/queued +49% +2\.9 MiB +1\.bin$/m);
  expect((await run('watch')).code).toBe(0);
  expect(await verifySeeded(file('1.bin'), 1, size)).toBeNull();
  expect(await readdir(join(place.folder, 'files'))).toEqual(['1.bin']);
});

test('F135 the list knows the link of a partial whose journal was emptied', async () => {
  await leaveWithoutJournal();
  await writeFile(file('1.bin.sluice-journal'), new Uint8Array(500));
  expect((await run('add', '-o', '1.bin', '-d', 'files', origin.urlOf('/1.bin'))).code).toBe(0);
  const adopted = await run('adopt', '--link', origin.urlOf('/1.bin'), '--json', 'files/1.bin.sluice');
  expect(adopted.code).toBe(0);
  expect((await run('watch')).code).toBe(0);
  expect(await verifySeeded(file('1.bin'), 1, size)).toBeNull();
  expect(await readdir(join(place.folder, 'files'))).toEqual(['1.bin']);
});

test('F135 one link is of one file', async () => {
  const refused = await run('adopt', '--link', 'https://e.org/a', 'a.sluice', 'b.sluice');
  expect(refused.error).toContain('Adopt them one by one');
  expect((await run('adopt', '--checksum', 'abc', 'a')).error).toContain('--link');
});
