/** Links become files: one, one with a name of the user's, many at once, and some from the start of the program. */
import { expectSeededFile, filesIn } from '../files.ts';
import { expect, test } from '../fixtures.ts';
import { mebibyte } from '../origin-plays.ts';

test('a link becomes a finished file, byte for byte', async ({ origin, host, open }) => {
  const file = { seed: 1, sizeBytes: 12 * mebibyte + 345 };
  origin.serve('/a/big%20file.bin', file);
  const window = await open();
  await window.add([origin.urlOf('/a/big%20file.bin')]);
  await window.expectState('big file.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'big file.bin', file);
  expect(await filesIn(host.downloadFolder)).toEqual(['big file.bin']);
});

test('the name a person types is the name of the file', async ({ origin, host, open }) => {
  const file = { seed: 2, sizeBytes: 1000 };
  origin.serve('/x', { ...file, contentDisposition: 'attachment; filename="theirs.txt"' });
  const window = await open();
  await window.add([origin.urlOf('/x')], { name: 'mine.txt' });
  await window.expectState('mine.txt', 'Finished');
  await expectSeededFile(host.downloadFolder, 'mine.txt', file);
});

test('the server names the file when nobody else does', async ({ origin, host, open }) => {
  const file = { seed: 3, sizeBytes: 1000 };
  origin.serve('/get', { ...file, contentDisposition: `attachment; filename*=UTF-8''na%C3%AFve.txt` });
  const window = await open();
  await window.add([origin.urlOf('/get')]);
  await window.expectState('naïve.txt', 'Finished');
  await expectSeededFile(host.downloadFolder, 'naïve.txt', file);
});

test('many links at once, with doubles and noise between them', async ({ origin, host, open }) => {
  const names = Array.from({ length: 25 }, (_none, index) => `part-${String(index).padStart(2, '0')}.bin`);
  for (const [index, name] of names.entries()) origin.serve(`/${name}`, { seed: index, sizeBytes: 40_000 + index });
  const window = await open();
  const lines = names.map((name) => origin.urlOf(`/${name}`));
  await window.openAdd();
  await window.links.fill(['Here they are:', ...lines, lines[0] ?? ''].join('\n'));
  await expect(window.dialog).toContainText('25 links');
  await window.confirmAdd();
  await expect(window.page.getByRole('button', { name: 'Finished 25' })).toBeVisible();
  for (const [index, name] of names.entries()) {
    await expectSeededFile(host.downloadFolder, name, { seed: index, sizeBytes: 40_000 + index });
  }
  expect(await filesIn(host.downloadFolder)).toEqual(names);
});

test('a name that is taken on the disk is not overwritten', async ({ origin, host, open }) => {
  origin.serve('/one/same.bin', { seed: 5, sizeBytes: 5000 });
  origin.serve('/two/same.bin', { seed: 6, sizeBytes: 6000 });
  const window = await open();
  await window.add([origin.urlOf('/one/same.bin')]);
  await window.expectState('same.bin', 'Finished');
  await window.add([origin.urlOf('/two/same.bin')]);
  await window.expectState('same (1).bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'same.bin', { seed: 5, sizeBytes: 5000 });
  await expectSeededFile(host.downloadFolder, 'same (1).bin', { seed: 6, sizeBytes: 6000 });
});

test('links given at the start are fetched', async ({ origin, host, open }) => {
  const file = { seed: 7, sizeBytes: 100_000 };
  origin.serve('/start.bin', file);
  const window = await open([origin.urlOf('/start.bin')]);
  await window.expectState('start.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'start.bin', file);
});
