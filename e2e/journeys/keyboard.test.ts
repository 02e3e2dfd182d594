/** Everything a pointer does the keyboard does too. */
import type { Page } from '@playwright/test';
import { expectSeededFile } from '../files.ts';
import { expect, test } from '../fixtures.ts';
import { holdBack, mebibyte } from '../origin-plays.ts';

test('add, pause and resume without a pointer', async ({ origin, host, open }) => {
  const file = { seed: 71, sizeBytes: 2 * mebibyte };
  origin.serve('/keys.bin', file);
  const gate = holdBack(origin, '/keys.bin', mebibyte);
  const window = await open();
  const { keyboard } = window.page;
  await expect(window.page.getByRole('heading', { name: 'No downloads yet' })).toBeVisible();
  await keyboard.press('n');
  await expect(window.links).toBeFocused();
  await keyboard.insertText(origin.urlOf('/keys.bin'));
  await keyboard.press('Control+Enter');
  await expect(window.dialog).toBeHidden();
  await window.expectProgress('keys.bin', 50);

  await tabTo(window.page, () => window.row('keys.bin').evaluate((row) => row === document.activeElement));
  await keyboard.press('ArrowDown');
  await expect(window.row('keys.bin')).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Space');
  await window.expectState('keys.bin', 'Paused');
  gate.open();
  await keyboard.press('Space');
  await window.expectState('keys.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'keys.bin', file);

  await keyboard.press('Delete');
  await expect(window.dialog).toBeVisible();
  await keyboard.press('Escape');
  await expect(window.dialog).toBeHidden();
  await expect(window.row('keys.bin')).toBeFocused();
});

test('the list of shortcuts is one key away', async ({ open }) => {
  const window = await open();
  await expect(window.toolbarButton('Settings')).toBeVisible();
  await window.page.keyboard.press('?');
  await expect(window.page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

/** Presses Tab until the wanted element has the focus; a window has far fewer stops than this. */
async function tabTo(page: Page, isThere: () => Promise<boolean>): Promise<void> {
  for (let stop = 0; stop < 40; stop += 1) {
    if (await isThere()) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not get there');
}
