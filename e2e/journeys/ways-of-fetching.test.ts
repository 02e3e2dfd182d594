/** How a download is fetched, and when it gives up, can be chosen and changed again. */
import { expectSeededFile } from '../files.ts';
import { expect, test } from '../fixtures.ts';
import { holdBack, mebibyte } from '../origin-plays.ts';

test('a download is fetched by the way that was chosen, and goes on by another', async ({ origin, host, open }) => {
  const file = { seed: 81, sizeBytes: 4 * mebibyte };
  origin.serve('/way.bin', file);
  const gate = holdBack(origin, '/way.bin', mebibyte);
  const window = await open();
  await window.openAdd();
  await window.links.fill(origin.urlOf('/way.bin'));
  await window.dialog.getByRole('button', { name: /^Sign-in, cookies/ }).click();
  await window.dialog.getByRole('button', { name: /Backend$/ }).click();
  await window.page.getByRole('option', { name: 'curl (system)' }).click();
  await window.confirmAdd();
  await window.expectProgress('way.bin', 25);
  await window.row('way.bin').click();
  await window.toolbarButton('Details').click();
  const details = window.page.getByRole('region', { name: 'Details' });
  await expect(details).toContainText('Backendcurl (system)');
  await window.choose('way.bin', 'New link…');
  await window.dialog.getByRole('button', { name: /^Sign-in, cookies/ }).click();
  await window.dialog.getByRole('button', { name: /Backend$/ }).click();
  await window.page.getByRole('option', { name: 'Automatic' }).click();
  await window.dialog.getByRole('button', { name: 'Continue from this link' }).click();
  await expect(window.dialog).toBeHidden();
  gate.open();
  await window.expectState('way.bin', 'Finished');
  await expect(details).not.toContainText('Backend');
  await expectSeededFile(host.downloadFolder, 'way.bin', file);
});

test('a download that is on the list gives up after as many attempts as are set later', async ({ origin, open }) => {
  origin.serve('/no.bin', { seed: 82, sizeBytes: mebibyte });
  origin.script('/no.bin', { status: 503, headers: { 'Retry-After': '3600' } });
  const window = await open();
  await window.add([origin.urlOf('/no.bin')]);
  await window.expectState('no.bin', 'Waiting');
  await window.choose('no.bin', 'Limits…');
  await window.dialog.getByRole('button', { name: /Give up$/ }).click();
  await window.page.getByRole('option', { name: 'After this many:' }).click();
  const attempts = window.dialog.getByRole('textbox', { name: 'Failed attempts in a row' });
  await attempts.fill('1');
  await attempts.press('Tab');
  await window.dialog.getByRole('button', { name: 'Save' }).click();
  await window.expectState('no.bin', 'Waiting');
  await window.action('no.bin', 'Try now').click();
  await window.expectState('no.bin', 'Failed');
});
