import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createNodeFiles } from '../../../src/adapters/files/node-files.ts';
import { errnoError, temporaryFolder } from './temporary-folder.ts';

const origin = { url: 'https://a.test/f.iso', referrer: 'https://a.test/' };

it('writes the stream that Windows looks for', async () => {
  const path = join(temporaryFolder(), 'f.iso');
  await writeFile(path, 'bytes');
  // Elsewhere the stream's name is that of another file.
  await createNodeFiles('win32').markOrigin(path, origin);
  expect(await readFile(`${path}:Zone.Identifier`, 'utf8')).toBe(
    '[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=https://a.test/\r\nHostUrl=https://a.test/f.iso\r\n',
  );
});

it('sets attributes where there is a way to', async () => {
  const set: (readonly string[])[] = [];
  const files = createNodeFiles('linux', { setAttribute: async (...one) => void set.push(one) });
  await files.markOrigin('/f.iso', origin);
  expect(set).toEqual([
    ['/f.iso', 'user.xdg.origin.url', 'https://a.test/f.iso'],
    ['/f.iso', 'user.xdg.referrer.url', 'https://a.test/'],
  ]);
  await expect(createNodeFiles('linux').markOrigin('/f.iso', origin)).resolves.toBeUndefined();
});

it('says why in the words of the disk', async () => {
  const setAttribute = () => Promise.reject(errnoError('ENOSPC'));
  const marking = createNodeFiles('linux', { setAttribute }).markOrigin('/f.iso', origin);
  await expect(marking).rejects.toMatchObject({ code: 'disk-full' });
});
