/** The window itself: it mirrors its host after a reload, fits where it is put, and holds ten thousand rows. */
import { expect, test } from '../fixtures.ts';
import { holdBack, mebibyte } from '../origin-plays.ts';
import { paste } from '../window/hand-in.ts';
import { expectSoundWindow } from '../window/window-invariants.ts';

test('F62: a reloaded window shows the same list, and what runs runs on', async ({ origin, open }) => {
  origin.serve('/r.bin', { seed: 81, sizeBytes: mebibyte });
  origin.serve('/done.bin', { seed: 82, sizeBytes: 100 });
  const gate = holdBack(origin, '/r.bin', mebibyte / 2);
  const window = await open();
  await window.add([origin.urlOf('/r.bin'), origin.urlOf('/done.bin')]);
  await window.expectState('done.bin', 'Finished');
  await window.expectProgress('r.bin', 50);
  await window.page.reload();
  await window.expectState('done.bin', 'Finished');
  await window.expectProgress('r.bin', 50);
  gate.open();
  await window.expectState('r.bin', 'Finished');
});

test('the page does nothing that its own policy forbids', async ({ open }) => {
  const window = await open();
  // A link signs in once: a page that is reloaded before that is signed out.
  await expect(window.toolbarButton('Settings')).toBeVisible();
  const complaints: string[] = [];
  window.page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  await window.page.reload();
  await window.openSettings();
  expect(complaints).toEqual([]);
});

test('F62: ten thousand rows are as light as ten', async ({ origin, open }) => {
  const window = await open();
  const count = 10_000;
  const names = Array.from({ length: count }, (_none, index) => `file-${String(index).padStart(5, '0')}.bin`);
  await paste(window.page, names.map((name) => origin.urlOf(`/${name}`)).join('\n'));
  await expect(window.dialog).toContainText('10000 links');
  await window.confirmAdd({ paused: true });
  await window.expectState('file-00000.bin', 'Paused');
  await expect(window.page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(count + 1));
  expect(await window.rows.count()).toBeLessThan(100);

  await window.row('file-00000.bin').click();
  await window.page.keyboard.press('End');
  await window.expectState('file-09999.bin', 'Paused');
  expect(await window.rows.count()).toBeLessThan(100);
  await window.page.keyboard.press('/');
  await window.page.keyboard.insertText('file-04321');
  await expect(window.rows).toHaveCount(1);
  await window.expectState('file-04321.bin', 'Paused');
  await window.page.keyboard.press('Escape');
  await window.page.reload();
  await window.expectState('file-00000.bin', 'Paused');
});

test('nothing sticks out at 700 pixels', async ({ origin, host, open }) => {
  const name = `${'a-very-long-name-'.repeat(8)}.bin`;
  origin.serve('/long', { seed: 83, sizeBytes: 1000, contentDisposition: `attachment; filename="${name}"` });
  const window = await open();
  if (host.desktop === null) await window.page.setViewportSize({ width: 700, height: 560 });
  else await host.desktop.window.move({ x: 0, y: 0, width: 700, height: 560 });
  await expect.poll(() => window.page.evaluate(() => innerWidth)).toBeLessThanOrEqual(700);
  await window.add([origin.urlOf('/long'), origin.urlOf('/missing')]);
  await window.expectState(name, 'Finished');
  await window.expectState('missing', 'Failed');
  const overflow = (): Promise<number> =>
    window.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow()).toBe(0);
  await window.openSettings();
  expect(await overflow()).toBe(0);
  await window.page.keyboard.press('Escape');
  await window.openAdd();
  expect(await overflow()).toBe(0);
});

test('names from the network are text, never markup', async ({ origin, open }) => {
  const name = '<img src=x onerror=alert(1)>.bin';
  origin.serve('/evil', { seed: 84, sizeBytes: 10, contentDisposition: `attachment; filename="${name}"` });
  const window = await open();
  let alerted = false;
  window.page.on('dialog', () => (alerted = true));
  await window.add([origin.urlOf('/evil')]);
  await expect(window.rows).toHaveCount(1);
  await expect(window.rows.first()).toContainText('img src=x');
  await expect(window.page.locator('img')).toHaveCount(0);
  expect(alerted).toBe(false);
});

test('F101 F110 F112: a number field, a reload and a low window leave the frame whole', async ({ origin, open }) => {
  const window = await open();
  await window.add(
    Array.from({ length: 12 }, (_none, index) => origin.urlOf(`/file-${index}.bin`)),
    { paused: true },
  );
  await window.expectState('file-11.bin', 'Paused');
  await window.openSettings();
  await window.dialog.getByRole('textbox', { name: 'Downloads at the same time' }).fill('7');
  await window.page.keyboard.press('Tab');
  await expectSoundWindow(window.page);
  await window.page.keyboard.press('Escape');
  await expect(window.dialog).toBeHidden();

  await window.row('file-3.bin').click();
  await window.page.keyboard.press('i');
  await window.page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await window.page.setViewportSize({ width: 640, height: 400 });
  await expect(window.page.getByRole('region', { name: 'Details' })).toBeVisible();
  await expectSoundWindow(window.page);
  const list = await window.page.getByRole('grid').boundingBox();
  // The head of the list and three rows.
  expect(list?.height).toBeGreaterThanOrEqual(32 + 3 * 58);

  await window.page.reload();
  await expect(window.page.getByRole('region', { name: 'Details' })).toBeVisible();
  await expect(window.page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending');
});
