import { mkdir, mkdtemp, readdir, rename, rm, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PersistLimit } from '../../src/limit/persist-limit.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-limit-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** @param age larger is longer ago */
async function file(name: string, sizeBytes: number, age: number): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, new Uint8Array(sizeBytes));
  await utimes(path, new Date(Date.UTC(2030, 0, 100 - age)), new Date());
  return path;
}

async function names(): Promise<readonly string[]> {
  return (await readdir(folder)).toSorted();
}

async function limited(options: { sizeBytes: number; minFiles: number }): Promise<PersistLimit> {
  const limit = new PersistLimit(options);
  await limit.registerFolder(folder);
  return limit;
}

describe('what is removed', () => {
  test.each<[string, { sizeBytes: number; minFiles: number }, string[]]>([
    ['nothing without a limit', { sizeBytes: 0, minFiles: 0 }, ['a', 'b', 'c', 'd']],
    ['nothing below the limit', { sizeBytes: 40, minFiles: 0 }, ['a', 'b', 'c', 'd']],
    ['the oldest access first', { sizeBytes: 39, minFiles: 0 }, ['a', 'c', 'd']],
    ['no more than needed', { sizeBytes: 20, minFiles: 0 }, ['a', 'c']],
    ['not below the floor', { sizeBytes: 1, minFiles: 3 }, ['a', 'c', 'd']],
    ['all of it where nothing fits', { sizeBytes: 1, minFiles: 0 }, []],
  ])('%s', async (_what, options, left) => {
    await file('a', 10, 1);
    await file('b', 10, 40);
    await file('c', 10, 20);
    await file('d', 10, 30);
    const limit = await limited(options);
    const removed = await limit.removeOld();
    expect(await names()).toEqual(left);
    expect(removed).toHaveLength(4 - left.length);
    expect(limit.files).toHaveLength(left.length);
  });

  test('a file that was used since goes later', async () => {
    const old = await file('old', 10, 50);
    await file('young', 10, 10);
    const limit = await limited({ sizeBytes: 10, minFiles: 0 });
    await utimes(old, new Date(Date.UTC(2031, 0, 1)), new Date());
    await limit.removeOld();
    expect(await names()).toEqual(['old']);
  });
});

describe('what is never removed', () => {
  test('files that were not registered, links, folders and what a pattern leaves out', async () => {
    await file('match.zip', 10, 10);
    await file('other.txt', 10, 90);
    await mkdir(join(folder, 'folder.zip'));
    await symlink('other.txt', join(folder, 'link.zip'));
    const limit = new PersistLimit({ sizeBytes: 1, minFiles: 0 });
    await limit.registerFolder(folder, '*.zip');
    expect(limit.files).toEqual([join(folder, 'match.zip')]);
    await limit.removeOld();
    expect(await names()).toEqual(['folder.zip', 'link.zip', 'other.txt']);
  });

  test('another file that took the name of a registered one', async () => {
    const path = await file('a', 10, 50);
    await file('b', 10, 10);
    const limit = await limited({ sizeBytes: 1, minFiles: 0 });
    const newcomer = await file('newcomer', 10, 90);
    await rename(newcomer, path);
    expect(await limit.removeOld()).toEqual([join(folder, 'b')]);
    expect(await names()).toEqual(['a']);
  });

  test('files that went meanwhile do not count', async () => {
    const gone = await file('gone', 100, 50);
    await file('here', 10, 10);
    const limit = await limited({ sizeBytes: 50, minFiles: 0 });
    await unlink(gone);
    expect(await limit.removeOld()).toEqual([]);
    expect(limit.files).toEqual([join(folder, 'here')]);
  });
});

test('patterns reach into folders', async () => {
  await mkdir(join(folder, 'deep', 'er'), { recursive: true });
  await writeFile(join(folder, 'deep', 'er', 'x.bin'), 'x');
  const limit = new PersistLimit({ sizeBytes: 1 });
  await limit.registerFolder(folder, '**/*.bin');
  expect(limit.files).toEqual([join(folder, 'deep', 'er', 'x.bin')]);
});

test('a file that is not there is not registered, and neither is a folder that is not', async () => {
  const limit = new PersistLimit({ sizeBytes: 1 });
  await limit.registerFile(join(folder, 'nowhere'));
  await limit.registerFolder(join(folder, 'nowhere'));
  expect(limit.files).toEqual([]);
});

test.each([
  ['sizeBytes', { sizeBytes: -1 }],
  ['sizeBytes', { sizeBytes: 0.5 }],
  ['minFiles', { sizeBytes: 1, minFiles: Number.NaN }],
])('%s that is no count is refused', (name, options) => {
  expect(() => new PersistLimit(options)).toThrow(
    expect.objectContaining({ code: 'request-invalid', facts: { name } }),
  );
});
