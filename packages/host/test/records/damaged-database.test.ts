/** F122 on real files: whatever is damaged of the database, the host starts with the newest list that can be read and says so. */
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { createHost } from '../../src/create-host.ts';
import type { Host } from '../../src/host.ts';
import { databaseFiles } from '../../src/records/database-files.ts';
import { tempFolder } from '../temp-folder.ts';

async function open(folder: string): Promise<Host> {
  const host = await createHost({ dataFolder: folder, downloadFolder: folder, atRest: true, version: '0' });
  onTestFinished(() => host.close());
  return host;
}

/** A list that was closed in order, with a copy from then and one from before the second download. */
async function stage() {
  const folder = await tempFolder();
  const { databasePath, backupPaths } = databaseFiles(folder);
  const [newest = '', older = ''] = backupPaths;
  for (const round of [1, 2]) {
    const host = await open(folder);
    await host.api.add({
      downloads: [{ url: `https://u:p@e.org/${round}.bin`, headers: { Cookie: 'a=b' } }],
      start: false,
    });
    await host.api.saveQueue({ name: `Queue ${round}`, maxRunning: round });
    await host.api.writeSettings({ maxRunning: round });
    await host.close();
    // The next copy is to have a place of its own.
    if (round === 1) copyFileSync(newest, older);
  }
  return { folder, databasePath, newest, older };
}

async function check(folder: string) {
  const host = await open(folder);
  const { downloads, queues, settings } = await host.api.snapshot({});
  await host.close();
  return {
    urls: downloads.map(({ url }) => url).sort(),
    queues: queues.map(({ name }) => name),
    maxRunning: settings.maxRunning,
    notices: host.notices,
  };
}

const both = {
  urls: ['https://e.org/1.bin', 'https://e.org/2.bin'],
  queues: ['Main', 'Queue 1', 'Queue 2'],
  maxRunning: 2,
};
const first = { urls: ['https://e.org/1.bin'], queues: ['Main', 'Queue 1'], maxRunning: 1 };

function spoilPage(path: string, table: string): void {
  const database = new Database(path, { readonly: true });
  const page = Number(database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table));
  const pageBytes = Number(database.pragma('page_size', { simple: true }));
  database.close();
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(pageBytes, 0xa5), 0, pageBytes, (page - 1) * pageBytes);
}

const damages: readonly (readonly [string, (path: string) => void])[] = [
  ['emptied', (path) => truncateSync(path, 0)],
  ['cut in half', (path) => truncateSync(path, Math.floor(statSync(path).size / 2))],
  ['cut to a few bytes', (path) => truncateSync(path, 50)],
  ['zeroed', (path) => writeFileSync(path, new Uint8Array(statSync(path).size))],
  ['another file', (path) => writeFileSync(path, 'not a database, but long enough to be taken for one\n'.repeat(100))],
  ...['downloads', 'settings', 'queues', 'secrets', 'host_lessons'].map(
    (table) => [`damaged in its table ${table}`, (path: string) => spoilPage(path, table)] as const,
  ),
];

test.each(damages)('F122 a database %s comes back from the newest copy, and that is said', async (_, spoil) => {
  const { folder, databasePath } = await stage();
  spoil(databasePath);
  const found = await check(folder);
  expect(found).toMatchObject(both);
  expect(found.notices).toMatchObject([
    { kind: 'database-recovered', restoredFromBackup: true, copiedAtMs: expect.any(Number) },
  ]);
  expect(await check(folder)).toEqual({ ...found, notices: [] });
});

test.each(damages.filter(([what]) => what.startsWith('cut in') || what.startsWith('damaged')))(
  'F122 where the newest copy is %s as well, an older one serves',
  async (_, spoil) => {
    const { folder, databasePath, newest } = await stage();
    for (const path of [databasePath, newest]) spoil(path);
    const found = await check(folder);
    expect(found).toMatchObject(first);
    expect(found.notices).toMatchObject([{ kind: 'database-recovered', restoredFromBackup: true }]);
  },
);

test('F122 where nothing can be read a new list is begun, and everything that was there is kept', async () => {
  const { folder, databasePath, newest, older } = await stage();
  for (const path of [databasePath, newest, older])
    writeFileSync(path, 'no database, and not a short one either'.repeat(99));
  const { urls, notices } = await check(folder);
  expect(urls).toEqual([]);
  expect(notices).toMatchObject([{ kind: 'database-recovered', restoredFromBackup: false }]);
  const kept = readdirSync(folder).filter((name) => name.includes('-damaged-'));
  expect(kept).toHaveLength(3);
  expect(readFileSync(join(folder, kept[0] ?? ''), 'utf8')).toContain('no database');
});

test('F122 copies of which something else has the name keep no host from starting', async () => {
  const { folder, databasePath, newest, older } = await stage();
  rmSync(newest);
  mkdirSync(newest);
  truncateSync(databasePath, 0);
  expect(await check(folder)).toMatchObject(first);
  expect(statSync(older).isFile()).toBe(true);
});

test('F122 a copy is made at the end although the clock was set back since the last one', async () => {
  const { folder, databasePath, newest } = await stage();
  const ahead = Date.now() / 1000 + 3600;
  utimesSync(newest, ahead, ahead);
  const host = await open(folder);
  await host.api.add({ downloads: [{ url: 'https://e.org/3.bin' }], start: false });
  await host.close();
  truncateSync(databasePath, 0);
  expect((await check(folder)).urls).toHaveLength(3);
});

test.skipIf(process.platform === 'win32')(
  'a database or a copy that was opened to others is closed to them',
  async () => {
    const { folder, databasePath, newest } = await stage();
    for (const path of [databasePath, newest]) chmodSync(path, 0o666);
    await check(folder);
    expect(statSync(databasePath).mode & 0o777).toBe(0o600);
    chmodSync(newest, 0o666);
    truncateSync(databasePath, 0);
    await check(folder);
    expect(statSync(databasePath).mode & 0o777).toBe(0o600);
  },
);
