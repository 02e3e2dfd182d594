/** Which folders can take files, and what is said of those that cannot. */
import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareFolder } from '../../../src/commands/get/prepare-folder.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sluice-folder-'));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

function engine(writable: boolean) {
  return { folderInfo: ({ folder }: { folder: string }) => Promise.resolve({ folder, freeBytes: null, writable }) };
}

describe('prepareFolder', () => {
  test('makes what is missing of the way', async () => {
    const folder = join(root, 'a/b/c');
    await prepareFolder(engine(true), folder);
    expect((await stat(folder)).isDirectory()).toBe(true);
    await prepareFolder(engine(true), folder);
  });

  test('a folder the engine cannot write is refused', async () => {
    await expect(prepareFolder(engine(false), root)).rejects.toMatchObject({
      code: 'file-access-denied',
      facts: { folder: root },
    });
  });

  test('a file in its place, or on the way to it, is no folder', async () => {
    const file = join(root, 'file');
    await writeFile(file, '');
    for (const folder of [file, join(file, 'below')]) {
      await expect(prepareFolder(engine(true), folder)).rejects.toMatchObject({
        code: 'folder-missing',
        facts: { folder },
      });
    }
  });

  test('a link to nowhere is no folder', async () => {
    const link = join(root, 'link');
    await symlink(join(root, 'gone'), link);
    await expect(prepareFolder(engine(true), link)).rejects.toMatchObject({ code: 'folder-missing' });
  });

  test('what not even root may make is a matter of permission', async () => {
    await expect(prepareFolder(engine(true), '/proc/self/nowhere')).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:file-access-denied|folder-missing)$/) as string,
    });
  });

  test('a name no disk takes', async () => {
    await expect(prepareFolder(engine(true), join(root, 'x'.repeat(300)))).rejects.toMatchObject({
      code: 'name-invalid',
    });
  });
});
