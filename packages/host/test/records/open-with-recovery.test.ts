/** Tests what is opened when the database cannot be read, and that nothing is deleted. */
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SluiceError } from '@sluice/contract';
import { silentLog } from '@sluice/engine';
import { expect, test } from 'vitest';
import type { HostNotice } from '../../src/host.ts';
import { databaseFiles } from '../../src/records/database-files.ts';
import { openWithRecovery } from '../../src/records/open-with-recovery.ts';
import { tempFolder } from '../temp-folder.ts';

/** Stands for an engine: content is fine unless it says `damaged`. */
async function tryOpen(folder: string) {
  const { readFileSync } = await import('node:fs');
  return openWithRecovery(folder, silentLog, (path) => {
    const text = readFileSync(path, 'utf8');
    if (text === 'damaged') throw new SluiceError('database-unreadable');
    if (text === 'newer')
      throw new SluiceError('database-unreadable', 'newer', { facts: { version: 9, newestKnown: 1 } });
    if (text === 'bug') throw new SluiceError('internal');
    return text;
  });
}

function asideOf([notice]: readonly HostNotice[]): readonly string[] {
  return notice?.kind === 'database-recovered' ? notice.setAsidePaths : [];
}

test('a sound database is opened as it is, and is private', async () => {
  const folder = await tempFolder();
  expect(await tryOpen(folder)).toEqual({ value: '', notices: [] });
  expect((await stat(databaseFiles(folder).databasePath)).mode & 0o777).toBe(0o600);
});

test('F54: an unreadable one is set aside, with its log, for the last good backup', async () => {
  const folder = await tempFolder();
  const files = databaseFiles(folder);
  await writeFile(files.databasePath, 'damaged');
  await writeFile(`${files.databasePath}-wal`, 'log');
  await writeFile(files.backupPaths[0] ?? '', 'yesterday');
  const { value, notices } = await tryOpen(folder);
  expect(value).toBe('yesterday');
  const [aside = ''] = asideOf(notices);
  expect(aside).toMatch(/sluice-damaged-\d{4}-\d\d-\d\dT[\d-]+\.db$/);
  expect(notices).toEqual([
    { kind: 'database-recovered', setAsidePaths: [aside], restoredFromBackup: true, copiedAtMs: expect.any(Number) },
  ]);
  expect(await readFile(aside, 'utf8')).toBe('damaged');
  expect(await readFile(`${aside}-wal`, 'utf8')).toBe('log');
  expect(await readFile(files.backupPaths[0] ?? '', 'utf8')).toBe('yesterday');
});

test('without a backup it starts afresh, and the evidence stays', async () => {
  const folder = await tempFolder();
  await writeFile(databaseFiles(folder).databasePath, 'damaged');
  const { value, notices } = await tryOpen(folder);
  expect(value).toBe('');
  expect(notices).toMatchObject([{ restoredFromBackup: false }]);
  expect(await readFile(asideOf(notices)[0] ?? '', 'utf8')).toBe('damaged');
});

test('an unreadable backup is set aside too', async () => {
  const folder = await tempFolder();
  const files = databaseFiles(folder);
  await writeFile(files.databasePath, 'damaged');
  await writeFile(files.backupPaths[0] ?? '', 'damaged');
  const { value, notices } = await tryOpen(folder);
  expect(value).toBe('');
  expect(new Set(asideOf(notices)).size).toBe(2);
});

test.each([
  ['empty', ''],
  ['gone', null],
])('F54: a list whose file is %s comes back from the backup', async (_what, text) => {
  const folder = await tempFolder();
  const files = databaseFiles(folder);
  await writeFile(files.backupPaths[0] ?? '', 'yesterday');
  if (text !== null) await writeFile(files.databasePath, text);
  const { value, notices } = await tryOpen(folder);
  expect(value).toBe('yesterday');
  expect(notices).toEqual([
    { kind: 'database-recovered', setAsidePaths: [], restoredFromBackup: true, copiedAtMs: expect.any(Number) },
  ]);
});

test('F54: one that a newer release wrote stays in its place', async () => {
  const folder = await tempFolder();
  const files = databaseFiles(folder);
  await writeFile(files.databasePath, 'newer');
  await writeFile(files.backupPaths[0] ?? '', 'yesterday');
  await expect(tryOpen(folder)).rejects.toMatchObject({ code: 'database-unreadable' });
  expect(await readFile(files.databasePath, 'utf8')).toBe('newer');
});

test('any other failure leaves the files alone', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'sluice.db'), 'bug');
  await expect(tryOpen(folder)).rejects.toMatchObject({ code: 'internal' });
  expect(await readdir(folder)).toEqual(['sluice.db']);
});

test('F122 the newest copy that can be read is taken, and those before it cannot push it out', async () => {
  const folder = await tempFolder();
  const { databasePath, backupPaths } = databaseFiles(folder);
  const texts = ['damaged', 'last hour', 'yesterday'];
  await writeFile(databasePath, 'damaged');
  for (const [place, path] of backupPaths.entries()) await writeFile(path, texts[place] ?? '');
  const { value, notices } = await tryOpen(folder);
  expect(value).toBe('last hour');
  expect(asideOf(notices)).toHaveLength(2);
  expect(await readdir(folder)).not.toContain('sluice-backup.db');
  expect(await readFile(backupPaths[1] ?? '', 'utf8')).toBe('last hour');
  const made = (await stat(backupPaths[1] ?? '')).mtimeMs;
  expect(notices).toMatchObject([{ restoredFromBackup: true, copiedAtMs: made }]);
});

test('F122 an older copy is enough to know that there was a list', async () => {
  const folder = await tempFolder();
  await writeFile(databaseFiles(folder).backupPaths[2] ?? '', 'yesterday');
  expect(await tryOpen(folder)).toMatchObject({ value: 'yesterday', notices: [{ restoredFromBackup: true }] });
});
