/** Tests whole runs of the server in this process: what it says, what it refuses, and that it lets go of everything. */
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectToRunningHost } from '@sluice/host';
import { expect, onTestFinished, test } from 'vitest';
import type { ServeOptions } from '../src/main/arguments.ts';
import { runServer } from '../src/main/run-server.ts';
import { runSessions } from '../src/main/run-sessions.ts';

interface Fixture {
  readonly noBrowser?: boolean;
  readonly options: ServeOptions;
  readonly uiFolder: string;
}

async function prepare(): Promise<Fixture> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-server-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const uiFolder = join(folder, 'ui');
  await mkdir(uiFolder);
  await writeFile(join(uiFolder, 'index.html'), '<!doctype html>');
  return {
    uiFolder,
    options: {
      urls: [],
      port: 0,
      address: '127.0.0.1',
      allowRemote: false,
      downloadFolder: join(folder, 'in'),
      dataFolder: join(folder, 'data'),
      openBrowser: false,
    },
  };
}

/** Starts a server. @returns once it said where it is */
async function start({ options, uiFolder, noBrowser = false }: Fixture) {
  const stopping = Promise.withResolvers<void>();
  const said = Promise.withResolvers<string>();
  const warnings: string[] = [];
  const lines: string[] = [];
  const opened: string[] = [];
  const over = runServer(options, {
    version: '0.0.0',
    uiFolder,
    say: (text) => {
      lines.push(text);
      said.resolve(text);
    },
    warn: (line) => warnings.push(line),
    openBrowser: (file) => opened.push(file) > 0 && !noBrowser,
    stopped: stopping.promise,
  });
  const stop = async (): Promise<void> => {
    stopping.resolve();
    await over;
  };
  const line = await Promise.race([said.promise, over.then(() => 'nothing')]);
  onTestFinished(stop);
  return { line, lines, url: line.replace('Sluice is at ', ''), warnings, opened, stop };
}

test('one line says where it is, and the link there works', async () => {
  const server = await start(await prepare());
  expect(server.line).toMatch(/^Sluice is at http:\/\/127\.0\.0\.1:\d+\/#ticket=[\w-]{43}$/);
  expect((await fetch(server.url)).status).toBe(200);
  expect(server.warnings).toEqual([]);
});

test('F94 the browser it opens gets the path of a private file, and the line that is printed holds no ticket', async () => {
  const fixture = await prepare();
  const server = await start({ ...fixture, options: { ...fixture.options, openBrowser: true } });
  // The browser comes after the links are added, which is after the line.
  await expect.poll(() => server.opened).toHaveLength(1);
  expect(server.opened[0]).toMatch(/open-[0-9a-f]{32}\.html$/);
  expect(server.opened[0]).not.toContain('ticket');
  expect(server.url).not.toContain('#');
  await server.stop();
  expect((await readdir(join(fixture.options.dataFolder ?? '', 'web'))).toSorted()).toEqual(['sessions', 'tickets']);
});

test('F94 where no browser can be opened the link is printed in its place', async () => {
  const fixture = await prepare();
  const server = await start({ ...fixture, options: { ...fixture.options, openBrowser: true }, noBrowser: true });
  await expect.poll(() => server.lines.at(-1)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#ticket=[\w-]{43}$/);
});

test('browsers that are signed in are listed, signed out, and given further links', async () => {
  const fixture = await prepare();
  const { dataFolder } = fixture.options;
  const lines: string[] = [];
  const output = { say: (line: string) => lines.push(line), warn: (line: string) => lines.push(`! ${line}`) };
  expect(await runSessions({ kind: 'sessions', action: 'link', dataFolder }, output)).toBe(false);
  expect(lines.splice(0)).toEqual([expect.stringMatching(/^! No server runs/)]);
  await start(fixture);
  expect(await runSessions({ kind: 'sessions', action: 'link', dataFolder }, output)).toBe(true);
  const url = new URL(lines.splice(0)[0] ?? '');
  const socket = new WebSocket(`ws://${url.host}/channel`, { headers: { origin: url.origin } });
  socket.addEventListener('open', () => {
    socket.send(JSON.stringify({ kind: 'sign-in', ticket: url.hash.replace('#ticket=', '') }));
  });
  await once(socket, 'message');
  const closed = once(socket, 'close');
  expect(await runSessions({ kind: 'sessions', action: 'list', dataFolder }, output)).toBe(true);
  const [id = ''] = lines[0]?.split(' ') ?? [];
  expect(lines.splice(0)).toEqual([expect.stringMatching(/^[0-9a-f]{16} .* from 127\.0\.0\.1/)]);
  expect(await runSessions({ kind: 'sessions', action: { revoke: id }, dataFolder }, output)).toBe(true);
  await closed;
  expect(await runSessions({ kind: 'sessions', action: { revoke: id }, dataFolder }, output)).toBe(false);
  expect(await runSessions({ kind: 'sessions', action: { revoke: 'all' }, dataFolder }, output)).toBe(true);
});

test('a second server on the same data is refused, and may start once the first is closed', async () => {
  const fixture = await prepare();
  const first = await start(fixture);
  await expect(start(fixture)).rejects.toMatchObject({
    code: 'host-busy',
    facts: { path: fixture.options.dataFolder },
  });
  await first.stop();
  await start(fixture);
});

test('a second start with links hands them to the first', async () => {
  const fixture = await prepare();
  await start(fixture);
  const url = 'http://127.0.0.1:9/handed-over.bin';
  const second = await start({ ...fixture, options: { ...fixture.options, urls: [url, 'htp:/typo'] } });
  expect(second.line).toBe('Handed to the Sluice that is already running.');
  expect(second.warnings).toEqual([expect.stringContaining('htp:/typo')]);
  const running = await connectToRunningHost(fixture.options.dataFolder ?? '');
  onTestFinished(() => running?.close());
  expect((await running?.snapshot({}))?.downloads.map((download) => download.url)).toEqual([url]);
});

test('a port that was asked for is not traded for another, and nothing stays locked', async () => {
  const first = await start(await prepare());
  const fixture = await prepare();
  const taken = { ...fixture.options, port: Number(new URL(first.url).port) };
  await expect(start({ ...fixture, options: taken })).rejects.toMatchObject({ code: 'port-in-use' });
  await start(fixture);
});

test('a folder that cannot be made is named before anything starts', async () => {
  const fixture = await prepare();
  const downloadFolder = join(fixture.uiFolder, 'index.html', 'in');
  await expect(start({ ...fixture, options: { ...fixture.options, downloadFolder } })).rejects.toMatchObject({
    code: 'folder-missing',
    facts: { path: downloadFolder },
  });
});

test('F54: a damaged list is set aside, told, and not in the way', async () => {
  const fixture = await prepare();
  const { dataFolder } = fixture.options;
  await mkdir(dataFolder ?? '');
  await writeFile(join(dataFolder ?? '', 'sluice.db'), 'not a database '.repeat(1000));
  const server = await start(fixture);
  expect(server.warnings).toEqual([expect.stringContaining('could not be read')]);
  expect((await readdir(dataFolder ?? '')).some((name) => name.startsWith('sluice-damaged-'))).toBe(true);
});

test('links are added on start, and bad ones are told one by one', async () => {
  const fixture = await prepare();
  const urls = ['htp:/typo', 'ftpp://h.test/a', 'http://127.0.0.1:1/fine'];
  const server = await start({ ...fixture, options: { ...fixture.options, urls } });
  await expect
    .poll(() => server.warnings)
    .toEqual([expect.stringContaining('htp:/typo'), expect.stringContaining('ftpp://')]);
});
