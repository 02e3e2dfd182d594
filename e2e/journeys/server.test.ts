/** What only the server has: a link with a key, files to save, a page that finds its host again. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifySeeded } from '@sluice/testkit/origin';
import { expect, test } from '../fixtures.ts';
import { spawnServer } from '../hosts/server-process.ts';

test('the key leaves the address, and without it there is nothing to see @server', async ({
  open,
  chromiumBrowser,
}) => {
  const window = await open();
  expect(window.page.url()).not.toContain('token');
  const stranger = await (await chromiumBrowser()).newContext();
  const page = await stranger.newPage();
  const answer = await page.goto(window.page.url());
  expect(answer?.status()).toBe(401);
  await stranger.close();
});

test('a finished file can be saved from the browser @server', async ({ origin, open }) => {
  const file = { seed: 111, sizeBytes: 300_000 };
  origin.serve('/save.bin', file);
  const window = await open();
  await window.add([origin.urlOf('/save.bin')]);
  await window.expectState('save.bin', 'Finished');
  const [saved] = await Promise.all([
    window.page.waitForEvent('download'),
    window.action('save.bin', 'Save a copy').click(),
  ]);
  expect(saved.suggestedFilename()).toBe('save.bin');
  expect(await verifySeeded(await saved.path(), file.seed, file.sizeBytes)).toBeNull();
});

test('an open page finds its host again after a kill @server', async ({ origin, host, open }) => {
  origin.serve('/before.bin', { seed: 112, sizeBytes: 1000 });
  origin.serve('/after.bin', { seed: 113, sizeBytes: 1000 });
  const window = await open();
  await window.add([origin.urlOf('/before.bin')]);
  await window.expectState('before.bin', 'Finished');
  await host.kill();
  const banner = window.page.getByText('The connection to the engine is lost.');
  await expect(banner).toBeVisible();
  await host.restart();
  await expect(banner).toBeHidden();
  await window.expectState('before.bin', 'Finished');
  await window.add([origin.urlOf('/after.bin')]);
  await window.expectState('after.bin', 'Finished');
});

test('a second server on the same data says who is there or hands its links over, and the first goes on @server', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-e2e-second-'));
  const args = ['--port', '0', '--data', join(folder, 'data'), '--folder', join(folder, 'in')];
  const first = await spawnServer(args);
  try {
    await expect(spawnServer(args)).rejects.toThrow(`Another Sluice is already using ${join(folder, 'data')}`);
    await expect(spawnServer([...args, 'http://127.0.0.1:9/handed.bin'])).rejects.toThrow('Handed to the Sluice');
    expect((await fetch(first.url, { redirect: 'manual' })).status).toBe(303);
    const port = new URL(first.url).port;
    const other = ['--port', port, '--data', join(folder, 'other'), '--folder', join(folder, 'in')];
    await expect(spawnServer(other)).rejects.toThrow(`Port ${port} is in use`);
    expect(await first.end('SIGTERM')).toBe(0);
  } finally {
    await first.end('SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 20 });
  }
});
