import { mkdir, readFile, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Origin, createGate, seededBytes, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, test } from 'vitest';
import { Cache, type CacheOption, download, type RequestLike } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const sizeBytes = 200_000;

function serve(origin: Origin, cacheControl: string | null = 'max-age=3600', seed = 1): string {
  const headers = cacheControl === null ? {} : { 'Cache-Control': cacheControl };
  origin.serve('/a', { seed, sizeBytes, headers });
  return origin.urlOf('/a');
}

async function use(url: RequestLike, cache: CacheOption, options: object = {}): Promise<string | undefined> {
  const { bytes, cacheUse } = await download(url, { cache, ...options });
  expect(bytes).toHaveLength(sizeBytes);
  return cacheUse;
}

describe('freshness', () => {
  test.each<[string, string | null, (folder: string) => CacheOption, string[], number]>([
    ['as long as the server says', 'max-age=3600', (folder) => folder, ['fetched', 'fresh', 'fresh'], 1],
    ['then it is asked', 'max-age=0', (folder) => folder, ['fetched', 'validated', 'validated'], 3],
    ['asked always where the server says so', 'no-cache', (folder) => folder, ['fetched', 'validated', 'validated'], 3],
    ['private is one’s own', 'private, max-age=60', (folder) => folder, ['fetched', 'fresh', 'fresh'], 1],
    ['no-store is not stored', 'no-store', (folder) => folder, ['passed', 'passed', 'passed'], 3],
    [
      'no-store, even for ever',
      'no-store',
      (folder) => ({ folder, freshness: 'forever' }),
      ['passed', 'passed', 'passed'],
      3,
    ],
    ['for ever', 'max-age=0', (folder) => ({ folder, freshness: 'forever' }), ['fetched', 'fresh', 'fresh'], 1],
    ['by age', 'no-cache', (folder) => ({ folder, freshness: 3_600_000 }), ['fetched', 'fresh', 'fresh'], 1],
    [
      'by an age of nothing',
      'max-age=60',
      (folder) => ({ folder, freshness: 0 }),
      ['fetched', 'validated', 'validated'],
      3,
    ],
    [
      'asked each time',
      'max-age=60',
      (folder) => ({ folder, freshness: 'validate' }),
      ['fetched', 'validated', 'validated'],
      3,
    ],
  ])('%s: %s', async (_what, cacheControl, option, uses, requests) => {
    await using origin = await startOrigin();
    const url = serve(origin, cacheControl);
    origin.script('/a', ({ headers }) => (headers['if-none-match'] === '"1-200000"' ? { status: 304 } : {}));
    const cache = option(temporaryFolder());
    const actual = [await use(url, cache), await use(url, cache), await use(url, cache)];
    expect(actual).toEqual(uses);
    expect(origin.requests).toHaveLength(requests);
  });

  test('what changed is fetched anew, and the old content goes', async () => {
    await using origin = await startOrigin();
    const url = serve(origin, 'max-age=0');
    const folder = temporaryFolder();
    await use(url, folder);
    serve(origin, 'max-age=0', 2);
    const { bytes, cacheUse } = await download(url, { cache: folder });
    expect(cacheUse).toBe('fetched');
    expect(Buffer.compare(bytes, seededBytes(2, 0, sizeBytes))).toBe(0);
    using cache = await Cache.open(folder);
    expect(cache.list()).toHaveLength(1);
    expect(await contents(folder)).toEqual([cache.list()[0]?.sha256]);
  });

  test('a 304 brings what is new about it', async () => {
    await using origin = await startOrigin();
    const url = serve(origin, 'max-age=0');
    const cache = temporaryFolder();
    await use(url, cache);
    origin.script('/a', { status: 304, headers: { 'Cache-Control': 'max-age=3600', 'X-New': 'yes' } });
    expect(await use(url, cache)).toBe('validated');
    expect(await use(url, cache)).toBe('fresh');
    const { headers } = await download(url, { cache });
    expect(headers).toMatchObject({ 'x-new': 'yes', 'content-length': String(sizeBytes) });
  });
});

describe('which answer belongs to which request', () => {
  test('requests that mean the same share one, others do not', async () => {
    await using origin = await startOrigin();
    const url = serve(origin);
    const cache = temporaryFolder();
    await use(`${url}?a=1&b=2`, cache);
    expect(await use({ url, query: { b: 2, a: 1 } }, cache)).toBe('fresh');
    expect(await use(`${url}?a=1&b=3`, cache)).toBe('fetched');
    expect(await use(`${url}?a=1&b=2`, cache, { headers: { Accept: 'text/html' } })).toBe('fetched');
    expect(await use(`${url}?a=1&b=2`, cache, { headers: { accept: 'text/html' } })).toBe('fresh');
    expect(await use(`${url}?a=1&b=2`, cache, { request: { username: 'other' } })).toBe('fetched');
  });

  test('Vary is kept by that; Vary: * is asked after each time', async () => {
    await using origin = await startOrigin();
    origin.serve('/a', { seed: 1, sizeBytes, headers: { 'Cache-Control': 'max-age=60', Vary: 'Accept-Language' } });
    const url = origin.urlOf('/a');
    const cache = temporaryFolder();
    await use(url, cache, { headers: { 'Accept-Language': 'de' } });
    expect(await use(url, cache, { headers: { 'Accept-Language': 'fr' } })).toBe('fetched');
    expect(await use(url, cache, { headers: { 'Accept-Language': 'de' } })).toBe('fresh');
    origin.change('/a', { headers: { 'Cache-Control': 'max-age=60', Vary: '*' } });
    expect(await use(`${url}?x`, cache)).not.toBe('fresh');
    expect(await use(`${url}?x`, cache)).not.toBe('fresh');
  });
});

describe('where it goes', () => {
  test('into a file of one’s own, or the path in the cache', async () => {
    await using origin = await startOrigin();
    const url = serve(origin);
    const cache = temporaryFolder();
    const inCache = await download(url, { cache, dest: true });
    expect(inCache).toMatchObject({ kind: 'file', cacheUse: 'fetched', sizeBytes, response: { status: 200 } });
    expect(inCache.path.startsWith(cache)).toBe(true);
    const dest = join(temporaryFolder(), 'deep', 'own');
    const own = await download(url, { cache, dest });
    expect(own).toMatchObject({ path: dest, cacheUse: 'fresh', resumedFromBytes: sizeBytes });
    expect(Buffer.compare(await readFile(dest), seededBytes(1, 0, sizeBytes))).toBe(0);
    await expect(download(url, { cache, dest })).rejects.toMatchObject({ code: 'file-exists' });
    await expect(download(url, { cache, dest, overwrite: true })).resolves.toMatchObject({ path: dest });
    expect(origin.requests).toHaveLength(1);
  });

  test('what may not be stored goes to the caller and stays nowhere else', async () => {
    await using origin = await startOrigin();
    const url = serve(origin, 'no-store');
    const cache = temporaryFolder();
    const dest = join(temporaryFolder(), 'own');
    expect(await download(url, { cache, dest })).toMatchObject({ path: dest, cacheUse: 'passed' });
    expect(Buffer.compare(await readFile(dest), seededBytes(1, 0, sizeBytes))).toBe(0);
    await expect(download(url, { cache, dest: true })).rejects.toMatchObject({ code: 'unsupported' });
    expect(await contents(cache)).toEqual([]);
    expect(await readdir(join(cache, 'incoming'))).toEqual([]);
  });

  test.each([
    ['stream', { stream: true }],
    ['file', { file: '/x' }],
    ['range', { range: { start: 0 } }],
    ['dest', { dest: 5 }],
    ['cache.freshness', { cache: { folder: '/x', freshness: 'old' } }],
  ])('%s that does not go with it is refused', async (name, options) => {
    const wrong = download('http://127.0.0.1:1/', Object.assign({ cache: '/nowhere/at/all' }, options) as object);
    await expect(wrong).rejects.toMatchObject({ code: 'request-invalid', facts: { name } });
  });

  test('a folder that no one may make is told as such, in the end', async () => {
    const code = expect.stringMatching(/^(?:folder-missing|file-access-denied)$/) as string;
    await expect(download('http://127.0.0.1:1/', { cache: '/proc/nowhere' })).rejects.toMatchObject({ code });
  });

  test('a folder that cannot be one is told as such', async () => {
    await using origin = await startOrigin();
    const file = join(temporaryFolder(), 'file');
    await writeFile(file, '');
    const wrong = download(serve(origin), { cache: join(file, 'cache') });
    await expect(wrong).rejects.toMatchObject({ code: 'folder-missing' });
  });
});

describe('no wrong byte', () => {
  test.each(['memory', 'file'] as const)(
    'damaged content is noticed on its way to %s and fetched anew',
    async (kind) => {
      await using origin = await startOrigin();
      const url = serve(origin);
      const cache = temporaryFolder();
      const { path } = await download(url, { cache, dest: true });
      await writeFile(path, new Uint8Array(sizeBytes));
      if (kind === 'memory') {
        const { bytes, cacheUse } = await download(url, { cache });
        expect(cacheUse).toBe('fetched');
        expect(Buffer.compare(bytes, seededBytes(1, 0, sizeBytes))).toBe(0);
      } else {
        const dest = join(temporaryFolder(), 'own');
        await download(url, { cache, dest });
        expect(Buffer.compare(await readFile(dest), seededBytes(1, 0, sizeBytes))).toBe(0);
      }
      expect(origin.requests).toHaveLength(2);
    },
  );

  test('content that was deleted or cut is fetched anew', async () => {
    await using origin = await startOrigin();
    const url = serve(origin);
    const cache = temporaryFolder();
    const { path } = await download(url, { cache, dest: true });
    await writeFile(path, 'short');
    expect(await use(url, cache)).toBe('fetched');
  });

  test('a checksum that does not fit what is stored leads back to the server', async () => {
    await using origin = await startOrigin();
    const url = serve(origin);
    const cache = temporaryFolder();
    await use(url, cache);
    const wrong = download(url, { cache, checksum: 'md5=00000000000000000000000000000000' });
    await expect(wrong).rejects.toMatchObject({ code: 'checksum-mismatch' });
    expect(origin.requests.length).toBeGreaterThan(1);
  });

  test('a download that breaks off leaves no entry, and the next call goes on from it', async () => {
    await using origin = await startOrigin();
    const url = serve(origin);
    const gate = createGate();
    origin.script('/a', { stall: { afterBytes: 100_000, until: gate } });
    const cache = temporaryFolder();
    const breaking = download(url, { cache });
    await origin.waitFor(({ requests }) => (requests[0]?.bodyBytesSent ?? 0) >= 100_000);
    breaking.cancel();
    await expect(breaking).rejects.toMatchObject({ code: 'aborted' });
    using opened = await Cache.open(cache);
    expect(opened.list()).toEqual([]);
    origin.script('/a', null);
    expect(await use(url, cache)).toBe('fetched');
    expect(opened.list()[0]).toMatchObject({ status: 200, sizeBytes });
    expect(opened.list()[0]?.responseHeaders).not.toHaveProperty('content-range');
  });
});

test('of many who ask at once, one fetches', async () => {
  await using origin = await startOrigin();
  const url = serve(origin);
  const cache = temporaryFolder();
  const uses = await Promise.all(Array.from({ length: 8 }, () => use(url, cache)));
  expect(uses.filter((one) => one === 'fetched')).toHaveLength(1);
  expect(uses.filter((one) => one === 'fresh')).toHaveLength(7);
  expect(origin.requests).toHaveLength(1);
});

test('who waits for another’s download may leave, and the other goes on', async () => {
  await using origin = await startOrigin();
  const url = serve(origin);
  const gate = createGate();
  origin.script('/a', { stall: { afterBytes: 100_000, until: gate } });
  const cache = temporaryFolder();
  const first = use(url, cache);
  await origin.waitFor(({ requests }) => (requests[0]?.bodyBytesSent ?? 0) >= 100_000);
  const second = download(url, { cache, timeoutMs: 300 });
  await expect(second).rejects.toMatchObject({ code: 'timeout' });
  gate.open();
  expect(await first).toBe('fetched');
  expect(origin.requests.filter(({ range }) => range === null)).toHaveLength(1);
});

describe('the cache itself', () => {
  test('keeps what is known of an answer, and no secrets', async () => {
    await using origin = await startOrigin();
    origin.serve('/a', { seed: 1, sizeBytes, headers: { 'Cache-Control': 'max-age=60', 'Set-Cookie': 'id=hush' } });
    const folder = temporaryFolder();
    const link = origin.urlOf('/a?token=hush').replace('//', '//user:hush@');
    await use(link, folder, { headers: { Authorization: 'hush', 'X-Api-Key': 'hush', Accept: 'a/b' } });
    using cache = await Cache.open(folder);
    expect(cache.list()).toEqual([
      expect.objectContaining({
        url: origin.urlOf('/a?token=***'),
        method: 'GET',
        status: 200,
        requestHeaders: { accept: 'a/b' },
        sizeBytes,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      }),
    ]);
    expect(JSON.stringify(cache.list())).not.toContain('hush');
    expect((await readFile(join(folder, 'index.sqlite'))).includes('hush')).toBe(false);
    const modes = ['index.sqlite', 'content', 'incoming'].map(
      async (name) => (await stat(join(folder, name))).mode & 0o777,
    );
    expect(await Promise.all(modes)).toEqual([0o600, 0o700, 0o700]);
  });

  test('finds, verifies and removes', async () => {
    await using origin = await startOrigin();
    const folder = temporaryFolder();
    const url = serve(origin);
    for (const query of ['1', '2', '3']) await use(`${url}?${query}`, folder);
    // Two with the same bytes share their content.
    expect(await contents(folder)).toHaveLength(1);
    origin.serve('/b', { seed: 2, sizeBytes, headers: { 'Cache-Control': 'max-age=60' } });
    const { path } = await download(origin.urlOf('/b'), { cache: folder, dest: true });
    using cache = await Cache.open(folder);
    expect(await cache.find(`${url}?1`)).toMatchObject({ url: `${url}?1` });
    expect(await cache.find(`${url}?none`)).toBeNull();
    await writeFile(path, new Uint8Array(sizeBytes));
    const states = (await cache.verify()).map(({ entry, state }) => `${new URL(entry.url).pathname} ${state}`);
    expect(states.sort()).toEqual(['/a sound', '/a sound', '/a sound', '/b damaged']);
    expect(await cache.remove(`${url}?1`)).toBe(1);
    expect(await cache.remove(`${url}?1`)).toBe(0);
    expect(await contents(folder)).toHaveLength(2);
    expect(cache.clear()).toBe(3);
    expect(await contents(folder)).toEqual([]);
  });

  test('prunes what was used longest ago, and what no entry needs', async () => {
    await using origin = await startOrigin();
    const folder = temporaryFolder();
    for (const seed of [1, 2, 3]) {
      origin.serve(`/${seed}`, { seed, sizeBytes, headers: { 'Cache-Control': 'max-age=60' } });
      await use(origin.urlOf(`/${seed}`), folder);
    }
    const orphan = join(folder, 'content', 'ab', 'ab'.repeat(32));
    await writeFile(join(folder, 'incoming', 'old.sluice'), 'x');
    await utimes(join(folder, 'incoming', 'old.sluice'), new Date(0), new Date(0));
    await writeFile(join(folder, 'incoming', 'young.sluice'), 'x');
    using cache = await Cache.open(folder);
    const [first] = cache.list();
    await mkdir(join(folder, 'content', 'ab'), { recursive: true });
    await writeFile(orphan, 'x');
    await use(first?.url ?? '', folder);
    const { removed, leftoverCount } = cache.prune({ maxBytes: sizeBytes * 2 });
    expect(leftoverCount).toBe(2);
    expect(removed).toHaveLength(1);
    expect(removed[0]?.url).not.toBe(first?.url);
    expect(await readdir(join(folder, 'incoming'))).toEqual(['young.sluice']);
    expect(cache.prune({ unusedForMs: -1 }).removed).toHaveLength(2);
    expect(await contents(folder)).toEqual([]);
  });

  test('an index of a newer release is left alone', async () => {
    const folder = temporaryFolder();
    (await Cache.open(folder)).close();
    const { default: Database } = await import('better-sqlite3');
    const database = new Database(join(folder, 'index.sqlite'));
    database.pragma('user_version = 99');
    database.close();
    await expect(Cache.open(folder)).rejects.toMatchObject({ code: 'database-unreadable' });
    await writeFile(
      join(folder, 'index.sqlite'),
      'no database at all, but long enough to be taken for one'.repeat(100),
    );
    await expect(Cache.open(folder)).rejects.toMatchObject({ code: 'database-unreadable' });
  });
});

async function contents(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, 'content'), { recursive: true });
  return names.map((name) => name.split('/').at(-1) ?? '').filter((name) => name.length === 64);
}
