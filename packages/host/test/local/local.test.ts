/** Tests that another program of the same user finds the host that owns a folder, and no other program does. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { silentLog } from '@sluice/engine';
import { expect, onTestFinished, test } from 'vitest';
import { connectToRunningHost } from '../../src/local/connect-to-running-host.ts';
import { findEndpoint, newEndpoint, proofOf } from '../../src/local/local-endpoint.ts';
import { serveLocally } from '../../src/local/serve-locally.ts';
import { WebSocket, WebSocketServer } from 'ws';
import { fakeEngine } from '../fake-engine.ts';
import { tempFolder } from '../temp-folder.ts';

async function serve(folder: string) {
  const engine = fakeEngine();
  const server = await serveLocally(folder, engine.api, { log: silentLog });
  onTestFinished(() => server.close());
  return { engine, server };
}

test('hands a command to the host that is there', async () => {
  const folder = await tempFolder();
  const { engine } = await serve(folder);
  const remote = await connectToRunningHost(folder);
  const added = await remote?.add({ downloads: [{ url: 'http://h.test/f' }] });
  expect(added?.results).toMatchObject([{ kind: 'added' }]);
  expect(engine.asked).toMatchObject([{ method: 'add' }]);
  remote?.close();
});

test('finds no host where none is, where one died, and where one has closed', async () => {
  const folder = await tempFolder();
  expect(await connectToRunningHost(folder)).toBeNull();
  await writeFile(join(folder, 'host.sock'), '');
  expect(await connectToRunningHost(folder)).toBeNull();
  const { server } = await serve(folder);
  const remote = await connectToRunningHost(folder);
  await server.close();
  await remote?.closed;
  expect(remote).not.toBeNull();
  expect(await connectToRunningHost(folder)).toBeNull();
  expect(existsSync(join(folder, 'host.sock'))).toBe(false);
});

test('the socket is the user’s alone', async () => {
  const folder = await tempFolder();
  await serve(folder);
  expect((await stat(join(folder, 'host.sock'))).mode & 0o777).toBe(0o600);
});

test('a folder whose path is too long for a socket has a host that cannot be reached, but has one', async () => {
  const folder = join(await tempFolder(), 'deep'.repeat(30));
  await mkdir(folder);
  await serve(folder);
  expect(await connectToRunningHost(folder)).toBeNull();
});

test('a folder that takes no socket does not keep a host from starting', async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, 'host.sock'));
  const warnings: string[] = [];
  const log = { ...silentLog, warn: (message: string) => warnings.push(message) };
  const server = await serveLocally(folder, fakeEngine().api, { log });
  await server.close();
  expect(warnings).toEqual(['other programs cannot reach this host']);
});

/** As on Windows, over sockets of this system: a random name in front of which stands a folder. */
async function windowsStage() {
  const folder = await tempFolder();
  const options = { platform: 'win32', pipePrefix: join(folder, 'p-') } as const;
  const engine = fakeEngine();
  const server = await serveLocally(folder, engine.api, { log: silentLog, ...options });
  onTestFinished(() => server.close());
  const record = JSON.parse(await readFile(join(folder, 'host.pipe'), 'utf8')) as { path: string; secret: string };
  return { folder, options, engine, server, record };
}

test('a pipe of Windows has a random name, which stands in a private file while the host runs', async () => {
  const pipe = newEndpoint(String.raw`C:\Users\Ana\Sluice`, { platform: 'win32' });
  expect(pipe?.path).toMatch(/^\\\\\.\\pipe\\sluice-[0-9a-f]{64}$/);
  expect(newEndpoint(String.raw`C:\Users\Ana\Sluice`, { platform: 'win32' })?.path).not.toBe(pipe?.path);
  const { folder, options, engine, server } = await windowsStage();
  expect((await stat(join(folder, 'host.pipe'))).mode & 0o777).toBe(0o600);
  const remote = await connectToRunningHost(folder, options);
  await remote?.add({ downloads: [{ url: 'http://h.test/f' }] });
  expect(engine.asked).toMatchObject([{ method: 'add' }]);
  remote?.close();
  await server.close();
  expect(existsSync(join(folder, 'host.pipe'))).toBe(false);
});

test('a program that took the name of a host that died is told nothing: it cannot prove that it is one', async () => {
  const { folder, options, server, record } = await windowsStage();
  await server.close();
  const told: string[] = [];
  // What it knows is the name, and whatever a client shows it.
  const impostor = createServer();
  const sockets = new WebSocketServer({ server: impostor });
  sockets.on('headers', (lines, { headers }) => lines.push(`sluice-proof: ${String(headers['sluice-proof'])}`));
  sockets.on('connection', (socket) => socket.on('message', (data: Buffer) => told.push(data.toString())));
  impostor.listen(record.path);
  await once(impostor, 'listening');
  onTestFinished(() => void impostor.close());
  await writeFile(join(folder, 'host.pipe'), JSON.stringify(record));
  expect(await connectToRunningHost(folder, options)).toBeNull();
  expect(told).toEqual([]);
});

test('a program that knows the pipe’s name alone is turned away', async () => {
  const { engine, record } = await windowsStage();
  for (const proof of ['', 'x', proofOf(record.secret, 'host', 'n'), proofOf(record.secret, 'client', 'other')]) {
    const socket = new WebSocket('ws://localhost/', {
      createConnection: () => connect(record.path),
      headers: { 'sluice-nonce': 'n', 'sluice-proof': proof },
    });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('401');
  }
  expect(engine.asked).toEqual([]);
});

test.each([
  ['another place', { path: '/tmp/elsewhere' }],
  ['a pipe of another machine', { path: String.raw`\\evil\pipe\sluice-${'0'.repeat(64)}` }],
  ['a name that is not random', { path: String.raw`\\.\pipe\sluice-admin` }],
  ['a path behind the name', { path: String.raw`\\.\pipe\sluice-${'0'.repeat(64)}\..\other` }],
  ['no secret', { secret: '' }],
])('a record of %s is not followed', async (_what, changes) => {
  const folder = await tempFolder();
  const good = { path: String.raw`\\.\pipe\sluice-${'0'.repeat(64)}`, secret: '0'.repeat(64) };
  await writeFile(join(folder, 'host.pipe'), JSON.stringify(good));
  expect(findEndpoint(folder, { platform: 'win32' })).toEqual(good);
  await writeFile(join(folder, 'host.pipe'), JSON.stringify({ ...good, ...changes }));
  expect(findEndpoint(folder, { platform: 'win32' })).toBeNull();
});

test.skipIf(process.getuid?.() !== 0)(
  'a socket of another user in the place of ours is not opened (needs root)',
  async () => {
    const folder = await tempFolder();
    await serve(folder);
    await chown(join(folder, 'host.sock'), 65_534, 65_534);
    expect(await connectToRunningHost(folder)).toBeNull();
  },
);
