/** Queues: made in the window, they hold what is in them until they may run. */
import { expectSeededFile } from '../files.ts';
import { expect, test } from '../fixtures.ts';
import { mebibyte } from '../origin-plays.ts';

test('a paused queue starts nothing until it goes on, while others run', async ({ origin, host, open }) => {
  const file = { seed: 61, sizeBytes: mebibyte };
  origin.serve('/now.bin', file);
  origin.serve('/later.bin', file);
  const window = await open();
  const queues = window.page.getByRole('navigation', { name: 'Queues' });
  await queues.getByRole('button', { name: 'New queue' }).click();
  await window.dialog.getByRole('textbox', { name: 'Name' }).fill('Later');
  await window.dialog.getByText('Paused').click();
  await window.dialog.getByRole('button', { name: 'Make queue' }).click();
  await window.add([origin.urlOf('/later.bin')]);
  await expect(window.row('later.bin')).toContainText('Queue is paused');
  // The new queue was being looked at; choosing it again shows everything, and what is added goes to the main one.
  await queues.getByRole('button', { name: /^Later/ }).click();
  await window.add([origin.urlOf('/now.bin')]);
  await window.expectState('now.bin', 'Finished');
  await window.expectState('later.bin', 'Queued');
  expect(origin.requestsOf('/later.bin')).toEqual([]);
  await queues.getByRole('button', { name: /^Later/ }).click();
  await queues.getByRole('button', { name: 'Change queue Later' }).click();
  await window.dialog.getByText('Paused').click();
  await window.dialog.getByRole('button', { name: 'Save' }).click();
  await window.expectState('later.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'later.bin', file);
});
