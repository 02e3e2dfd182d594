import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RequestDescription, RequestLike } from '../../src/request/description.ts';
import type { RequestDescriptor } from '../../src/request/descriptor.ts';
import { describeRequest } from '../../src/request/describe-request.ts';

const url = 'http://example.com/a';

async function keyOf(request: RequestLike): Promise<string> {
  return (await describeRequest(request)).key;
}

async function text({ request, upload }: RequestDescriptor): Promise<string> {
  if (upload === null) return Buffer.from(request.body ?? '', 'base64').toString();
  const pieces: Uint8Array[] = [];
  for await (const piece of upload.open()) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  expect(bytes).toHaveLength(upload.lengthBytes);
  return bytes.toString();
}

async function* emptyStream(): AsyncGenerator<Uint8Array> {}

describe('the normal form', () => {
  test('a link alone is a GET without anything', async () => {
    const descriptor = await describeRequest('HTTP://Example.com:80/a#part');
    expect(descriptor).toMatchObject({ url, headers: {}, request: { method: 'GET' } });
    expect(descriptor.key).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each<[string, NonNullable<RequestDescription['query']>, string]>([
    [
      'an object',
      { q: 'a b', page: 2, all: true, none: undefined, tag: ['x', 'y'] },
      'q=a+b&page=2&all=true&tag=x&tag=y',
    ],
    [
      'pairs',
      [
        ['b', 1],
        ['a', 2],
        ['b', 3],
      ],
      'b=1&a=2&b=3',
    ],
    ['URLSearchParams', new URLSearchParams('x=%C3%A9'), 'x=%C3%A9'],
  ])('a query from %s', async (_how, query, expected) => {
    expect((await describeRequest({ url, query })).url).toBe(`${url}?${expected}`);
    expect((await describeRequest({ url: `${url}?z=0`, query })).url).toBe(`${url}?z=0&${expected}`);
  });

  test('headers: lower-case, sorted, a repeated name on one line', async () => {
    const pairs = [
      ['X-B', '1'],
      ['accept', 'a'],
      ['x-b', '2'],
      ['Cookie', 'a=1'],
      ['cookie', 'b=2'],
    ] as const;
    const { headers } = await describeRequest({ url, headers: pairs });
    expect(Object.entries(headers)).toEqual([
      ['accept', 'a'],
      ['cookie', 'a=1; b=2'],
      ['x-b', '1, 2'],
    ]);
    expect((await describeRequest({ url, headers: new Headers({ 'X-A': '1' }) })).headers).toEqual({ 'x-a': '1' });
  });

  test.each<[string, Partial<RequestDescription>, string, string | undefined]>([
    ['json', { json: { a: [1] } }, '{"a":[1]}', 'application/json'],
    [
      'json with a type of its own',
      { json: 1, headers: { 'Content-Type': 'application/x+json' } },
      '1',
      'application/x+json',
    ],
    ['a form', { form: { a: 'b c', d: ['é', '&'] } }, 'a=b+c&d=%C3%A9&d=%26', 'application/x-www-form-urlencoded'],
    ['text', { body: 'hé' }, 'hé', undefined],
    ['bytes', { body: new Uint8Array([104, 105]) }, 'hi', undefined],
  ])('a body from %s goes with POST', async (_how, parts, expected, type) => {
    const descriptor = await describeRequest({ url, ...parts });
    expect(descriptor.request.method).toBe('POST');
    expect(await text(descriptor)).toBe(expected);
    expect(descriptor.headers['content-type'] ?? descriptor.request.contentType).toBe(type);
  });

  test('an upload carries its files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-upload-'));
    try {
      const path = join(folder, 'photo.png');
      await writeFile(path, 'pixels');
      const descriptor = await describeRequest({
        url,
        multipart: {
          title: 'A',
          count: 2,
          files: [{ path, type: 'image/png' }, { contents: 'x', name: 'b.txt' }, new Blob(['y'])],
        },
      });
      const type = descriptor.request.contentType ?? '';
      const boundary = /boundary=(\S+)/.exec(type)?.[1] ?? 'none';
      const parts = (await text(descriptor)).split(`--${boundary}`);
      const field = 'Content-Disposition: form-data; name=';
      expect(parts.map((part) => part.trim())).toEqual([
        '',
        `${field}"title"\r\n\r\nA`,
        `${field}"count"\r\n\r\n2`,
        `${field}"files"; filename="photo.png"\r\nContent-Type: image/png\r\n\r\npixels`,
        `${field}"files"; filename="b.txt"\r\nContent-Type: application/octet-stream\r\n\r\nx`,
        `${field}"files"; filename="blob"\r\nContent-Type: application/octet-stream\r\n\r\ny`,
        '--',
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('what cannot be sent is refused by name', () => {
  test.each<[string, RequestLike, string, string | undefined]>([
    ['no link', 'not a link', 'url-invalid', undefined],
    ['another scheme', 'gopher://example.com/a', 'url-unsupported', undefined],
    ['two bodies', { url, json: 1, form: {} }, 'request-invalid', 'form'],
    ['a GET with a body', { url, method: 'GET', body: 'x' }, 'request-invalid', 'method'],
    ['a header of two lines', { url, headers: { a: 'b\r\nc: d' } }, 'request-invalid', 'headers'],
    ['a header name with a space', { url, headers: { 'a b': 'c' } }, 'request-invalid', 'headers'],
    ['a body here and there', { url, json: 1, request: { body: 'x' } }, 'request-invalid', 'json'],
    ['a method here and there', { url, method: 'POST', request: { method: 'GET' } }, 'request-invalid', 'method'],
    ['a HEAD with a body', { url, method: 'HEAD', json: 1 }, 'request-invalid', 'method'],
    ['a folder as a body', { url, body: { path: import.meta.dirname } }, 'request-invalid', 'body'],
    ['a stream without a size', { url, body: { stream: emptyStream(), sizeBytes: -1 } }, 'request-invalid', 'body'],
    ['authorities that are not there', { url, caFile: '/nowhere/at/all' }, 'request-invalid', 'caFile'],
    ['what JSON cannot say', { url, json: 1n }, 'request-invalid', 'json'],
    [
      'a file that is not there',
      { url, multipart: { f: { path: '/nowhere/at/all' } } },
      'request-invalid',
      'multipart.f',
    ],
    ['a file without contents', { url, multipart: { f: {} } }, 'request-invalid', 'multipart.f'],
  ])('%s', async (_what, request, code, name) => {
    const expected = name === undefined ? { code } : { code, facts: { name } };
    await expect(describeRequest(request)).rejects.toMatchObject(expected);
  });
});

describe('the key', () => {
  const plain = fc.record({
    query: fc.uniqueArray(fc.tuple(fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 })), {
      selector: ([name]) => name,
      maxLength: 5,
    }),
    headers: fc.uniqueArray(fc.tuple(fc.stringMatching(/^x-[a-z]{1,4}$/), fc.stringMatching(/^[a-z]{0,4}$/)), {
      selector: ([name]) => name,
      maxLength: 5,
    }),
    json: fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 5 }),
  });

  test('does not depend on the order of headers, query names and JSON members', async () => {
    await fc.assert(
      fc.asyncProperty(plain, async ({ query, headers, json }) => {
        const back = Object.fromEntries(Object.entries(json).toReversed());
        const one = await keyOf({ url, query, headers, json });
        const other = await keyOf({ url, query: query.toReversed(), headers: headers.toReversed(), json: back });
        expect(other).toBe(one);
      }),
    );
  });

  test('differs when anything that counts differs', async () => {
    const requests: readonly RequestLike[] = [
      url,
      'https://example.com/a',
      'http://user:one@example.com/a',
      'http://user:two@example.com/a',
      `${url}?b=1`,
      `${url}?b=1&b=2`,
      `${url}?b=2&b=1`,
      { url, headers: { accept: 'text/html' } },
      { url, headers: { range: 'bytes=0-1' } },
      { url, method: 'POST' },
      { url, request: { username: 'a' } },
      { url, request: { cookies: 'a=1' } },
      { url, json: {} },
      { url, json: [] },
      { url, json: { members: [['a', 1]] } },
      { url, json: { a: 1 } },
      { url, form: { a: 1 } },
      { url, body: 'a=1' },
      { url, body: 'a=1', headers: { 'content-type': 'text/plain' } },
      { url, multipart: { a: 1 } },
      { url, multipart: { a: { contents: '1' } } },
      { url, multipart: { a: { contents: '1', name: 'other' } } },
    ];
    const keys = await Promise.all(requests.map(keyOf));
    expect(new Set(keys).size).toBe(requests.length);
  });

  test('is the same for requests that ask the same', async () => {
    const groups: readonly (readonly RequestLike[])[] = [
      [url, new URL(`${url}#x`), { url }, { url, headers: { 'if-none-match': '"a"', connection: 'close' } }],
      [
        { url, request: { proxy: 'none' } },
        { url, request: { insecure: true } },
      ],
      [`${url}?a=1&b=2`, { url, query: { b: 2, a: 1 } }],
      [
        { url, form: { a: 1, b: 2 } },
        {
          url,
          form: [
            ['b', 2],
            ['a', 1],
          ],
        },
      ],
      [
        { url, multipart: { a: 1, b: { contents: 'x' } } },
        { url, multipart: { b: { contents: 'x' }, a: 1 } },
      ],
    ];
    for (const group of groups) {
      expect(new Set(await Promise.all(group.map(keyOf))).size).toBe(1);
    }
  });
});
