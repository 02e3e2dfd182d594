/** Tests the making of a data folder and its mode. */
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makePrivateFolder } from '../../src/folders/private-folder.ts';
import { tempFolder } from '../temp-folder.ts';

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

test('makes the folder and its parents for the user alone', async () => {
  const folder = join(await tempFolder(), 'deep', 'data');
  await makePrivateFolder(folder);
  expect(await modeOf(folder)).toBe(0o700);
});

test('leaves a folder that was there as it is', async () => {
  const folder = join(await tempFolder(), 'data');
  await mkdir(folder, { mode: 0o755 });
  await makePrivateFolder(folder);
  expect(await modeOf(folder)).toBe(0o755);
});

test('says which folder cannot be made', async () => {
  const file = join(await tempFolder(), 'file');
  await writeFile(file, '');
  const folder = join(file, 'data');
  await expect(makePrivateFolder(folder)).rejects.toMatchObject({ code: 'folder-missing', facts: { path: folder } });
});
