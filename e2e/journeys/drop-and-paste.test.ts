/** Links come in by drag and by paste, anywhere on the window. */
import { expectSeededFile } from '../files.ts';
import { expect, test } from '../fixtures.ts';
import { drop, paste } from '../window/hand-in.ts';

const file = { seed: 41, sizeBytes: 50_000 };

for (const [what, type] of [
  ['link', 'text/uri-list'],
  ['text with a link in it', 'text/plain'],
] as const) {
  test(`drop a ${what}`, async ({ origin, host, open }) => {
    origin.serve('/drop.bin', file);
    const window = await open();
    const link = origin.urlOf('/drop.bin');
    await drop(window.page, type, type === 'text/plain' ? `see ${link} for it` : link);
    await expect(window.links).toHaveValue(new RegExp(link));
    await window.confirmAdd();
    await window.expectState('drop.bin', 'Finished');
    await expectSeededFile(host.downloadFolder, 'drop.bin', file);
  });
}

test('paste several links', async ({ origin, host, open }) => {
  origin.serve('/one.bin', file);
  origin.serve('/two.bin', file);
  const window = await open();
  await paste(window.page, `${origin.urlOf('/one.bin')}\n${origin.urlOf('/two.bin')}`);
  await expect(window.dialog).toContainText('2 links');
  await window.confirmAdd();
  for (const name of ['one.bin', 'two.bin']) {
    await window.expectState(name, 'Finished');
    await expectSeededFile(host.downloadFolder, name, file);
  }
});

test('pasting something without a link says so', async ({ open }) => {
  const window = await open();
  await paste(window.page, 'nothing here');
  await expect(window.page.getByText('There is no link in what you pasted.')).toBeVisible();
  await expect(window.dialog).toBeHidden();
});
