/** Tests the making and keeping of the web server's token. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadToken } from '../../src/web/token.ts';
import { tempFolder } from '../temp-folder.ts';

test('256 random bits, the same at every start, for the user alone', async () => {
  const folder = await tempFolder();
  const token = await loadToken(folder);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(await loadToken(folder)).toBe(token);
  expect((await stat(join(folder, 'web-token'))).mode & 0o777).toBe(0o600);
  expect(await loadToken(await tempFolder())).not.toBe(token);
});

test('a damaged or guessable one is replaced', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'web-token'), 'short', { mode: 0o644 });
  const token = await loadToken(folder);
  expect((await readFile(join(folder, 'web-token'), 'utf8')).trim()).toBe(token);
  expect(token).toHaveLength(43);
  expect((await stat(join(folder, 'web-token'))).mode & 0o777).toBe(0o600);
});
