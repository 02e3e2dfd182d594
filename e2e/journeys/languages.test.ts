/** The window speaks another language at once, also one that is read from the right, and everything still fits. */
import { expect, test } from '../fixtures.ts';
import { holdBack, mebibyte } from '../origin-plays.ts';
import { expectSoundWindow } from '../window/window-invariants.ts';

test('German, then Arabic from the right, kept over a reload', async ({ origin, open }) => {
  origin.serve('/fertig.bin', { seed: 1, sizeBytes: 1000 });
  origin.serve('/halb.bin', { seed: 2, sizeBytes: 2 * mebibyte });
  holdBack(origin, '/halb.bin', mebibyte);
  const window = await open();
  const { page } = window;
  await window.add(['/fertig.bin', '/halb.bin', '/nirgends.bin'].map((path) => origin.urlOf(path)));
  await window.expectState('nirgends.bin', 'Failed');
  await window.openSettings();
  await window.dialog.getByRole('button', { name: /Language/ }).click();
  await page.getByRole('option', { name: 'Deutsch' }).click();
  await expect(window.dialog.getByRole('heading', { name: 'Einstellungen' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row', { name: 'nirgends.bin' })).toContainText(
    'Unter dieser Adresse gibt es die Datei nicht.',
  );
  await page.setViewportSize({ width: 700, height: 600 });
  await expectSoundWindow(page);
  await page.setViewportSize({ width: 1280, height: 720 });

  await page.getByRole('button', { name: 'Einstellungen' }).click();
  await window.dialog.getByRole('button', { name: /Sprache/ }).click();
  await page.getByRole('option', { name: 'العربية' }).click();
  await page.keyboard.press('Escape');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.getByRole('row', { name: 'fertig.bin' }).getByRole('gridcell').first()).toHaveText('مكتمل');
  await expectSoundWindow(page);
  const sidebar = await page.locator('.sidebar').boundingBox();
  // On the right side now.
  expect(sidebar?.x).toBeGreaterThan(640);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
  await expect(page.getByRole('row', { name: 'halb.bin' })).toBeVisible();
});
