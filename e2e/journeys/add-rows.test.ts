/** The Add dialog shows links as rows before anything is fetched, and what it looked up becomes the download. */
import { join } from 'node:path';
import { verifySeeded } from '@sluice/testkit/origin';
import { expect, test } from '../fixtures.ts';
import { paste } from '../window/hand-in.ts';
import { expectSoundWindow } from '../window/window-invariants.ts';

test('real names and sizes, one choice and one other name, and a link that works once', async ({
  origin,
  host,
  open,
}) => {
  const once = { seed: 7, sizeBytes: 300_000, contentDisposition: 'attachment; filename="report 2026.pdf"' };
  origin.serve('/ticket', once);
  origin.script('/ticket', (_request, index) => (index === 0 ? {} : { status: 410 }));
  origin.serve('/unwanted.iso', { seed: 8, sizeBytes: 5000 });
  const window = await open();
  await paste(window.page, `${origin.urlOf('/ticket')}\n${origin.urlOf('/unwanted.iso')}`);
  const table = window.dialog.getByRole('table', { name: 'Links to add' });
  await expect(table.getByRole('textbox').first()).toHaveValue('report 2026.pdf');
  await expect(table).toContainText('300 kB');
  await expect(window.dialog).toContainText('305 kB in all');
  await expectSoundWindow(window.page);
  await table
    .getByRole('row', { name: /unwanted/ })
    .getByRole('checkbox')
    .click({ force: true });
  await expect(window.dialog).toContainText('1 chosen');
  await table.getByRole('textbox').first().fill('mine.pdf');
  await window.confirmAdd();
  await window.expectState('mine.pdf', 'Finished');
  expect(await verifySeeded(join(host.downloadFolder, 'mine.pdf'), 7, once.sizeBytes)).toBeNull();
  expect(origin.requestsOf('/ticket')).toHaveLength(1);
  await expect(window.rows).toHaveCount(1);
});

test('F106 F107: a pattern is spelled out, and what is on the list is shown rather than fetched again', async ({
  origin,
  open,
}) => {
  for (const number of [1, 2, 3]) origin.serve(`/p0${number}.jpg`, { seed: number, sizeBytes: 1000 });
  const window = await open();
  await window.add([origin.urlOf('/p02.jpg')]);
  await window.expectState('p02.jpg', 'Finished');
  await paste(window.page, origin.urlOf('/p[01-03].jpg'));
  await expect(window.dialog).toContainText('3 links, from p01.jpg to p03.jpg');
  const table = window.dialog.getByRole('table', { name: 'Links to add' });
  await expect(table).toContainText('Already on the list');
  await expect(window.dialog).toContainText('2 chosen');
  await window.confirmAdd();
  await window.expectState('p03.jpg', 'Finished');
  await expect(window.rows).toHaveCount(3);
  expect(origin.requestsOf('/p02.jpg')).toHaveLength(1);
});
