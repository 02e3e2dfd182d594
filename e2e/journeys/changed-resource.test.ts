/** When the file on the server changes in the middle, two versions never end up in one file, and a person decides. */
import { readdir } from 'node:fs/promises';
import { expectSeededFile } from '../files.ts';
import { expect, test } from '../fixtures.ts';
import type { DownloadsWindow } from '../window/downloads-window.ts';
import { holdBack, mebibyte } from '../origin-plays.ts';

const before = { seed: 31, sizeBytes: 4 * mebibyte };

for (const [how, after] of [
  ['with another tag and size', { seed: 32, sizeBytes: 5 * mebibyte }],
  ['with the same size', { seed: 32, sizeBytes: 4 * mebibyte }],
] as const) {
  test(`F103 changed ${how} while paused, and replaced`, async ({ origin, host, open }) => {
    origin.serve('/c.bin', before);
    const gate = holdBack(origin, '/c.bin', mebibyte);
    const window = await open();
    await window.add([origin.urlOf('/c.bin')]);
    await window.expectProgress('c.bin', 25);
    await window.action('c.bin', 'Pause').click();
    await window.expectState('c.bin', 'Paused');
    origin.change('/c.bin', after);
    gate.open();
    await window.action('c.bin', 'Resume').click();
    await expectChanged(window);
    await window.action('c.bin', 'Replace').click();
    await window.expectState('c.bin', 'Finished');
    await expectSeededFile(host.downloadFolder, 'c.bin', after);
    expect(await readdir(host.downloadFolder)).toEqual(['c.bin']);
  });
}

test('changed, although the server claims to continue the old one', async ({ origin, host, open }) => {
  origin.serve('/c.bin', before);
  const gate = holdBack(origin, '/c.bin', mebibyte);
  const window = await open();
  await window.add([origin.urlOf('/c.bin')]);
  await window.expectProgress('c.bin', 25);
  await window.action('c.bin', 'Pause').click();
  await window.expectState('c.bin', 'Paused');
  const after = { seed: 33, sizeBytes: 4 * mebibyte };
  origin.serve('/c.bin', after);
  // Answers any range with 206 and the new bytes, whatever If-Range said.
  origin.script('/c.bin', ({ asked }) =>
    asked === null ? {} : { status: 206, send: { start: asked.start, end: asked.end ?? after.sizeBytes } },
  );
  gate.open();
  await window.action('c.bin', 'Resume').click();
  await expectChanged(window);
  await window.action('c.bin', 'Replace').click();
  await window.expectState('c.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'c.bin', after);
  expect(origin.requestsOf('/c.bin').length).toBeGreaterThan(1);
});

test('F103 mine is kept, then the new version is fetched beside it, and mine goes on when the server turns back', async ({
  origin,
  host,
  open,
}) => {
  const after = { seed: 34, sizeBytes: 5 * mebibyte };
  origin.serve('/c.bin', before);
  const gate = holdBack(origin, '/c.bin', mebibyte);
  const window = await open();
  await window.add([origin.urlOf('/c.bin')]);
  await window.expectProgress('c.bin', 25);
  await window.action('c.bin', 'Pause').click();
  origin.change('/c.bin', after);
  gate.open();
  await window.action('c.bin', 'Resume').click();
  await expectChanged(window);
  await window.row('c.bin').getByText('Changed on the server').click();
  await window.page.keyboard.press('i');
  const versions = window.page.getByRole('table', { name: 'Changed on the server' });
  for (const size of ['4.19 MB', '5.24 MB'])
    await expect(versions.getByRole('row', { name: /^Size/ })).toContainText(size);
  await window.page.keyboard.press('i');

  await window.action('c.bin', 'Keep mine').click();
  await window.expectState('c.bin', 'Paused');
  await window.action('c.bin', 'Resume').click();
  await expectChanged(window);
  await window.action('c.bin', 'Fetch beside it').click();
  await window.expectState('c (1).bin', 'Finished');
  await window.expectState('c.bin', 'Paused');
  await expectSeededFile(host.downloadFolder, 'c (1).bin', after);

  origin.change('/c.bin', before);
  await window.action('c.bin', 'Resume').click();
  await window.expectState('c.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'c.bin', before);
});

async function expectChanged(window: DownloadsWindow): Promise<void> {
  await expect(window.row('c.bin')).toContainText('Changed on the server');
}
