/** Tests what the web server answers to browsers, strangers and hostile pages. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask, serveFake, token } from './server-fixture.ts';

test('the token becomes a cookie and leaves the address', async () => {
  const { server, cookie } = await serveFake();
  expect(server.url).toBe(`http://127.0.0.1:${server.port}/?token=${token}`);
  const reply = await ask(server.port, `/?token=${token}&theme=dark`);
  expect([reply.status, reply.headers.location]).toEqual([303, '/?theme=dark']);
  const [set] = reply.headers['set-cookie'] ?? [];
  expect(set).toMatch(/; HttpOnly; SameSite=Strict;/);
  expect(set?.split(';')[0]).toBe(cookie);
  const page = await ask(server.port, '/', { headers: { cookie } });
  expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
});

test('a ticket opens the page once', async () => {
  const { server } = await serveFake();
  const { pathname, search } = new URL(server.ticketUrl());
  const first = await ask(server.port, pathname + search);
  expect([first.status, first.headers.location]).toEqual([303, '/']);
  expect(first.headers['set-cookie']).toHaveLength(1);
  expect((await ask(server.port, pathname + search)).status).toBe(401);
});

test('the redirect stays on this server whatever the path says', async () => {
  const { server } = await serveFake();
  const { headers } = await ask(server.port, `//evil.test/?token=${token}`);
  expect(new URL(headers.location ?? '', 'http://127.0.0.1:1/').host).toBe('127.0.0.1:1');
});

test.each(['/', '/assets/main-abc.js', '/files/a', '/?token=wrong', '/?token='])(
  'without the token %s is closed',
  async (path) => {
    const { server, cookie } = await serveFake();
    expect((await ask(server.port, path)).status).toBe(401);
    expect((await ask(server.port, path, { headers: { cookie: `${cookie}x` } })).status).toBe(401);
  },
);

test('F63: a page on a name rebound to this machine gets nothing, token or not', async () => {
  const { server, cookie } = await serveFake();
  for (const host of [`evil.test:${server.port}`, 'evil.test', '127.0.0.1:1']) {
    expect((await ask(server.port, '/', { headers: { host, cookie } })).status).toBe(403);
    expect((await ask(server.port, `/?token=${token}`, { headers: { host } })).status).toBe(403);
  }
});

test('F63: requests from other origins are refused, and nothing is ever shared with them', async () => {
  const { server, cookie, origin } = await serveFake();
  for (const foreign of ['http://evil.test', 'null', `http://localhost:${server.port}`]) {
    const reply = await ask(server.port, '/', { headers: { origin: foreign, cookie } });
    expect(reply.status).toBe(403);
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
  }
  const own = await ask(server.port, '/', { headers: { origin, cookie } });
  expect([own.status, own.headers['access-control-allow-origin']]).toEqual([200, undefined]);
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is not for browsers', async (method) => {
  const { server, cookie, origin } = await serveFake();
  expect((await ask(server.port, '/', { method, headers: { cookie, origin } })).status).toBe(405);
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
  const { server, cookie, folder } = await serveFake();
  await writeFile(join(folder, 'secret'), 'secret');
  const reply = await ask(server.port, path, { headers: { cookie } });
  expect(reply.status).toBe(404);
  expect(reply.body).not.toContain('secret');
});

test('every answer carries the strict headers, refusals too', async () => {
  const { server, cookie } = await serveFake();
  const replies = [
    await ask(server.port, '/', { headers: { cookie } }),
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
  const { server, cookie } = await serveFake();
  const asset = await ask(server.port, '/assets/main-abc.js', { headers: { cookie } });
  expect(asset.headers).toMatchObject({
    'cache-control': expect.stringContaining('immutable'),
    'content-type': 'text/javascript; charset=utf-8',
  });
  const page = await ask(server.port, '/', { headers: { cookie } });
  expect(page.headers['cache-control']).toContain('no-cache');
  const again = await ask(server.port, '/', { headers: { cookie, 'if-none-match': page.headers.etag ?? '' } });
  expect([again.status, again.body]).toEqual([304, '']);
});
