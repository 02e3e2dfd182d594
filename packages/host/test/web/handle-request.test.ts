/** Tests what the web server answers to browsers, strangers and hostile pages. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask, serveFake } from './server-fixture.ts';

test('the page is for everyone who asks under the right name, and holds no secret', async () => {
  const { server, origin } = await serveFake();
  expect(server.url).toBe(`${origin}/`);
  const page = await ask(server.port, '/');
  expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.headers['set-cookie']).toBeUndefined();
});

test('F93 a name that is two addresses leads on to the one that is listened on, path and query kept', async () => {
  const { server, origin } = await serveFake();
  const reply = await ask(server.port, '//evil.test/?theme=dark', { headers: { host: `localhost:${server.port}` } });
  expect(reply.status).toBe(307);
  expect(new URL(reply.headers.location ?? '').origin).toBe(origin);
  expect(reply.headers.location).toContain('?theme=dark');
});

test('F63: a page on a name rebound to this machine gets nothing', async () => {
  const { server } = await serveFake();
  for (const host of [`evil.test:${server.port}`, 'evil.test', '127.0.0.1:1']) {
    expect((await ask(server.port, '/', { headers: { host } })).status).toBe(403);
  }
});

test('F63: requests from other origins are refused, and nothing is ever shared with them', async () => {
  const { server, origin } = await serveFake();
  for (const foreign of ['http://evil.test', 'null', `http://localhost:${server.port}`]) {
    const reply = await ask(server.port, '/', { headers: { origin: foreign } });
    expect(reply.status).toBe(403);
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
  }
  const own = await ask(server.port, '/', { headers: { origin } });
  expect([own.status, own.headers['access-control-allow-origin']]).toEqual([200, undefined]);
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is not for browsers', async (method) => {
  const { server, origin } = await serveFake();
  expect((await ask(server.port, '/', { method, headers: { origin } })).status).toBe(405);
});

test.each([
  '/../secret',
  '/assets/../../secret',
  '/%2e%2e/secret',
  '/..%2fsecret',
  '/assets/..%5c..%5csecret',
  '//etc/passwd',
  '/assets',
  '/nothing',
  '/index.html/..%00',
])('nothing outside the built UI: %s', async (path) => {
  const { server, folder } = await serveFake();
  await writeFile(join(folder, 'secret'), 'secret');
  const reply = await ask(server.port, path);
  expect(reply.status).toBe(404);
  expect(reply.body).not.toContain('secret');
});

test('every answer carries the strict headers, refusals too', async () => {
  const { server } = await serveFake();
  const replies = [
    await ask(server.port, '/'),
    await ask(server.port, '/'),
    await ask(server.port, '/', { headers: { host: 'evil.test' } }),
  ];
  for (const { headers } of replies) {
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types default",
    );
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  }
});

test('assets are kept by the browser, the page is asked for again', async () => {
  const { server } = await serveFake();
  const asset = await ask(server.port, '/assets/main-abc.js');
  expect(asset.headers).toMatchObject({
    'cache-control': expect.stringContaining('immutable'),
    'content-type': 'text/javascript; charset=utf-8',
  });
  const page = await ask(server.port, '/');
  expect(page.headers['cache-control']).toContain('no-cache');
  const again = await ask(server.port, '/', { headers: { 'if-none-match': page.headers.etag ?? '' } });
  expect([again.status, again.body]).toEqual([304, '']);
});
