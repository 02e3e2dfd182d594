/** Tests the web server as a whole: its Channel, its addresses and its links. */
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { channelFromWebSocket, connectEngine } from '@sluice/contract';
import { expect, onTestFinished, test } from 'vitest';
import { startWebServer } from '../../src/web/start-web-server.ts';
import { openWebAccess } from '../../src/web/web-access.ts';
import { openWebFolder } from '../../src/web/web-folder.ts';
import { fakeHost, openSocket, serveFake, showFirst, signIn, ticketOf } from './server-fixture.ts';

test('the Channel carries calls and deltas, confined to the download folder', async () => {
  const { server, engine } = await serveFake();
  const { socket } = await signIn(server);
  const remote = connectEngine(channelFromWebSocket(socket));
  expect((await remote.snapshot({})).sequence).toBe(0);
  const { results } = await remote.add({ downloads: [{ url: 'http://h.test/f', folder: '/etc' }] });
  expect(results).toMatchObject([{ kind: 'rejected', error: { code: 'file-access-denied' } }]);
  const { promise: heard, resolve } = Promise.withResolvers<number>();
  remote.subscribe((delta) => resolve(delta.sequence));
  // Answered after the subscription is in force: messages keep their order.
  await remote.snapshot({});
  engine.publish({ sequence: 7 });
  expect(await heard).toBe(7);
  await server.close();
  await remote.closed;
});

test('a browser that is signed in comes back with its key, also after a restart on the same port', async () => {
  const { uiFolder } = await serveFake();
  const host = await fakeHost();
  const first = await startWebServer({ host, uiFolder });
  const { key } = await signIn(first);
  await first.close();
  const second = await startWebServer({ host, uiFolder, port: first.port });
  onTestFinished(() => second.close());
  const end = await showFirst(openSocket(second.port), { kind: 'sign-in', key });
  expect(end).toMatchObject({ kind: 'answered', message: { kind: 'signed-in' } });
});

test('F93 after another program had the port, the keys that browsers kept for it are worth nothing', async () => {
  const { server: other, uiFolder } = await serveFake();
  const host = await fakeHost();
  const folder = await openWebFolder(host.dataFolder);
  const kept = await folder.sessions.create({ port: other.port, browser: '', address: '' });
  const elsewhere = await folder.sessions.create({ port: 1, browser: '', address: '' });
  await expect(startWebServer({ host, uiFolder, port: other.port })).rejects.toMatchObject({ code: 'port-in-use' });
  expect((await folder.sessions.list()).map(({ id }) => id)).toEqual([elsewhere.id]);
  expect(await folder.sessions.check(kept.key, other.port)).toBeNull();
});

test('a session that another process revokes loses its connection', async () => {
  const { server, folder } = await serveFake();
  const { key, socket } = await signIn(server);
  const closed = once(socket, 'close');
  const access = await openWebAccess(folder);
  const [session] = await access.list();
  expect(session).toMatchObject({ port: server.port, address: '127.0.0.1' });
  expect(await access.revoke(session?.id ?? '')).toBe(true);
  expect((await closed)[0]).toBe(4401);
  expect(await showFirst(openSocket(server.port), { kind: 'sign-in', key })).toEqual({ kind: 'closed', code: 4401 });
});

test('any program of the user gets a link to the server that runs, and none where none does', async () => {
  const { server, folder, origin } = await serveFake();
  const access = await openWebAccess(folder);
  const link = await access.newLink();
  expect(link).toMatch(new RegExp(`^${origin}/#ticket=[\\w-]{43}$`));
  const end = await showFirst(openSocket(server.port), { kind: 'sign-in', ticket: ticketOf(link ?? '') });
  expect(end).toMatchObject({ kind: 'answered' });
  await server.close();
  expect(await access.newLink()).toBeNull();
});

test('a port in use is named', async () => {
  const { server, uiFolder } = await serveFake();
  const start = startWebServer({ host: await fakeHost(), uiFolder, port: server.port });
  await expect(start).rejects.toMatchObject({ code: 'port-in-use', facts: { port: server.port } });
});

test.each(['0.0.0.0', '::', '192.168.1.5', 'evil.test'])(
  '%s is refused unless asked for in so many words',
  async (address) => {
    const { uiFolder } = await serveFake();
    const start = startWebServer({ host: await fakeHost(), uiFolder, address });
    await expect(start).rejects.toMatchObject({ code: 'request-invalid', facts: { address } });
  },
);

test('with leave it listens everywhere', async () => {
  const { uiFolder } = await serveFake();
  const server = await startWebServer({ host: await fakeHost(), uiFolder, address: '0.0.0.0', allowRemote: true });
  onTestFinished(() => server.close());
  expect((await fetch(`http://127.0.0.1:${server.port}/`)).status).toBe(200);
  expect(server.url).not.toContain('0.0.0.0');
});

test('an address that is not of this machine is named', async () => {
  const { uiFolder } = await serveFake();
  const start = startWebServer({ host: await fakeHost(), uiFolder, address: '192.0.2.1', allowRemote: true });
  await expect(start).rejects.toMatchObject({ code: 'request-invalid', facts: { address: '192.0.2.1' } });
});

test('a UI that was not built is named', async () => {
  const { uiFolder } = await serveFake();
  await rm(join(uiFolder, 'index.html'));
  await expect(startWebServer({ host: await fakeHost(), uiFolder })).rejects.toMatchObject({ code: 'file-missing' });
});
