/** Tests saving finished files from the browser, and that nothing else can be had. */
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { downloadView } from '../fake-engine.ts';
import { type Reply, ask, fileTicket, serveFake, signIn } from './server-fixture.ts';

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
  const { key } = await signIn(fixture.server);
  /** As the page does it: a ticket first, then the file. */
  async function fetchFile(
    id: string,
    options: { method?: string; headers?: Record<string, string> } = {},
  ): Promise<Reply> {
    const ticket = await fileTicket(fixture.server, key, id);
    return ask(fixture.server.port, `/files/${id}?ticket=${ticket}`, options);
  }
  return { ...fixture, key, fetchFile };
}

test('a finished file is saved under its name and never run', async () => {
  const { fetchFile } = await serveOne();
  const reply = await fetchFile('done');
  expect([reply.status, reply.body]).toEqual([200, '<script>0123456789</script>']);
  expect(reply.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'content-length': '27',
    'content-disposition': `attachment; filename="na_ve _<b>__.html"; filename*=UTF-8''na%C3%AFve%20%22%3Cb%3E%22%E2%80%AE.html`,
  });
});

test('parts of it', async () => {
  const { fetchFile } = await serveOne();
  const part = await fetchFile('done', { headers: { range: 'bytes=8-17' } });
  expect([part.status, part.body, part.headers['content-range']]).toEqual([206, '0123456789', 'bytes 8-17/27']);
  const beyond = await fetchFile('done', { headers: { range: 'bytes=27-' } });
  expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */27']);
  const head = await fetchFile('done', { method: 'HEAD' });
  expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', '27']);
  const empty = await fetchFile('empty');
  expect([empty.status, empty.body]).toEqual([200, '']);
});

test('F93 a ticket fetches its file once; a look at the head does not use it up', async () => {
  const { server, key } = await serveOne();
  const path = `/files/done?ticket=${await fileTicket(server, key, 'done')}`;
  expect((await ask(server.port, path, { method: 'HEAD' })).status).toBe(200);
  expect((await ask(server.port, path)).status).toBe(200);
  expect((await ask(server.port, path)).status).toBe(401);
  const other = await fileTicket(server, key, 'done');
  expect((await ask(server.port, `/files/empty?ticket=${other}`)).status).toBe(401);
});

test.each(['half', 'gone', 'link', 'folder', 'unknown', '..%2fsecret'])('no file for %s', async (id) => {
  const { server, key } = await serveOne();
  expect(await fileTicket(server, key, id)).toBeNull();
  const reply = await ask(server.port, `/files/${id}?ticket=null`);
  expect(reply.status).toBeGreaterThan(400);
  expect(reply.body).not.toContain('secret');
});
