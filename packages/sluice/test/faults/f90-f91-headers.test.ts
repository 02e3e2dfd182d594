import { join } from 'node:path';
import { startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { CookieJar, createClient, download, downloadSync, DownloadManager, swarm } from '../../src/index.ts';
import type { HeadersLike } from '../../src/index.ts';
import { mergeOptions } from '../../src/core/options/merge-options.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { wrong } from '../wrong.ts';

const shapes: readonly (readonly [string, HeadersLike])[] = [
  ['an object', { 'X-One': 'a', 'X-Two': 'b, c' }],
  ['an object with lists', { 'X-One': ['a'], 'X-Two': ['b', 'c'], 'X-Three': undefined }],
  ['an object without a prototype', Object.assign(Object.create(null), { 'X-One': 'a', 'X-Two': 'b, c' })],
  ['a frozen object', Object.freeze({ 'X-One': 'a', 'X-Two': 'b, c' })],
  [
    'a Headers',
    new Headers([
      ['X-One', 'a'],
      ['X-Two', 'b'],
      ['X-Two', 'c'],
    ]),
  ],
  [
    'a Map',
    new Map<string, string | string[]>([
      ['X-One', 'a'],
      ['X-Two', ['b', 'c']],
    ]),
  ],
  [
    'pairs',
    [
      ['X-One', 'a'],
      ['X-Two', 'b'],
      ['x-two', 'c'],
    ],
  ],
  [
    'an iterable of pairs',
    new Map([
      ['X-One', 'a'],
      ['X-Two', 'b, c'],
    ]).entries(),
  ],
];

describe('F90 headers', () => {
  it.each(shapes)('F90 in options are sent: %s', async (_shape, headers) => {
    await using origin = await startOrigin();
    origin.serve('/a', { body: 'x' });
    // Read once: what is iterable may be so only once.
    await download(origin.urlOf('/a'), { headers });
    expect(origin.requests[0]?.headers).toMatchObject({ 'x-one': 'a', 'x-two': 'b, c' });
  });

  it('F90 reach a server from every form', async () => {
    await using origin = await startOrigin();
    for (const name of ['a', 'b', 'c', 'd', 'e']) origin.serve(`/${name}`, { body: 'x' });
    const headers = new Headers({ 'X-One': 'a' });
    const home = temporaryFolder();
    const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((name) => origin.urlOf(`/${name}`)) as [
      string,
      string,
      string,
      string,
      string,
    ];
    await download(a, { file: join(home, 'a'), headers });
    await new DownloadManager(home, { headers }).download(b).wait();
    await swarm([c], { headers, downloadStrategy: { home } });
    await createClient({ headers }).download(d);
    await download({ url: e, headers });
    expect(origin.requests.map(({ headers: sent }) => sent['x-one'])).toEqual(['a', 'a', 'a', 'a', 'a']);
  });

  it('F90 reach a server from a synchronous call', async () => {
    await using origin = await startOrigin();
    origin.serve('/a', { body: 'x' });
    // The server lives in this thread: the answer cannot come, but the options must be taken.
    expect(() => downloadSync(origin.urlOf('/a'), { headers: new Headers({ a: 'b' }), timeoutMs: 1 })).toThrow(
      expect.objectContaining({ code: 'timeout' }),
    );
  });

  it.each<[string, unknown]>([
    ['a text', 'X-One: a'],
    ['a number', 5],
    ['null', null],
    ['a date', new Date(0)],
    ['what is inherited', Object.create({ 'X-One': 'a' })],
    ['a list of texts', ['X-One', 'a']],
    ['a value that is none', { 'X-One': {} }],
    ['a null value', { 'X-One': null }],
    ['a symbol', { 'X-One': Symbol('a') }],
    ['two lines', { 'X-One': 'a\r\nX-Two: b' }],
    ['NUL', { 'X-One': 'a\0' }],
    ['no name', { '': 'a' }],
    ['a name with a colon', { 'X:': 'a' }],
  ])('F90 that cannot be sent are refused before any request: %s', async (_what, headers) => {
    const failed = download('http://127.0.0.1:1/', { headers: headers as HeadersLike, maxAttempts: 1 });
    await expect(failed).rejects.toMatchObject({ code: 'request-invalid' });
  });
});

describe('F91 options of a call', () => {
  const base = {
    headers: { 'X-All': '1', 'X-Both': '1' },
    request: { username: 'me', password: 'pw', cookies: 'a=1' },
  };

  it('F91 are laid over those of a manager, a client and a description', async () => {
    await using origin = await startOrigin();
    for (const name of ['a', 'b', 'c']) origin.serve(`/${name}`, { body: 'x' });
    const call = { headers: { 'x-both': '2', 'X-Own': '2' }, request: { cookies: 'b=2' } };
    const all = { ...base, preemptiveLogin: true };
    await new DownloadManager(temporaryFolder(), all).download(origin.urlOf('/a'), 'a', call).wait();
    await createClient(all).download(origin.urlOf('/b'), call);
    await download({ url: origin.urlOf('/c'), ...base }, { ...call, preemptiveLogin: true });
    for (const { headers } of origin.requests) {
      expect(headers).toMatchObject({
        'x-all': '1',
        'x-both': '2',
        'x-own': '2',
        cookie: 'a=1; b=2',
        authorization: `Basic ${btoa('me:pw')}`,
      });
    }
    expect(origin.requests).toHaveLength(3);
  });

  it('F91 bring a login of their own, and never another user’s password', () => {
    expect(mergeOptions(base, { request: { username: 'you' } }).request).toEqual({ username: 'you', cookies: 'a=1' });
    expect(mergeOptions(base, { request: { password: 'new' } }).request).toMatchObject({
      username: 'me',
      password: 'new',
    });
    expect(mergeOptions(base, { headers: { Authorization: 'x' } }).request).toEqual({ cookies: 'a=1' });
    const withField = { headers: { authorization: 'x', a: 'b' } };
    expect(mergeOptions(withField, { request: { username: 'me' } }).headers).toEqual({ a: 'b' });
    expect(mergeOptions(base, { request: { cookies: 'a=2; c=3' } }).request?.cookies).toBe('a=2; c=3');
    expect(mergeOptions(base, wrong({ headers: undefined, request: undefined }))).toEqual({
      ...base,
      headers: { 'x-all': '1', 'x-both': '1' },
    });
  });

  it('F91 share one jar of cookies where a session is asked for, and only there', async () => {
    await using origin = await startOrigin();
    origin.serve('/login', { body: 'x', headers: { 'Set-Cookie': 'id=7' } });
    for (const name of ['b', 'c', 'd']) origin.serve(`/${name}`, { body: 'x' });
    const client = createClient({ session: true });
    await client.download(origin.urlOf('/login'));
    await client.download(origin.urlOf('/b'), { request: { cookies: 'own=1' } });
    await client.manager(temporaryFolder()).download(origin.urlOf('/c')).wait();
    await client.swarm([origin.urlOf('/d')], { downloadStrategy: { home: temporaryFolder() } });
    await download(origin.urlOf('/b'));
    expect(origin.requests.map(({ headers }) => headers['cookie'])).toEqual([
      undefined,
      'own=1; id=7',
      'id=7',
      'id=7',
      undefined,
    ]);
    client.cookieJar?.clear();
    await client.download(origin.urlOf('/b'));
    expect(origin.requests.at(-1)?.headers['cookie']).toBeUndefined();
    const cookieJar = new CookieJar();
    await download(origin.urlOf('/login'), { cookieJar });
    await download(origin.urlOf('/b'), { cookieJar });
    expect(origin.requests.at(-1)?.headers['cookie']).toBe('id=7');
  });
});
