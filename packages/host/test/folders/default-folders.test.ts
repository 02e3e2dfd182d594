/** Tests which folders are taken when nobody says otherwise. */
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { defaultHostFolders } from '../../src/folders/default-folders.ts';
import { tempFolder } from '../temp-folder.ts';

afterEach(() => vi.unstubAllEnvs());

test.runIf(process.platform === 'linux')('follows the XDG folders of the user', async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, 'config'));
  await writeFile(join(folder, 'config', 'user-dirs.dirs'), 'XDG_DOWNLOAD_DIR="/mnt/incoming"\n');
  vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'));
  expect(defaultHostFolders().downloadFolder).toBe('/mnt/incoming');
});

test('falls back to Downloads at home', async () => {
  vi.stubEnv('XDG_CONFIG_HOME', await tempFolder());
  const { dataFolder, downloadFolder } = defaultHostFolders();
  expect(downloadFolder).toBe(join(homedir(), 'Downloads'));
  expect(dataFolder).toMatch(/sluice/i);
});
