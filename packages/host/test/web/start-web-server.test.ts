/** Tests the web server as a whole: its Channel, its addresses and its link. */
import { once } from 'node:events';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { channelFromWebSocket, connectEngine } from '@sluice/contract';
import { silentLog } from '@sluice/engine';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { startWebServer } from '../../src/web/start-web-server.ts';
import { fakeEngine } from '../fake-engine.ts';
import { tempFolder } from '../temp-folder.ts';
import { serveFake, token } from './server-fixture.ts';

async function fakeHost() {
  const folder = await tempFolder();
  return {
    api: fakeEngine().api,
    dataFolder: folder,
    downloadFolder: folder,
    log: silentLog,
    notices: [],
    close: async () => {},
  };
}

function connect(port: number, path: string, headers: Record<string, string>): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
  onTestFinished(() => socket.terminate());
  return socket;
}

async function refusal(port: number, path: string, headers: Record<string, string>): Promise<string> {
  const [error] = (await once(connect(port, path, headers), 'error')) as [Error];
  return error.message;
}

test('the Channel carries calls and deltas, confined to the download folder', async () => {
  const { server, engine, cookie, origin } = await serveFake();
  const remote = connectEngine(channelFromWebSocket(connect(server.port, '/channel', { cookie, origin })));
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

test('F63: a WebSocket from another page, another name or a stranger is refused', async () => {
  const { server, cookie, origin } = await serveFake();
  const { port } = server;
  expect(await refusal(port, '/channel', { cookie })).toContain('403');
  expect(await refusal(port, '/channel', { cookie, origin: 'http://evil.test' })).toContain('403');
  expect(await refusal(port, '/channel', { cookie, origin: 'null' })).toContain('403');
  expect(
    await refusal(port, '/channel', { cookie, origin: `http://evil.test:${port}`, host: `evil.test:${port}` }),
  ).toContain('403');
  expect(await refusal(port, '/channel', { origin })).toContain('401');
  expect(await refusal(port, `/channel?token=${token}`, { origin })).toContain('401');
  expect(await refusal(port, '/elsewhere', { cookie, origin })).toContain('404');
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
  expect((await fetch(server.url.replace('0.0.0.0', '127.0.0.1'), { redirect: 'manual' })).status).toBe(303);
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

test('the link stays good across starts, and its key is private', async () => {
  const { uiFolder } = await serveFake();
  const host = await fakeHost();
  const first = await startWebServer({ host, uiFolder });
  await first.close();
  const second = await startWebServer({ host, uiFolder, port: first.port });
  await second.close();
  expect(second.url).toBe(first.url);
  expect(first.url).toContain((await readFile(join(host.dataFolder, 'web-token'), 'utf8')).trim());
  expect((await stat(join(host.dataFolder, 'web-token'))).mode & 0o777).toBe(0o600);
});
