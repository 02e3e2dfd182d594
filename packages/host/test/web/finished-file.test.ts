/** Tests saving finished files from the browser, and that nothing else can be had. */
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { downloadView } from '../fake-engine.ts';
import { ask, serveFake } from './server-fixture.ts';

const name = 'naïve "<b>"\u202e.html';

async function serveOne() {
  const fixture = await serveFake((folder) => [
    downloadView({ id: 'done', name, folder }),
    downloadView({ id: 'empty', name: 'empty', folder }),
    downloadView({ id: 'half', name: 'half', folder, state: { kind: 'paused' } }),
    downloadView({ id: 'gone', name: 'gone', folder }),
    downloadView({ id: 'link', name: 'link', folder }),
    downloadView({ id: 'folder', name: 'sub', folder }),
  ]);
  await writeFile(join(fixture.folder, name), '<script>0123456789</script>');
  await writeFile(join(fixture.folder, 'half'), 'half');
  await writeFile(join(fixture.folder, 'empty'), '');
  await writeFile(join(fixture.folder, 'secret'), 'secret');
  await symlink(join(fixture.folder, 'secret'), join(fixture.folder, 'link'));
  await mkdir(join(fixture.folder, 'sub'));
  return fixture;
}

test('a finished file is saved under its name and never run', async () => {
  const { server, cookie } = await serveOne();
  const reply = await ask(server.port, '/files/done', { headers: { cookie } });
  expect([reply.status, reply.body]).toEqual([200, '<script>0123456789</script>']);
  expect(reply.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'content-length': '27',
    'content-disposition': `attachment; filename="na_ve _<b>__.html"; filename*=UTF-8''na%C3%AFve%20%22%3Cb%3E%22%E2%80%AE.html`,
  });
});

test('ranges of it, so that a broken save can go on', async () => {
  const { server, cookie } = await serveOne();
  const part = await ask(server.port, '/files/done', { headers: { cookie, range: 'bytes=8-17' } });
  expect([part.status, part.body, part.headers['content-range']]).toEqual([206, '0123456789', 'bytes 8-17/27']);
  const beyond = await ask(server.port, '/files/done', { headers: { cookie, range: 'bytes=27-' } });
  expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */27']);
  const head = await ask(server.port, '/files/done', { method: 'HEAD', headers: { cookie } });
  expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', '27']);
  const empty = await ask(server.port, '/files/empty', { headers: { cookie } });
  expect([empty.status, empty.body]).toEqual([200, '']);
});

test.each(['half', 'gone', 'link', 'folder', 'unknown', '..%2fsecret'])('no file for %s', async (id) => {
  const { server, cookie } = await serveOne();
  const reply = await ask(server.port, `/files/${id}`, { headers: { cookie } });
  expect(reply.status).toBe(404);
  expect(reply.body).not.toContain('secret');
});
