import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startOrigin } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { download } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const body = '<p>Choose a mirror';

it.each(['socket', 'undici', 'curl'] as const)('F82 a page is taken where acceptPage says so: %s', async (backend) => {
  await using origin = await startOrigin();
  origin.serve('/file.zip', { body, contentType: 'text/html' });
  const url = origin.urlOf('/file.zip');
  const file = join(temporaryFolder(), 'file.zip');
  const refused = { code: 'page-instead-of-file' };
  await expect(download(url, { backend })).rejects.toMatchObject(refused);
  await expect(download(url, { backend, file })).rejects.toMatchObject(refused);
  await expect(download(url, { backend, file, request: { acceptPage: false } })).rejects.toMatchObject(refused);
  const request = { acceptPage: true };
  expect(Buffer.from((await download(url, { backend, request })).bytes).toString()).toBe(body);
  await download(url, { backend, file, request });
  expect(await readFile(file, 'utf8')).toBe(body);
});

it('F82 acceptPage that is neither true nor false is refused', async () => {
  const request = { acceptPage: 'yes' } as unknown as { acceptPage: boolean };
  await expect(download('https://example.org/file.zip', { request })).rejects.toMatchObject({
    code: 'request-invalid',
  });
});
