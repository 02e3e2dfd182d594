/** The list as a person arranges it: low rows, fewer columns, a search that knows more than words; the same after a reload. */
import { expect, test } from '../fixtures.ts';
import { holdBack, mebibyte } from '../origin-plays.ts';
import { expectSoundWindow } from '../window/window-invariants.ts';

test('compact rows, a hidden column, and a search by state and size', async ({ origin, open }) => {
  origin.serve('/small.txt', { seed: 1, sizeBytes: 1000 });
  origin.serve('/large.iso', { seed: 2, sizeBytes: 3 * mebibyte });
  origin.serve('/half.zip', { seed: 3, sizeBytes: 2 * mebibyte });
  holdBack(origin, '/half.zip', mebibyte);
  const window = await open();
  const { page } = window;
  await window.add(['/small.txt', '/large.iso', '/half.zip', '/gone.bin'].map((path) => origin.urlOf(path)));
  await window.expectState('large.iso', 'Finished');
  await window.expectState('small.txt', 'Finished');
  await window.expectState('gone.bin', 'Failed');
  const high = await window.row('small.txt').boundingBox();

  await page.getByRole('button', { name: 'Columns and rows' }).click();
  await page.getByRole('menuitemradio', { name: 'Compact' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Columns and rows' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Speed' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Sort by Speed' })).toBeHidden();
  const low = await window.row('small.txt').boundingBox();
  expect(low?.height).toBe(28);
  expect(high?.height).toBe(58);
  await expectSoundWindow(page);

  await page.keyboard.press('/');
  await page.keyboard.insertText('>1MB -half');
  await expect(window.rows).toHaveCount(1);
  await expect(window.row('large.iso')).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('failed');
  await expect(window.rows).toHaveCount(1);
  await expect(window.row('gone.bin')).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('larg');
  await expect(window.row('large.iso').locator('mark')).toHaveText('larg');

  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'Sort by Speed' })).toBeHidden();
  expect((await window.row('small.txt').boundingBox())?.height).toBe(28);
});
