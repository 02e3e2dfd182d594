/** Unfinished files that no list knows are found in their folder, and go on from what they hold. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededBytes } from '@sluice/testkit/origin';
import { expectCheckpoint, expectSeededFile } from '../files.ts';
import { expect, test } from '../fixtures.ts';
import { holdBack, mebibyte, rangeStartsSince } from '../origin-plays.ts';

test('what another list began is adopted, and a partial without its journal goes on with its link', async ({
  origin,
  host,
  open,
}) => {
  const file = { seed: 71, sizeBytes: 4 * mebibyte };
  const stray = { seed: 72, sizeBytes: 3 * mebibyte };
  origin.serve('/half.bin', file);
  origin.serve('/stray.bin', stray);
  const gate = holdBack(origin, '/half.bin', mebibyte);
  const before = await open();
  await before.add([origin.urlOf('/half.bin')]);
  await before.expectProgress('half.bin', 25);
  await before.action('half.bin', 'Pause').click();
  await before.expectState('half.bin', 'Paused');
  await expectCheckpoint(host.downloadFolder, 'half.bin', mebibyte);

  // As after moving to another computer: the files are in a folder of which the list knows nothing.
  const moved = join(host.downloadFolder, 'moved');
  await mkdir(moved);
  for (const ending of ['sluice', 'sluice-journal']) {
    await rename(join(host.downloadFolder, `half.bin.${ending}`), join(moved, `half.bin.${ending}`));
  }
  // Without a journal only the link can tell that these bytes are right.
  await writeFile(join(moved, 'stray.bin.sluice'), seededBytes(stray.seed, 0, mebibyte));
  await before.choose('half.bin', 'Remove…');
  await before.dialog.getByRole('checkbox').check({ force: true });
  await before.dialog.getByRole('button', { name: 'Remove and delete' }).click();
  await expect(before.rows).toHaveCount(0);

  const asked = origin.requestsOf('/half.bin').length;
  gate.open();
  await before.toolbarButton('Adopt unfinished files…').click();
  if (host.desktop === null) {
    await before.dialog.getByRole('combobox', { name: 'Folder' }).fill(moved);
  } else {
    await host.desktop.dialogs.answer({ kind: 'open', filePaths: [moved] });
    await before.dialog.getByRole('button', { name: 'Browse…' }).click();
    await expect(before.dialog.getByRole('combobox', { name: 'Folder' })).toHaveValue(moved);
  }
  await before.dialog.getByRole('button', { name: 'Adopt', exact: true }).click();
  await expect(before.dialog).toContainText('1 file was adopted.');
  await before.dialog.getByRole('textbox', { name: 'Link of stray.bin' }).fill(origin.urlOf('/stray.bin'));
  await before.dialog.getByRole('button', { name: 'Adopt', exact: true }).click();
  await before.dialog.getByRole('button', { name: 'Close' }).click();
  await before.expectState('half.bin', 'Finished');
  await before.expectState('stray.bin', 'Finished');
  await expectSeededFile(moved, 'stray.bin', stray);
  await expectSeededFile(moved, 'half.bin', file);
  for (const start of rangeStartsSince(origin, '/half.bin', asked)) expect(start).toBeGreaterThan(0);
  const sentOfStray = origin.requestsOf('/stray.bin').map(({ bodyBytesSent }) => bodyBytesSent);
  expect(sentOfStray.reduce((sum, sent) => sum + sent, 0)).toBeLessThan(stray.sizeBytes);
});
