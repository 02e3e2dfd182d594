/** Tests what is opened when the database cannot be read, and that nothing is deleted. */
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SluiceError } from '@sluice/contract';
import { silentLog } from '@sluice/engine';
import { expect, test } from 'vitest';
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
  await writeFile(files.backupPath, 'yesterday');
  const { value, notices } = await tryOpen(folder);
  expect(value).toBe('yesterday');
  const [aside = ''] = notices[0]?.setAsidePaths ?? [];
  expect(aside).toMatch(/sluice-damaged-\d{4}-\d\d-\d\dT[\d-]+\.db$/);
  expect(notices).toEqual([{ kind: 'database-recovered', setAsidePaths: [aside], restoredFromBackup: true }]);
  expect(await readFile(aside, 'utf8')).toBe('damaged');
  expect(await readFile(`${aside}-wal`, 'utf8')).toBe('log');
  expect(await readFile(files.backupPath, 'utf8')).toBe('yesterday');
});

test('without a backup it starts afresh, and the evidence stays', async () => {
  const folder = await tempFolder();
  await writeFile(databaseFiles(folder).databasePath, 'damaged');
  const { value, notices } = await tryOpen(folder);
  expect(value).toBe('');
  expect(notices).toMatchObject([{ restoredFromBackup: false }]);
  expect(await readFile(notices[0]?.setAsidePaths[0] ?? '', 'utf8')).toBe('damaged');
});

test('an unreadable backup is set aside too', async () => {
  const folder = await tempFolder();
  const files = databaseFiles(folder);
  await writeFile(files.databasePath, 'damaged');
  await writeFile(files.backupPath, 'damaged');
  const { value, notices } = await tryOpen(folder);
  expect(value).toBe('');
  expect(new Set(notices[0]?.setAsidePaths).size).toBe(2);
});

test.each([
  ['empty', ''],
  ['gone', null],
])('F54: a list whose file is %s comes back from the backup', async (_what, text) => {
  const folder = await tempFolder();
  const files = databaseFiles(folder);
  await writeFile(files.backupPath, 'yesterday');
  if (text !== null) await writeFile(files.databasePath, text);
  const { value, notices } = await tryOpen(folder);
  expect(value).toBe('yesterday');
  expect(notices).toEqual([{ kind: 'database-recovered', setAsidePaths: [], restoredFromBackup: true }]);
});

test('F54: one that a newer release wrote stays in its place', async () => {
  const folder = await tempFolder();
  const files = databaseFiles(folder);
  await writeFile(files.databasePath, 'newer');
  await writeFile(files.backupPath, 'yesterday');
  await expect(tryOpen(folder)).rejects.toMatchObject({ code: 'database-unreadable' });
  expect(await readFile(files.databasePath, 'utf8')).toBe('newer');
});

test('any other failure leaves the files alone', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'sluice.db'), 'bug');
  await expect(tryOpen(folder)).rejects.toMatchObject({ code: 'internal' });
  expect(await readdir(folder)).toEqual(['sluice.db']);
});
