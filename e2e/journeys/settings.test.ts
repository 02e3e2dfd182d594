/** Settings take effect at once and are there after a restart. */
import { expect, test } from '../fixtures.ts';

test('settings last', async ({ host, open }) => {
  const window = await open();
  await window.openSettings();
  const running = window.dialog.getByRole('textbox', { name: 'Downloads at the same time' });
  await running.fill('7');
  await running.press('Enter');
  await window.dialog.getByText('Dark', { exact: true }).click();
  await expect(window.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await window.dialog.getByRole('button', { name: 'Close' }).click();
  await host.stop();

  const again = await open();
  await expect(again.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await again.openSettings();
  await expect(again.dialog.getByRole('textbox', { name: 'Downloads at the same time' })).toHaveValue('7');
});

test('light, dark, and like the system', async ({ open }) => {
  const window = await open();
  const background = (): Promise<string> =>
    window.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await window.page.emulateMedia({ colorScheme: 'light' });
  const light = await background();
  await window.page.emulateMedia({ colorScheme: 'dark' });
  const dark = await background();
  expect(dark).not.toBe(light);
  await window.openSettings();
  await window.dialog.getByText('Light', { exact: true }).click();
  await expect.poll(background).toBe(light);
  await window.dialog.getByText('Dark', { exact: true }).click();
  await window.page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(background).toBe(dark);
});
