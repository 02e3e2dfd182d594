import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolders } from '../../../src/adapters/files/make-folders.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'sluice-folders-'));
});
afterEach(() => rm(home, { recursive: true }));

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path)).isDirectory();
}

describe('F86 folders that do not exist yet', () => {
  it('F86 are made by any number of callers at once', async () => {
    for (let round = 0; round < 100; round += 1) {
      const path = join(home, String(round), 'a', 'b');
      const made = await Promise.all(Array.from({ length: 8 }, () => makeFolders(path)));
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await isFolder(path)).toBe(true);
    }
  });

  it('F86 are made although a sibling makes the parent between the failure and the look at it', async () => {
    const path = join(home, 'parent', 'child');
    let tries = 0;
    const racing = async (folder: string): Promise<void> => {
      tries += 1;
      try {
        await mkdir(folder);
      } catch (error) {
        // The system has said ENOENT; a sibling is faster than the next step here.
        await mkdir(join(home, 'parent'), { recursive: true });
        throw error;
      }
    };
    expect(await makeFolders(path, { mkdir: racing })).toBe(true);
    expect(await isFolder(path)).toBe(true);
    expect(tries).toBe(2);
  });

  it('F86 are made although another program removes the parent in between', async () => {
    const path = join(home, 'parent', 'child');
    let removals = 2;
    const racing = async (folder: string): Promise<void> => {
      if (folder === path && removals > 0) {
        removals -= 1;
        await rm(join(home, 'parent'), { recursive: true, force: true });
      }
      await mkdir(folder);
    };
    expect(await makeFolders(path, { mkdir: racing })).toBe(true);
  });
});

it('gives up after a few tries where a file system says ENOENT whatever is there', async () => {
  let tries = 0;
  const never = async (): Promise<void> => {
    tries += 1;
    throw Object.assign(new Error('no'), { code: 'ENOENT' });
  };
  await expect(makeFolders(join(home, 'a', 'b', 'c'), { mkdir: never })).rejects.toMatchObject({ code: 'ENOENT' });
  expect(tries).toBeLessThan(10);
});

it('says what is in the way', async () => {
  await writeFile(join(home, 'file'), '');
  await expect(makeFolders(join(home, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolders(join(home, 'file', 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  await symlink(join(home, 'nowhere'), join(home, 'dangling'));
  await expect(makeFolders(join(home, 'dangling'))).rejects.toMatchObject({ code: 'EEXIST' });
});

it('finds a folder, or a link to one', async () => {
  await mkdir(join(home, 'there'));
  await symlink(join(home, 'there'), join(home, 'link'));
  expect(await makeFolders(join(home, 'there'))).toBe(false);
  expect(await makeFolders(join(home, 'link', 'below'))).toBe(true);
  expect(await isFolder(join(home, 'there', 'below'))).toBe(true);
});
