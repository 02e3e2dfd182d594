/** Tests hosts as programs use them: one owner, a list that lasts, damage that is survived, a quick end. */
import { copyFile, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getAttribute } from '@napi-rs/xattr';
import { seededSha256, startOrigin } from '@sluice/testkit/origin';
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { createHost } from '../src/create-host.ts';
import type { Host, HostOptions } from '../src/host.ts';
import { backUpDatabase } from '../src/records/backup.ts';
import { databaseFiles } from '../src/records/database-files.ts';
import { tempFolder } from './temp-folder.ts';

async function optionsIn(folder: string): Promise<HostOptions> {
  return { dataFolder: join(folder, 'data'), downloadFolder: join(folder, 'in'), version: '0.0.0' };
}

async function open(options: HostOptions): Promise<Host> {
  const host = await createHost(options);
  onTestFinished(() => host.close());
  return host;
}

async function serveFile() {
  const origin = await startOrigin();
  onTestFinished(() => origin.close());
  origin.serve('/f.bin', { seed: 1, sizeBytes: 300_000 });
  return origin;
}

test('a download runs through, and the list is there after a restart', async () => {
  const origin = await serveFile();
  const options = await optionsIn(await tempFolder());
  const host = await open(options);
  await host.api.add({ downloads: [{ url: origin.urlOf('/f.bin') }] });
  await expect.poll(async () => (await host.api.snapshot({})).downloads[0]?.state.kind).toBe('finished');
  const bytes = await readFile(join(options.downloadFolder, 'f.bin'));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(seededSha256(1, 300_000));
  await host.close();
  const again = await open(options);
  expect((await again.api.snapshot({})).downloads).toMatchObject([{ name: 'f.bin', state: { kind: 'finished' } }]);
  expect(again.notices).toEqual([]);
});

test('a host at rest changes the list and fetches nothing; the next one does', async () => {
  const origin = await serveFile();
  const options = await optionsIn(await tempFolder());
  const resting = await open({ ...options, atRest: true });
  const { results } = await resting.api.add({ downloads: [{ url: origin.urlOf('/f.bin') }] });
  const ids = results.flatMap((result) => (result.kind === 'added' ? result.id : []));
  await resting.api.pause({ ids });
  await resting.api.resume({ ids });
  await resting.api.writeSettings({ maxRunning: 2 });
  expect((await resting.api.snapshot({})).downloads).toMatchObject([{ state: { kind: 'queued' } }]);
  await resting.close();
  expect(origin.requests).toEqual([]);
  const running = await open(options);
  await expect.poll(async () => (await running.api.snapshot({})).downloads[0]?.state.kind).toBe('finished');
});

test('F55: a data folder has one host; a refused one changes nothing', async () => {
  const options = await optionsIn(await tempFolder());
  const host = await open(options);
  await expect(createHost(options)).rejects.toMatchObject({ code: 'host-busy', facts: { path: options.dataFolder } });
  await host.api.add({ downloads: [{ url: 'http://127.0.0.1:9/f' }], start: false });
  await host.close();
  expect((await (await open(options)).api.snapshot({})).downloads).toHaveLength(1);
});

test('closing twice is closing once', async () => {
  const host = await open(await optionsIn(await tempFolder()));
  const closing = host.close();
  expect(host.close()).toBe(closing);
  await closing;
});

test('a host that could not start lets go of the folder', async () => {
  const folder = await tempFolder();
  const options = await optionsIn(folder);
  await writeFile(options.dataFolder, 'a file where the folder should be');
  await expect(createHost(options)).rejects.toMatchObject({ code: 'folder-missing' });
});

function asidePathOf({ notices: [notice] }: Host): string {
  return (notice?.kind === 'database-recovered' ? notice.setAsidePaths[0] : undefined) ?? '';
}

test('F54: a damaged database is set aside and the last good backup takes its place', async () => {
  const options = await optionsIn(await tempFolder());
  const first = await open(options);
  await first.api.add({ downloads: [{ url: 'http://127.0.0.1:9/one' }], start: false });
  await first.close();
  const files = databaseFiles(options.dataFolder);
  expect(await backUpDatabase(files.backupPaths, (path) => copyFile(files.databasePath, path))).toBe(true);
  const damaged = await readFile(files.databasePath);
  damaged.fill(0xff, 0, 512);
  await writeFile(files.databasePath, damaged);
  const second = await open(options);
  expect(second.notices).toMatchObject([{ kind: 'database-recovered', restoredFromBackup: true }]);
  expect((await second.api.snapshot({})).downloads.map(({ url }) => url)).toEqual(['http://127.0.0.1:9/one']);
  expect(await readFile(asidePathOf(second))).toEqual(damaged);
  expect(await readFile(join(options.dataFolder, 'sluice.log'), 'utf8')).toContain('set aside');
});

test('F122 a list that only short commands used comes back, whole or row by row, and says so', async () => {
  const options = { ...(await optionsIn(await tempFolder())), atRest: true };
  const command = await open(options);
  for (const name of ['one', 'two']) await command.api.add({ downloads: [{ url: `http://127.0.0.1:9/${name}` }] });
  await command.close();
  const { databasePath } = databaseFiles(options.dataFolder);
  await writeFile(databasePath, '');
  const second = await open(options);
  expect(second.notices).toMatchObject([{ kind: 'database-recovered', restoredFromBackup: true }]);
  expect((await second.api.snapshot({})).downloads).toHaveLength(2);
  await second.close();
  const list = new Database(databasePath);
  list.exec(`UPDATE downloads SET record = replace(record, '"state"', '"st') WHERE record LIKE '%two%'`);
  list.close();
  const third = await open(options);
  expect(third.notices).toEqual([{ kind: 'records-recovered', restored: [expect.stringContaining('two')], lost: [] }]);
  expect((await third.api.snapshot({})).downloads).toHaveLength(2);
});

test.each([
  ['cut in the middle', (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2) + 7)],
  ['zeroed', (bytes: Buffer) => Buffer.alloc(bytes.length)],
  ['of noise', (bytes: Buffer) => Buffer.from(bytes.map((_byte, index) => (index * 7919) % 251))],
])('F54: a database %s does not keep a host from starting', async (_what, damage) => {
  const options = await optionsIn(await tempFolder());
  const first = await open(options);
  await first.api.add({ downloads: [{ url: 'http://127.0.0.1:9/one' }], start: false });
  await first.close();
  const { databasePath } = databaseFiles(options.dataFolder);
  await writeFile(databasePath, damage(await readFile(databasePath)));
  const second = await open(options);
  await second.api.add({ downloads: [{ url: 'http://127.0.0.1:9/two' }], start: false });
  expect((await second.api.snapshot({})).downloads.map(({ url }) => url)).toContain('http://127.0.0.1:9/two');
  await second.close();
  expect((await (await open(options)).api.snapshot({})).downloads.map(({ url }) => url)).toContain(
    'http://127.0.0.1:9/two',
  );
});

test('a memory host owns nothing and leaves nothing', async () => {
  const folder = await tempFolder();
  const options = { ...(await optionsIn(folder)), memory: true };
  const [one, two] = [await open(options), await open(options)];
  await one.api.add({ downloads: [{ url: 'http://127.0.0.1:9/f' }], start: false });
  expect((await two.api.snapshot({})).downloads).toEqual([]);
  await Promise.all([one.close(), two.close()]);
  expect(await readdir(folder)).toEqual([]);
});

test('a finished file says where it came from, in the way of the system', async () => {
  const origin = await serveFile();
  const options = await optionsIn(await tempFolder());
  const host = await open({ ...options, memory: true });
  await host.api.add({ downloads: [{ url: origin.urlOf('/f.bin?token=abc') }] });
  await expect.poll(async () => (await host.api.snapshot({})).downloads[0]?.state.kind).toBe('finished');
  expect(await originOf(join(options.downloadFolder, 'f.bin'))).toMatch(
    process.platform === 'darwin' ? /;Sluice;/ : `${origin.urlOf('/f.bin')}?token=***`,
  );
});

test('many small files at once say where they came from, each of them', async () => {
  await using origin = await startOrigin();
  const paths = Array.from({ length: 60 }, (_, index) => `/${index}.bin`);
  for (const path of paths) origin.serve(path, { seed: 1, sizeBytes: 1000 });
  const options = await optionsIn(await tempFolder());
  const host = await open({ ...options, memory: true });
  await host.api.add({ downloads: paths.map((path) => ({ url: origin.urlOf(path) })) });
  await expect
    .poll(async () => (await host.api.snapshot({})).downloads.every(({ state }) => state.kind === 'finished'))
    .toBe(true);
  for (const path of paths) {
    const mark = process.platform === 'darwin' ? /;Sluice;/ : origin.urlOf(path);
    expect(await originOf(join(options.downloadFolder, path))).toMatch(mark);
  }
});

async function originOf(path: string): Promise<string> {
  if (process.platform === 'win32') return readFile(`${path}:Zone.Identifier`, 'utf8');
  const name = process.platform === 'darwin' ? 'com.apple.quarantine' : 'user.xdg.origin.url';
  return String(await getAttribute(path, name));
}
