/** Tests that another program of the same user finds the host that owns a folder, and nobody else does. */
import { existsSync } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { silentLog } from '@sluice/engine';
import { expect, onTestFinished, test } from 'vitest';
import { connectToRunningHost } from '../../src/local/connect-to-running-host.ts';
import { localEndpoint } from '../../src/local/local-endpoint.ts';
import { serveLocally } from '../../src/local/serve-locally.ts';
import { fakeEngine } from '../fake-engine.ts';
import { tempFolder } from '../temp-folder.ts';

async function serve(folder: string) {
  const engine = fakeEngine();
  const server = await serveLocally(folder, engine.api, silentLog);
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

test('finds nobody where no host is, where one died, and where one has closed', async () => {
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
  const server = await serveLocally(folder, fakeEngine().api, log);
  await server.close();
  expect(warnings).toEqual(['other programs cannot reach this host']);
});

test('Windows names a pipe after the folder, whatever its case', () => {
  const pipe = localEndpoint(String.raw`C:\Users\Ana\Sluice`, 'win32');
  expect(pipe).toMatch(/^\\\\\.\\pipe\\sluice-[0-9a-f]{32}$/);
  expect(localEndpoint(String.raw`c:\users\ana\sluice`, 'win32')).toBe(pipe);
  expect(localEndpoint(String.raw`C:\Users\Bob\Sluice`, 'win32')).not.toBe(pipe);
});
