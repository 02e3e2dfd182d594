/** `sluice serve` as a process: the interface it hands out, what is in its way, and how it stops. */
import { mkdir, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Sluice, type Workplace, workplace } from '../support/sluice.ts';

let place: Workplace;

beforeEach(async () => {
  place = await workplace();
  await mkdir(join(place.folder, 'ui'));
  await writeFile(join(place.folder, 'ui/index.html'), '<!doctype html><title>Sluice</title>');
});

afterEach(async () => {
  await place[Symbol.asyncDispose]();
});

function serve(...words: readonly string[]): Sluice {
  return place.start('serve', '--ui', 'ui', '--data', 'data', '--folder', 'files', ...words);
}

async function urlOf(sluice: Sluice): Promise<URL> {
  const pattern = /^Sluice is at (http:\/\/\S+)$/m;
  await sluice.until(() => pattern.test(sluice.written.out));
  return new URL(pattern.exec(sluice.written.out)?.[1] ?? '');
}

describe('sluice serve', () => {
  test('serves the interface to who has the link, and stops in order', async () => {
    const sluice = serve('--port', '0');
    const url = await urlOf(sluice);
    expect(url.hostname).toBe('127.0.0.1');
    expect(url.hash).toMatch(/^#ticket=[\w-]{43}$/);
    expect(await (await fetch(url)).text()).toContain('<title>Sluice</title>');
    sluice.process.kill('SIGINT');
    expect(await sluice.ended).toBe(0);
  });

  test('--json tells where it is and how it ended', async () => {
    const sluice = serve('--port', '0', '--json');
    await sluice.until(() => sluice.written.out.includes('\n'));
    const [line] = sluice.lines();
    expect(line).toMatchObject({ kind: 'serving' });
    expect((await fetch(line?.kind === 'serving' ? line.url : '')).status).toBe(200);
    sluice.process.kill('SIGTERM');
    expect(await sluice.ended).toBe(0);
    expect(sluice.lines().at(-1)).toEqual({ kind: 'end', exitCode: 0 });
    expect(sluice.written.error).toBe('');
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('F96 %s ends it in order whatever 300 clients hold', async (signal) => {
    const sluice = serve('--port', '0');
    const { port, host } = await urlOf(sluice);
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    const clients = Array.from({ length: 300 }, (_, index) => {
      const client = connect({ host: '127.0.0.1', port: Number(port), allowHalfOpen: true });
      client.on('error', () => {});
      const origin = index % 2 === 0 ? 'http://evil.test' : `http://${host}`;
      client.write(`GET /channel HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\n${index % 3 === 0 ? '' : upgrade}`);
      return client;
    });
    await Promise.all(clients.map((client) => once(client, 'connect')));
    sluice.process.kill(signal);
    expect(await sluice.ended).toBe(0);
    for (const client of clients) client.destroy();
  });

  test('sessions: a link for one more browser, the list of them, and an end to one', async () => {
    const sluice = serve('--port', '0');
    await urlOf(sluice);
    const link = place.start('sessions', '--link', '--data-folder', 'data', '--json');
    expect(await link.ended).toBe(0);
    const [line] = link.lines();
    const url = new URL(line?.kind === 'serving' ? line.url : '');
    const socket = new WebSocket(`ws://${url.host}/channel`, { headers: { origin: url.origin } });
    socket.addEventListener('open', () => {
      socket.send(JSON.stringify({ kind: 'sign-in', ticket: url.hash.replace('#ticket=', '') }));
    });
    await once(socket, 'message');
    const closed = once(socket, 'close');
    const list = place.start('sessions', '--data-folder', 'data', '--json');
    expect(await list.ended).toBe(0);
    const [found] = list.lines();
    const id = found?.kind === 'session' ? found.session.id : '';
    const revoke = place.start('sessions', '--data-folder', 'data', '--revoke', id);
    expect(await revoke.ended).toBe(0);
    await closed;
    const again = place.start('sessions', '--data-folder', 'data', '--revoke', id);
    expect(await again.ended).toBe(2);
    expect(again.written.error).toContain('No browser is signed in as');
  });

  test('a port that is taken: 10, and which one', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const sluice = serve('--port', String(port));
    expect(await sluice.ended).toBe(10);
    expect(sluice.written.error).toContain(
      `Another program is using this port: ${port} [port-in-use]. Choose another with --port`,
    );
    other.close();
    await once(other, 'close');
  });

  test('a data folder that another one uses: 10', async () => {
    const first = serve('--port', '0');
    await urlOf(first);
    const second = serve('--port', '0');
    expect(await second.ended).toBe(10);
    expect(second.written.error).toContain('[host-busy]');
    first.process.kill('SIGTERM');
    expect(await first.ended).toBe(0);
  });

  test.each([
    [['--port', 'http'], 'from 0 to 65535'],
    [['--ui', 'nowhere'], 'no index.html. Check --ui.'],
  ])('%j is wrong use: 2', async (words, expected) => {
    const sluice = serve(...words);
    expect(await sluice.ended).toBe(2);
    expect(sluice.written.error).toContain(expected);
  });
});
