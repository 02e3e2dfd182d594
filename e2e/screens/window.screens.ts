/** The window in its key states, as one picture each. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Origin } from '@sluice/testkit/origin';
import { expect, test } from '../fixtures.ts';
import { holdBack, mebibyte } from '../origin-plays.ts';

const folder = join(import.meta.dirname, '../test-results/screens');

interface Example {
  readonly path: string;
  readonly sizeBytes: number;
  /** How much of it has come when the picture is taken; all of it when absent. */
  readonly stalledAtBytes?: number;
}

const examples: readonly Example[] = [
  { path: '/debian-13.2.0-amd64-netinst.iso', sizeBytes: 40 * mebibyte },
  { path: '/field-recordings-autumn.tar.gz', sizeBytes: 96 * mebibyte, stalledAtBytes: 61 * mebibyte },
  { path: '/openstreetmap-europe.pbf', sizeBytes: 400 * mebibyte, stalledAtBytes: 92 * mebibyte },
  { path: '/lecture-07-water-engineering.mp4', sizeBytes: 180 * mebibyte, stalledAtBytes: 140 * mebibyte },
];

function serveExamples(origin: Origin): void {
  for (const [seed, { path, sizeBytes, stalledAtBytes }] of examples.entries()) {
    origin.serve(path, { seed, sizeBytes });
    if (stalledAtBytes !== undefined) holdBack(origin, path, stalledAtBytes);
  }
  origin.script('/busy-mirror.zip', { status: 503, headers: { 'Retry-After': '1800' } });
}

test('key states', async ({ origin, open }, { project }) => {
  await mkdir(folder, { recursive: true });
  const shoot = async (page: Page, state: string): Promise<void> => {
    await page.screenshot({ path: join(folder, `${state}-${project.name}.png`) });
  };
  serveExamples(origin);
  const window = await open();
  const { page } = window;
  await expect(page.getByRole('heading', { name: 'No downloads yet' })).toBeVisible();
  await shoot(page, 'empty');

  await window.openAdd();
  const urls = examples.map(({ path }) => origin.urlOf(path));
  await window.links.fill([...urls, 'htp://example.test/typo.bin'].join('\n'));
  await shoot(page, 'add');
  await window.links.fill(urls.join('\n'));
  await window.confirmAdd();
  await window.add([origin.urlOf('/gone/annual-report-2019.pdf')]);
  await window.expectState('annual-report-2019.pdf', 'Failed');
  await window.add([origin.urlOf('/photos-originals.zip')], { paused: true });
  // Last: its Retry-After starts a cooldown of the host.
  await window.add([origin.urlOf('/busy-mirror.zip')]);

  await window.expectState('debian-13.2.0-amd64-netinst.iso', 'Finished');
  await window.expectState('busy-mirror.zip', 'Waiting');
  await window.expectProgress('field-recordings-autumn.tar.gz', 63);
  await window.expectProgress('openstreetmap-europe.pbf', 22);
  await window.expectProgress('lecture-07-water-engineering.mp4', 77);
  await window.action('lecture-07-water-engineering.mp4', 'Pause').click();
  await window.expectState('lecture-07-water-engineering.mp4', 'Paused');
  await shoot(page, 'list');

  await window.row('openstreetmap-europe.pbf').click();
  await page.keyboard.press('i');
  await expect(page.getByText('ETag')).toBeVisible();
  await shoot(page, 'details');
  await page.keyboard.press('i');

  await window.openSettings();
  await shoot(page, 'settings');
  await page.keyboard.press('Escape');

  await window.choose('field-recordings-autumn.tar.gz', 'Remove…');
  await shoot(page, 'remove');
  await page.keyboard.press('Escape');

  await page.setViewportSize({ width: 700, height: 560 });
  await shoot(page, 'narrow');
});
