/** Methods beyond GET, and bodies that are read as they are sent: which of them are followed, repeated and refused. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { redirectTo, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { download, type RequestMethod } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const changing = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

async function* once(text: string): AsyncGenerator<Uint8Array, void, undefined> {
  yield new TextEncoder().encode(text);
}

function stream(text: string) {
  return { stream: once(text), sizeBytes: text.length };
}

describe('methods', () => {
  it.each(changing)('%s sends its body and takes an answer without content', async (method) => {
    await using origin = await startOrigin();
    origin.script('/a', { status: 204 });
    const result = await download({ url: origin.urlOf('/a'), method, json: { a: 1 } });
    expect(result).toMatchObject({ status: 204, sizeBytes: 0 });
    expect(origin.requests).toMatchObject([{ method, headers: { 'content-type': 'application/json' }, range: null }]);
    expect(origin.requests[0]?.body.toString()).toBe('{"a":1}');
  });

  it('HEAD brings the head and nothing else, be there a digest of the whole in it', async () => {
    await using origin = await startOrigin();
    const headers = { 'Repr-Digest': 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:' };
    origin.serve('/a', { seed: 1, sizeBytes: 5000, headers });
    const result = await download({ url: origin.urlOf('/a'), method: 'HEAD' });
    expect(result).toMatchObject({ sizeBytes: 0, headers: { 'content-length': '5000' } });
    expect(origin.requests.map(({ method }) => method)).toEqual(['HEAD']);
  });

  it.each([
    ['file', { file: 'x' }, 'method'],
    ['cache', { cache: '/nowhere/at/all' }, 'cache'],
  ])('HEAD goes to no %s', async (_name, options, name) => {
    const wrong = download({ url: 'http://127.0.0.1:1/', method: 'HEAD' }, options as object);
    await expect(wrong).rejects.toMatchObject({ code: 'request-invalid', facts: { name } });
  });

  it('what PUT is answered with may be a file, over one connection and anew each time', async () => {
    await using origin = await startOrigin();
    origin.serve('/a', { seed: 1, sizeBytes: 9_000_000 });
    const options = { file: join(temporaryFolder(), 'a'), overwrite: true };
    for (let count = 0; count < 2; count += 1) {
      const { sizeBytes } = await download({ url: origin.urlOf('/a'), method: 'PUT', body: 'x' }, options);
      expect(sizeBytes).toBe(9_000_000);
    }
    expect(origin.requests.map(({ method, range }) => [method, range])).toEqual([
      ['PUT', null],
      ['PUT', null],
    ]);
  });

  it.each<[RequestMethod, number]>([
    ['PUT', 2],
    ['DELETE', 2],
    ['PATCH', 1],
    ['POST', 1],
  ])('%s is tried as often as it may be: %d', async (method, count) => {
    await using origin = await startOrigin();
    origin.script('/a', (_request, index) => (index === 0 ? { status: 503 } : { body: 'ok' }));
    await download({ url: origin.urlOf('/a'), method }, { retryWaitMs: 0 }).catch(() => {});
    expect(origin.requests).toHaveLength(count);
  });
});

describe('redirects', () => {
  it.each<[RequestMethod, number, RequestMethod]>([
    ['PUT', 307, 'PUT'],
    ['PUT', 301, 'PUT'],
    ['PUT', 303, 'GET'],
    ['POST', 302, 'GET'],
    ['POST', 308, 'POST'],
  ])('%s after %d goes on as %s, with its file again or without', async (method, status, next) => {
    await using origin = await startOrigin();
    const path = join(temporaryFolder(), 'sent');
    await writeFile(path, 'from a file');
    origin.script('/a', { ...redirectTo('/b'), status });
    origin.serve('/b', { body: 'there' });
    const result = await download({ url: origin.urlOf('/a'), method, body: { path } });
    expect(result.text()).toBe('there');
    const sent = origin.requests.map((request) => [request.method, request.body.toString()]);
    expect(sent).toEqual([
      [method, 'from a file'],
      [next, next === 'GET' ? '' : 'from a file'],
    ]);
  });

  it.each(['PUT', 'DELETE'] as const)('%s is not sent on to another party', async (method) => {
    await using there = await startOrigin();
    await using origin = await startOrigin();
    origin.script('/a', { ...redirectTo(there.urlOf('/b')), status: 307 });
    const wrong = download({ url: origin.urlOf('/a'), method });
    await expect(wrong).rejects.toMatchObject({ code: 'redirect-unsafe' });
    expect(there.requests).toEqual([]);
  });
});

describe('a body that is a stream', () => {
  it('is sent with its length', async () => {
    await using origin = await startOrigin();
    origin.serve('/a', { body: 'ok' });
    await download({ url: origin.urlOf('/a'), body: stream('streamed') });
    expect(origin.requests[0]).toMatchObject({ method: 'POST', headers: { 'content-length': '8' } });
    expect(origin.requests[0]?.body.toString()).toBe('streamed');
  });

  it('is not sent again: not to where a redirect leads, not for a login, not by a retry', async () => {
    await using origin = await startOrigin();
    origin.script('/moved', { ...redirectTo('/b'), status: 307 });
    const challenge = 'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256';
    origin.script('/login', { status: 401, headers: { 'WWW-Authenticate': challenge } });
    origin.script('/busy', { status: 503 });
    const again = { code: 'request-invalid', facts: { name: 'body' } };
    const login = { username: 'u', password: 'p' };
    await expect(download({ url: origin.urlOf('/moved'), body: stream('x') })).rejects.toMatchObject(again);
    const refused = download({ url: origin.urlOf('/login'), body: stream('x'), request: login });
    await expect(refused).rejects.toMatchObject(again);
    const busy = download({ url: origin.urlOf('/busy'), method: 'PUT', body: stream('x') });
    await expect(busy).rejects.toMatchObject({ code: 'http-unavailable' });
    expect(origin.requests).toHaveLength(3);
  });

  it('cannot be given twice, nor be told to be tried again', async () => {
    await using origin = await startOrigin();
    origin.serve('/a', { body: 'ok' });
    const request = { url: origin.urlOf('/a'), body: stream('x') };
    await expect(download(request, { maxAttempts: 2 })).rejects.toMatchObject({ facts: { name: 'maxAttempts' } });
    await download(request);
    await expect(download(request)).rejects.toMatchObject({ code: 'request-invalid', facts: { name: 'body' } });
  });

  it('that ends too soon is named', async () => {
    await using origin = await startOrigin();
    const body = { stream: once('short'), sizeBytes: 100 };
    const wrong = download({ url: origin.urlOf('/a'), body });
    await expect(wrong).rejects.toMatchObject({ code: 'request-invalid', facts: { name: 'body' } });
  });
});

it('bytes beyond what a request can hold in itself, a Blob and a form with a file are sent in pieces', async () => {
  await using origin = await startOrigin();
  origin.serve('/a', { body: 'ok' });
  const url = origin.urlOf('/a');
  const large = new Uint8Array(13_000_000).fill(5);
  await download({ url, body: large });
  await download({ url, body: new Blob(['blob'], { type: 'text/plain' }) });
  const path = join(temporaryFolder(), 'sent.txt');
  await writeFile(path, 'file');
  await download({ url, multipart: { title: 'T', file: { path } } });
  const [first, second, third] = origin.requests;
  expect(first?.body).toHaveLength(large.length);
  expect([second?.body.toString(), second?.headers['content-type']]).toEqual(['blob', 'text/plain']);
  const boundary = /^multipart\/form-data; boundary=(\S+)$/u.exec(String(third?.headers['content-type']))?.[1] ?? '';
  const parts = third?.body.toString().split(`--${boundary}`) ?? [];
  expect(parts.map((part) => part.split('\r\n\r\n')[1]?.trim())).toEqual([undefined, 'T', 'file', undefined]);
});
