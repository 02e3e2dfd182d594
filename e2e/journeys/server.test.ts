/** What only the server has: a link with a key, files to save, a page that finds its host again. */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { verifySeeded } from '@sluice/testkit/origin';
import { expect, test } from '../fixtures.ts';
import { builtApps } from '../hosts/built-apps.ts';
import { spawnServer } from '../hosts/server-process.ts';

const run = promisify(execFile);

test('the ticket leaves the address, no cookie is set, and a stranger is asked to sign in @server', async ({
  open,
  host,
  chromiumBrowser,
}) => {
  const window = await open();
  expect(window.page.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(await window.page.context().cookies()).toEqual([]);
  const link = /^Sluice is at (\S+)$/m.exec(host.output())?.[1] ?? '';
  const stranger = await (await chromiumBrowser()).newContext();
  const page = await stranger.newPage();
  await page.goto(window.page.url());
  await expect(page.getByRole('heading', { name: 'Sign in to Sluice' })).toBeVisible();
  // The link that the first browser has opened is dead.
  await page.getByLabel('Or paste the link here').fill(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('has been used');
  await stranger.close();
});

test('a browser stays signed in, until its session is revoked; a link lets it in again @server', async ({
  open,
  host,
}) => {
  const window = await open();
  // The list is there: this browser has been let in, and has its key.
  await expect(window.page.getByText('No downloads yet')).toBeVisible();
  await window.page.reload();
  await expect(window.page.getByRole('heading', { name: 'Sign in to Sluice' })).toBeHidden();
  const server = [builtApps.server, '--data', join(dirname(host.downloadFolder), 'data')];
  await run(process.execPath, [...server, '--revoke', 'all']);
  const { stdout: link } = await run(process.execPath, [...server, '--link']);
  await expect(window.page.getByRole('heading', { name: 'Sign in to Sluice' })).toBeVisible();
  await window.page.getByLabel('Or paste the link here').fill(link);
  await window.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(window.page.getByRole('heading', { name: 'Sign in to Sluice' })).toBeHidden();
});

test('the settings show the browsers that are signed in, and sign another one out @server', async ({
  open,
  host,
  chromiumBrowser,
}) => {
  const window = await open();
  await expect(window.page.getByText('No downloads yet')).toBeVisible();
  const server = [builtApps.server, '--data', join(dirname(host.downloadFolder), 'data')];
  const { stdout: link } = await run(process.execPath, [...server, '--link']);
  const other = await (await chromiumBrowser()).newContext();
  const page = await other.newPage();
  await page.goto(link.trim());
  await expect(page.getByText('No downloads yet')).toBeVisible();

  await window.openSettings();
  const browsers = window.page.getByRole('region', { name: 'Signed-in browsers' });
  await expect(browsers.getByRole('listitem')).toHaveCount(2);
  await expect(browsers.getByRole('listitem').filter({ hasText: 'This browser' })).toHaveCount(1);
  await browsers.getByRole('button', { name: 'Sign out all others' }).click();
  await expect(browsers.getByRole('listitem')).toHaveCount(1);
  await expect(page.getByRole('heading', { name: 'Sign in to Sluice' })).toBeVisible();
  await other.close();

  await browsers.getByRole('button', { name: /^Sign out/ }).click();
  await expect(window.page.getByRole('heading', { name: 'Sign in to Sluice' })).toBeVisible();
});

test('a private file leads a browser in, and is gone then @server', async ({ chromiumBrowser }) => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-e2e-open-'));
  // What the server finds in place of the system's way to open a browser.
  const named = join(folder, 'named');
  await writeFile(
    join(folder, 'xdg-open'),
    `#!/bin/sh\nprintf %s "$1" > "${named}.new"\nmv "${named}.new" "${named}"\n`,
  );
  await chmod(join(folder, 'xdg-open'), 0o755);
  const server = await spawnServer(['--port', '0', '--data', join(folder, 'data'), '--folder', join(folder, 'in')], {
    browserFolder: folder,
  });
  try {
    await expect.poll(() => readFile(named, 'utf8').catch(() => '')).toMatch(/open-[0-9a-f]+\.html$/);
    const context = await (await chromiumBrowser()).newContext();
    const page = await context.newPage();
    const path = await readFile(named, 'utf8');
    await page.goto(`file://${path}`);
    await expect(page).toHaveURL(server.url);
    await expect(page.getByRole('button', { name: 'Add' }).first()).toBeVisible();
    await expect.poll(() => readFile(path, 'utf8').catch(() => 'gone')).toBe('gone');
    await context.close();
  } finally {
    await server.end('SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 20 });
  }
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
    expect((await fetch(first.url)).status).toBe(200);
    const port = new URL(first.url).port;
    const other = ['--port', port, '--data', join(folder, 'other'), '--folder', join(folder, 'in')];
    await expect(spawnServer(other)).rejects.toThrow(`Port ${port} is in use`);
    expect(await first.end('SIGTERM')).toBe(0);
  } finally {
    await first.end('SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 20 });
  }
});
