import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { createGate, seededBytes, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import {
  createClient,
  type CrowdProgress,
  Download,
  download,
  DownloadManager,
  isNetworkError,
  loadConfig,
  PersistLimit,
  RequestStrategy,
  swarm,
  terminalBar,
} from '../../src/index.ts';
import { allOf } from '../all-of.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { wrong } from '../wrong.ts';

const seed = 8;
const sizeBytes = 3_000_000;
const whole = Buffer.from(seededBytes(seed, 0, sizeBytes));
const sha256 = createHash('sha256').update(whole).digest('hex');
const md5 = createHash('md5').update(whole).digest('hex');
const backends = ['socket', 'undici', 'curl'] as const;

describe('hooks and events', () => {
  it.each(backends)('see each request, redirect and retry, and the name of the file: %s', async (backend) => {
    await using origin = await startOrigin();
    origin.serve('/file', { seed, sizeBytes, headers: { 'Content-Disposition': 'attachment; filename="named.bin"' } });
    origin.script('/from', (_request, index) =>
      index === 0 ? { status: 503 } : { status: 302, headers: { Location: '/file' } },
    );
    const seen: string[] = [];
    const result = await download(origin.urlOf('/from'), {
      backend,
      folder: temporaryFolder(),
      maxConnections: 1,
      retryWaitMs: 0,
      headers: { 'X-Own': '1' },
      hooks: {
        beforeRequest({ url, method, headers }) {
          seen.push(`${method} ${new URL(url).pathname} ${headers['x-own']}`);
          return { 'X-Signed': 'yes', 'x-own': null };
        },
        beforeRedirect: ({ status, to }) => seen.push(`to ${new URL(to).pathname} ${status}`),
        beforeRetry: ({ attempt, error }) => seen.push(`again ${attempt} ${error.code}`),
      },
      onRetry: ({ attempt }) => seen.push(`retry ${attempt}`),
      onRedirect: ({ from }) => seen.push(`from ${new URL(from).pathname}`),
      onFileName: (name) => seen.push(`name ${name}`),
    });
    expect(result.path.endsWith('named.bin')).toBe(true);
    expect(seen).toEqual([
      'GET /from 1',
      'again 1 http-unavailable',
      'retry 1',
      'GET /from 1',
      'to /file 302',
      'from /from',
      'GET /file 1',
      'name named.bin',
    ]);
    expect(origin.requests.map(({ headers }) => [headers['x-signed'], headers['x-own']])).toEqual([
      ['yes', undefined],
      ['yes', undefined],
      ['yes', undefined],
    ]);
  });

  it('may say no', async () => {
    await using origin = await startOrigin();
    origin.script('/from', { status: 302, headers: { Location: '/file' } });
    origin.script('/busy', { status: 503 });
    const redirected = download(origin.urlOf('/from'), { hooks: { beforeRedirect: () => false } });
    await expect(redirected).rejects.toMatchObject({ code: 'redirect-unsafe' });
    const retried = download(origin.urlOf('/busy'), { hooks: { beforeRetry: () => false } });
    await expect(retried).rejects.toMatchObject({ code: 'http-unavailable' });
    expect(origin.requests).toHaveLength(2);
  });
});

describe('pause and resume', () => {
  it.each(backends)('hold a file and go on: %s', async (backend) => {
    await using origin = await startOrigin();
    const gate = createGate();
    origin.serve('/file', { seed, sizeBytes });
    origin.script('/file', (_request, index) => (index === 0 ? { stall: { afterBytes: 1_000_000, until: gate } } : {}));
    const file = join(temporaryFolder(), 'file');
    const running = download(origin.urlOf('/file'), { file, backend, maxConnections: 1 });
    await gate.reached;
    running.pause();
    running.pause();
    expect(running.isPaused).toBe(true);
    gate.open();
    // A paused reader takes no more than what was on its way; the last bytes stay with the server.
    running.resume();
    await running;
    expect(Buffer.compare(await readFile(file), whole)).toBe(0);
  });

  it('hold what has not begun, and are no hindrance to a cancellation', async () => {
    await using origin = await startOrigin();
    origin.serve('/file', { seed, sizeBytes });
    const running = download(origin.urlOf('/file'));
    running.pause();
    running.cancel('enough');
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    expect(origin.requests).toEqual([]);
  });

  it('work on a handle, before and after its start', async () => {
    await using origin = await startOrigin();
    origin.serve('/file', { seed, sizeBytes });
    const handle = new Download(origin.urlOf('/file'), join(temporaryFolder(), 'file'));
    expect(handle).toMatchObject({ isRunning: false, isFinished: false, result: null });
    handle.pause();
    handle.start();
    expect(handle).toMatchObject({ isRunning: true, isPaused: true });
    handle.resume();
    expect(await handle.wait()).toMatchObject({ sizeBytes });
    expect(handle.result?.sizeBytes).toBe(sizeBytes);
  });
});

describe('digests', () => {
  it.each(backends)('are those of what came, in every form: %s', async (backend) => {
    await using origin = await startOrigin();
    origin.serve('/file', { seed, sizeBytes });
    const url = origin.urlOf('/file');
    const digests = ['sha256', 'md5'] as const;
    const expected = { sha256, md5 };
    expect((await download(url, { digests, backend })).digests).toEqual(expected);
    const stream = await download(url, { digests, backend, stream: true });
    expect(stream.digests).toEqual({});
    await allOf(stream);
    expect(stream.digests).toEqual(expected);
    expect((await download(url, { digests, backend, onChunk: () => {} })).digests).toEqual(expected);
    const folder = temporaryFolder();
    expect((await download(url, { digests, backend, folder })).digests).toEqual(expected);
    const checked = { digests, backend, folder, checksum: `sha256=${sha256.toUpperCase()}` };
    expect((await download(url, checked)).digests).toEqual(expected);
    const part = await download(url, { digests: ['md5'], backend, folder, range: { start: 5, end: 10 } });
    expect(part.digests).toEqual({ md5: createHash('md5').update(whole.subarray(5, 10)).digest('hex') });
    const cache = temporaryFolder();
    expect((await download(url, { digests, backend, cache })).digests).toEqual(expected);
    expect((await download(url, { digests, backend, cache, dest: true })).digests).toEqual(expected);
  });
});

describe('range: { last }', () => {
  it.each(backends)('brings the last bytes: %s', async (backend) => {
    await using origin = await startOrigin();
    origin.serve('/file', { seed, sizeBytes });
    const url = origin.urlOf('/file');
    const { bytes, status } = await download(url, { range: { last: 1000 }, backend });
    expect(Buffer.compare(bytes, whole.subarray(-1000))).toBe(0);
    expect(status).toBe(206);
    const byHeader = await download(url, { headers: { Range: 'bytes=-10' }, backend });
    expect(Buffer.compare(byHeader.bytes, whole.subarray(-10))).toBe(0);
    const { path } = await download(url, { range: { last: 5 }, folder: temporaryFolder(), backend });
    expect(Buffer.compare(await readFile(path), whole.subarray(-5))).toBe(0);
    const more = await download(url, { range: { last: sizeBytes + 5 }, backend });
    expect(Buffer.compare(more.bytes, whole)).toBe(0);
    expect(origin.requests[0]?.range).toBe('bytes=-1000');
  });

  it('goes on after a break', async () => {
    await using origin = await startOrigin();
    origin.serve('/file', { seed, sizeBytes });
    origin.script('/file', (_request, index) => (index === 0 ? { end: { afterBytes: 500_000, how: 'reset' } } : {}));
    const { bytes } = await download(origin.urlOf('/file'), { range: { last: 2_000_000 }, retryWaitMs: 0 });
    expect(Buffer.compare(bytes, whole.subarray(-2_000_000))).toBe(0);
  });

  it.each<[string, object]>([
    ['ignores ranges', { ranges: false }],
    ['sends another part', {}],
  ])('refuses a server that %s', async (how, resource) => {
    await using origin = await startOrigin();
    origin.serve('/file', { seed, sizeBytes, ...resource });
    if (how === 'sends another part') {
      const headers = { 'Content-Range': `bytes 0-9/${sizeBytes}`, 'Content-Length': '10' };
      origin.script('/file', { status: 206, headers, body: '0123456789' });
    }
    const failed = download(origin.urlOf('/file'), { range: { last: 10 }, maxAttempts: 1 });
    await expect(failed).rejects.toMatchObject({ code: expect.stringMatching(/^range-/u) });
  });

  it.each<unknown>([{ last: 0 }, { last: -1 }, { last: 1.5 }, { last: 1, start: 0 }, { lst: 1 }, {}, null, 5, []])(
    'refuses what is not a range: %j',
    async (range) => {
      const failed = download('http://127.0.0.1:1/', wrong({ range }));
      await expect(failed).rejects.toMatchObject({ code: 'request-invalid' });
    },
  );
});

it('preemptiveLogin sends the login with the first request, and the default waits for the server to ask', async () => {
  await using origin = await startOrigin();
  origin.serve('/file', { body: 'x' });
  const request = { username: 'me', password: 'pw' };
  await download(origin.urlOf('/file'), { request });
  await download(origin.urlOf('/file'), { request, preemptiveLogin: true });
  await createClient({ login: request, preemptiveLogin: true }).download(origin.urlOf('/file'));
  const sent = `Basic ${btoa('me:pw')}`;
  expect(origin.requests.map(({ headers }) => headers['authorization'])).toEqual([undefined, sent, sent]);
});

describe('equal links of one round', () => {
  it('are fetched once, and each has its file', async () => {
    await using origin = await startOrigin();
    origin.serve('/a', { seed, sizeBytes });
    const url = origin.urlOf('/a');
    const home = temporaryFolder();
    const items = [url, url, new URL(url), { request: url, path: 'other' }, { request: `${url}#part`, path: 'third' }];
    const bundles = await swarm(items, { downloadStrategy: { home } });
    expect(bundles.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => 'downloaded'));
    for (const { path } of bundles) expect(Buffer.compare(await readFile(path ?? ''), whole)).toBe(0);
    expect(bundles[3]?.path).toBe(join(home, 'other'));
    expect(origin.requests.filter(({ range }) => range === null)).toHaveLength(1);
  });

  it('leave signals their turn, though they be endless', async () => {
    await using origin = await startOrigin();
    origin.serve('/a', { body: 'x' });
    function* endless(): Generator<string> {
      for (;;) yield origin.urlOf('/a');
    }
    const stopping = new AbortController();
    const round = swarm(endless(), {
      signal: stopping.signal,
      downloadStrategy: { home: temporaryFolder(), skipPresent: false },
    });
    setImmediate(() => stopping.abort());
    await expect(round).rejects.toMatchObject({ code: 'aborted' });
  });

  it('fail alike, and what changes something is sent each time', async () => {
    await using origin = await startOrigin();
    origin.script('/none', { status: 404 });
    origin.serve('/post', { body: 'x' });
    const url = origin.urlOf('/none');
    const rules = { downloadStrategy: { home: temporaryFolder(), skipPresent: false } };
    expect((await swarm([url, url], rules)).map(({ error }) => error)).toMatchObject([
      { code: 'http-not-found' },
      { code: 'http-not-found' },
    ]);
    const post = { url: origin.urlOf('/post'), method: 'POST' as const, body: 'a' };
    await swarm([post, post], rules);
    expect(origin.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST']);
  });
});

describe('what does not exist is refused by name', () => {
  it.each<[string, () => unknown, string]>([
    ['download', () => download('http://a.test/', wrong({ fil: 'x' })), 'did you mean file?'],
    ['a description', () => download(wrong({ url: 'http://a.test/', qeury: {} })), 'did you mean query?'],
    ['request', () => download('http://a.test/', wrong({ request: { usrname: 'x' } })), 'did you mean username?'],
    ['hooks', () => download('http://a.test/', wrong({ hooks: { beforeRequst() {} } })), 'did you mean beforeRequest?'],
    ['digests', () => download('http://a.test/', wrong({ digests: ['sha265'] })), 'did you mean sha256?'],
    ['a client', async () => createClient(wrong({ hedaers: {} })), 'did you mean headers?'],
    ['a manager', async () => new DownloadManager('x', wrong({ concurency: 1 })), 'did you mean concurrency?'],
    ['a handle', async () => new Download('http://a.test/', 'x', wrong({ overwrit: true })), 'did you mean overwrite?'],
    ['a strategy', async () => new RequestStrategy(wrong({ pauseMS: 1, wait: 5 })), 'did you mean pauseMs?'],
    ['a limit', async () => new PersistLimit(wrong({ sizeBites: 1 })), 'did you mean sizeBytes?'],
    ['a round', () => swarm(['x'], wrong({ urlof: String })), 'did you mean urlOf?'],
    ['a cache', () => download('http://a.test/', wrong({ cache: { foldr: 'x' } })), 'did you mean folder?'],
    ['a configuration', () => loadConfig(wrong({ bulk: { homes: 'x' } }), {}), 'did you mean home?'],
    ['the environment', () => loadConfig({}, { SLUICE_DOWNLOAD_MAX_ATTEMPS: '3' }), 'SLUICE_DOWNLOAD_MAX_ATTEMPTS?'],
    ['a section of it', () => loadConfig({}, { SLUICE_DOWNLAOD_PROXY: 'x' }), 'did you mean SLUICE_DOWNLOAD_PROXY?'],
    ['a key of it', () => loadConfig({}, { SLUICE_BULK_ABCDEFGH: 'x' }), 'SLUICE_BULK_ABCDEFGH'],
  ])('in %s', async (_where, use, hint) => {
    const failed = (async () => use())();
    await expect(failed).rejects.toMatchObject({ code: 'request-invalid', message: expect.stringContaining(hint) });
  });

  it('and other programs’ variables are left alone', async () => {
    expect(await loadConfig({}, { SLUICE_DEBUG: '1', SLUICE_LOG_LEVEL: 'x', SLUICE_BULK_PAUSE_MS: '' })).toEqual({});
  });
});

describe('progress of many', () => {
  it('counts a round and ends at 100 percent', async () => {
    await using origin = await startOrigin();
    for (const name of ['a', 'b']) origin.serve(`/${name}`, { seed, sizeBytes: 100_000 });
    const seen: CrowdProgress[] = [];
    const urls = ['a', 'b', 'none'].map((name) => origin.urlOf(`/${name}`));
    await swarm(urls, { downloadStrategy: { home: temporaryFolder() }, onProgress: (now) => seen.push(now) });
    expect(seen.at(-1)).toMatchObject({
      itemCount: 3,
      runningCount: 0,
      ended: { downloaded: 2, present: 0, accepted: 0, failed: 1 },
      receivedBytes: 200_000,
      totalBytes: 200_000,
      percent: 100,
    });
  });

  it('counts a manager', async () => {
    await using origin = await startOrigin();
    for (const name of ['a', 'b']) origin.serve(`/${name}`, { seed, sizeBytes: 100_000 });
    const seen: CrowdProgress[] = [];
    const manager = new DownloadManager(temporaryFolder(), { onTotalProgress: (now) => seen.push(now) });
    for (const name of ['a', 'b']) manager.download(origin.urlOf(`/${name}`));
    await manager.wait();
    expect(manager.progress).toMatchObject({ receivedBytes: 200_000, ended: { downloaded: 2, failed: 0 } });
    expect(seen.at(-1)).toEqual(manager.progress);
  });

  it('is drawn as a line in a terminal, and nowhere else unless that is wanted', () => {
    const progress = { receivedBytes: 5, totalBytes: 10, percent: 50, bytesPerSecond: 2000, remainingMs: 2500 };
    const drawn = (options: object, ...percents: number[]): string => {
      const stream = Object.assign(new PassThrough().setEncoding('utf8'), options);
      const bar = terminalBar({ stream, ...options });
      for (const percent of percents) bar({ ...progress, percent, resumedFromBytes: 0 });
      // A return to the start of the line, and what clears it.
      return String(stream.read() ?? '').replaceAll('\r\u001b[2K', '<');
    };
    expect(drawn({})).toBe('');
    expect(drawn({}, 50)).toBe('');
    expect(drawn({ always: true }, 50)).toBe('[############------------]  50 %  5 B of 10 B  2.0 kB/s  3 s left\n');
    expect(drawn({ isTTY: true, columns: 40 }, 50, 100, 100)).toMatch(/^<\[#{12}-{12}\] .{0,20}<\[#{24}\].*\n$/u);
  });
});

it.each<[unknown, boolean]>([
  [{ code: 'ECONNRESET' }, true],
  [{ code: 'connection-reset', message: 'x' }, true],
  [{ code: 'http-not-found', cause: { code: 'ECONNRESET' } }, false],
  [{ cause: { code: 'EAI_AGAIN' } }, true],
  [new TypeError('fetch failed'), true],
  [new TypeError('Failed to fetch'), true],
  [new Error('socket hang up'), true],
  [new Error('read ECONNRESET'), true],
  [new Error('Connection reset by peer'), true],
  [new Error('my fetch failed because of a bug'), false],
  [new DOMException('fetch failed', 'AbortError'), false],
  [{ message: 'disk full', code: 'ENOSPC' }, false],
  [{}, false],
  ['ECONNRESET', false],
])('isNetworkError(%j) is %s', (error, expected) => {
  expect(isNetworkError(error)).toBe(expected);
});

describe('a client', () => {
  it('binds a cache for memory and dest, and leaves it out elsewhere', async () => {
    await using origin = await startOrigin();
    origin.serve('/a', { body: 'one', headers: { 'Cache-Control': 'max-age=60' } });
    const client = createClient({ cache: temporaryFolder() });
    const url = origin.urlOf('/a');
    const folder = temporaryFolder();
    expect((await client.download(url)).cacheUse).toBe('fetched');
    expect((await client.download(url)).cacheUse).toBe('fresh');
    expect((await client.download(url, { dest: join(folder, 'copy') })).cacheUse).toBe('fresh');
    expect((await client.download(url, { file: join(folder, 'file') })).cacheUse).toBeUndefined();
    expect((await client.handle(url, join(folder, 'handle')).start().wait()).sizeBytes).toBe(3);
    expect(origin.requests).toHaveLength(3);
  });

  it.each<Record<string, unknown>>([
    { login: 5 },
    { session: 'x' },
    { cookies: 5 },
    { proxy: 'x', request: { proxy: 'none' } },
    { onProgress: 1 },
  ])('refuses %j', (options) => {
    expect(() => createClient(options as object)).toThrow(expect.objectContaining({ code: 'request-invalid' }));
  });

  it('says what is wrong with a call as a rejection', async () => {
    const client = createClient({});
    for (const options of [null, 5, 'x', { headers: 5 }, { nothing: 1 }]) {
      await expect(client.download('http://127.0.0.1:1/', options as object)).rejects.toMatchObject({
        code: 'request-invalid',
      });
    }
  });
});
