import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { download, swarm } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { wrong } from '../wrong.ts';

describe('F89 an answer that is stale at once', () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['without validators', {}, 'GET'],
    ['private, max-age=0', { 'Cache-Control': 'private, max-age=0' }, 'GET'],
    ['no-cache', { 'Cache-Control': 'no-cache' }, 'GET'],
    ['must-revalidate', { 'Cache-Control': 'max-age=0, must-revalidate' }, 'GET'],
    ['with a cookie', { 'Set-Cookie': 'a=1' }, 'GET'],
    ['with an old date', { Expires: 'Thu, 01 Jan 1970 00:00:00 GMT' }, 'GET'],
    ['for any request', { Vary: '*' }, 'GET'],
    ['of a POST', {}, 'POST'],
  ])('F89 has a path in the cache, and is asked for each time: %s', async (_what, headers, method) => {
    await using origin = await startOrigin();
    origin.serve('/a', { body: 'one', etag: null, lastModified: null, headers });
    const cache = temporaryFolder();
    const request = { url: origin.urlOf('/a'), method: method as 'GET' };
    const first = await download(request, { cache, dest: true });
    expect(first.cacheUse).toBe('fetched');
    expect(await readFile(first.path, 'utf8')).toBe('one');
    origin.change('/a', { body: 'two' });
    const second = await download(request, { cache, dest: true });
    expect(await readFile(second.path, 'utf8')).toBe('two');
    expect(origin.requests).toHaveLength(2);
  });

  it('F89 no-store is honoured all the same', async () => {
    await using origin = await startOrigin();
    origin.serve('/a', { body: 'one', headers: { 'Cache-Control': 'no-store' } });
    const refused = download(origin.urlOf('/a'), { cache: temporaryFolder(), dest: true });
    await expect(refused).rejects.toMatchObject({ code: 'unsupported', facts: { name: 'dest' } });
  });
});

it('cache: undefined means no cache, and dest holds without one', async () => {
  await using origin = await startOrigin();
  origin.serve('/a', { body: 'one' });
  const file = join(temporaryFolder(), 'a');
  expect((await download(origin.urlOf('/a'), { cache: undefined })).text()).toBe('one');
  expect((await download(origin.urlOf('/a'), { cache: undefined, dest: false })).text()).toBe('one');
  expect((await download(origin.urlOf('/a'), { cache: undefined, dest: file })).path).toBe(file);
  const refused = { code: 'request-invalid', facts: { name: 'dest' } };
  await expect(download(origin.urlOf('/a'), { cache: undefined, dest: true })).rejects.toMatchObject(refused);
});

describe('F133 isSuccess', () => {
  it('F133 is asked for every answer, with its headers, and refuses a file before a byte of it is saved', async () => {
    await using origin = await startOrigin();
    origin.serve('/page', { body: '<p>later</p>', contentType: 'text/html' });
    origin.serve('/file', { body: 'x', contentType: 'text/plain' });
    origin.script('/none', { status: 404 });
    const asked: [number, string | undefined][] = [];
    const home = temporaryFolder();
    const [page, file, none] = await swarm(
      ['/page', '/file', '/none'].map((path) => origin.urlOf(path)),
      {
        downloadStrategy: { home, layout: { host: false } },
        requestStrategy: {
          isSuccess(status, headers) {
            asked.push([status, headers?.['content-type']]);
            return headers?.['content-type'] !== 'text/html';
          },
        },
      },
    );
    expect(page).toMatchObject({ outcome: 'failed', status: 200, attempts: 1, bytes: 0 });
    expect(page?.error).toMatchObject({ code: 'response-rejected', response: { status: 200 } });
    expect(file).toMatchObject({ outcome: 'downloaded' });
    expect(none).toMatchObject({ outcome: 'accepted', status: 404 });
    expect(asked.toSorted(([, one = ''], [, other = '']) => one.localeCompare(other))).toEqual([
      [200, 'text/html'],
      [200, 'text/plain'],
      [404, 'text/plain'],
    ]);
    await expect(readFile(join(home, 'page'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('F133 that is always false makes every item fail, large files too, and shouldRetry is asked', async () => {
    await using origin = await startOrigin();
    origin.serve('/large', { seed: 1, sizeBytes: 5_000_000 });
    const [bundle] = await swarm([origin.urlOf('/large')], {
      downloadStrategy: { home: temporaryFolder() },
      requestStrategy: { isSuccess: () => false, shouldRetry: ({ attempt }) => attempt < 3, waitMs: () => 0 },
    });
    expect(bundle).toMatchObject({ outcome: 'failed', attempts: 3, error: { code: 'response-rejected' } });
  });

  it('F133 a cache for a round is refused by name', async () => {
    const failed = swarm(['http://127.0.0.1:1/'], wrong({ cache: 'x' }));
    await expect(failed).rejects.toMatchObject({ code: 'request-invalid', facts: { name: 'cache' } });
  });
});
