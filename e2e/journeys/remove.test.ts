/** Removing takes a download off the list; its file goes only when that was asked for. */
import { expectSeededFile, filesIn } from '../files.ts';
import { expect, test } from '../fixtures.ts';
import { holdBack } from '../origin-plays.ts';

const file = { seed: 61, sizeBytes: 20_000 };

test('off the list, file kept, and back with undo', async ({ origin, host, open }) => {
  origin.serve('/kept.bin', file);
  const window = await open();
  await window.add([origin.urlOf('/kept.bin')]);
  await window.expectState('kept.bin', 'Finished');
  await window.choose('kept.bin', 'Remove…');
  await window.dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(window.row('kept.bin')).toBeHidden();
  await window.page.getByRole('button', { name: 'Undo' }).click();
  await window.expectState('kept.bin', 'Finished');
  await window.choose('kept.bin', 'Remove…');
  await window.dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(window.row('kept.bin')).toBeHidden();
  await expectSeededFile(host.downloadFolder, 'kept.bin', file);
});

test('off the list and off the disk, with nothing else touched', async ({ origin, host, open }) => {
  origin.serve('/gone.bin', file);
  origin.serve('/stays.bin', file);
  const window = await open();
  await window.add([origin.urlOf('/gone.bin'), origin.urlOf('/stays.bin')]);
  await window.expectState('gone.bin', 'Finished');
  await window.expectState('stays.bin', 'Finished');
  await window.choose('gone.bin', 'Remove…');
  await window.dialog.getByText('Also delete its file from the disk').click();
  await window.dialog.getByRole('button', { name: 'Remove and delete' }).click();
  await expect(window.rows).toHaveCount(1);
  await expect.poll(() => filesIn(host.downloadFolder)).toEqual(['stays.bin']);
});

test('cancelling in the middle deletes the partial and keeps the row', async ({ origin, host, open }) => {
  origin.serve('/half.bin', { seed: 62, sizeBytes: 200_000 });
  const gate = holdBack(origin, '/half.bin', 100_000);
  const window = await open();
  await window.add([origin.urlOf('/half.bin')]);
  await window.expectProgress('half.bin', 50);
  await window.choose('half.bin', 'Cancel…');
  await window.dialog.getByRole('button', { name: 'Cancel and delete' }).click();
  await window.expectState('half.bin', 'Cancelled');
  await expect.poll(() => filesIn(host.downloadFolder)).toEqual([]);
  gate.open();
});
