/** Every main screen passes axe in both themes, and nothing in the console says that a policy was broken. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { holdBack, mebibyte } from '../origin-plays.ts';

async function expectAccessible(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    expect(found, `${screen}, ${colorScheme}`).toEqual([]);
  }
}

test('the main screens, light and dark', async ({ origin, open }) => {
  // Twelve analyses of a whole page each: seconds on a quiet machine, minutes on a busy one.
  test.setTimeout(240_000);
  const complaints: string[] = [];
  origin.serve('/done.bin', { seed: 91, sizeBytes: 1000 });
  origin.serve('/half.bin', { seed: 92, sizeBytes: 2 * mebibyte });
  const gate = holdBack(origin, '/half.bin', mebibyte);
  const window = await open();
  window.page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await expect(window.page.getByRole('heading', { name: 'No downloads yet' })).toBeVisible();
  await expectAccessible(window.page, 'empty');

  await window.add(['/done.bin', '/half.bin', '/missing.bin'].map((path) => origin.urlOf(path)));
  await window.expectState('done.bin', 'Finished');
  await window.expectState('missing.bin', 'Failed');
  await window.expectProgress('half.bin', 50);
  await expectAccessible(window.page, 'list');

  await window.row('half.bin').click();
  await window.page.keyboard.press('i');
  await expectAccessible(window.page, 'details');

  await window.openAdd();
  await window.links.fill('htp://example.test/typo');
  await expectAccessible(window.page, 'add');
  await window.page.keyboard.press('Escape');

  await window.openSettings();
  await expectAccessible(window.page, 'settings');
  await window.page.keyboard.press('Escape');

  await window.choose('half.bin', 'Remove…');
  await expectAccessible(window.page, 'remove');
  expect(complaints).toEqual([]);
  gate.open();
});
