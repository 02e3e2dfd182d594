import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFtpOrigin } from '@sluice/testkit/ftp';
import { type Origin, seededBytes, startOrigin, testCertificate, verifySeeded } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { findFreePort, startServerProcess } from '@sluice/testkit/servers';
import { startEngine } from '../harness.ts';

const sizeBytes = 6 * 1024 * 1024;
const certificateAuthority = testCertificate('trusted').certificatePem;

interface TestProxy extends AsyncDisposable {
  readonly address: string;
  stop(): Promise<void>;
}

type ProxyName = 'tinyproxy' | 'microsocks';

async function startProxy(name: ProxyName): Promise<TestProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-proxy-'));
  const port = await findFreePort();
  const configuration = join(folder, 'tinyproxy.conf');
  await writeFile(configuration, `Port ${port}\nListen 127.0.0.1\nTimeout 60\nMaxClients 50\nBasicAuth ann sesame\n`);
  const words = {
    tinyproxy: ['-d', '-c', configuration],
    microsocks: ['-i', '127.0.0.1', '-p', String(port), '-u', 'ann', '-P', 'sesame'],
  };
  const process = await startServerProcess(name, words[name], port);
  return {
    address: `127.0.0.1:${port}`,
    stop: () => process.stop(),
    async [Symbol.asyncDispose]() {
      await process.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const schemes = { tinyproxy: 'http', microsocks: 'socks5' } as const;
const ways = (['tinyproxy', 'microsocks'] as const).flatMap((name) => [
  { name, tls: false },
  { name, tls: true },
]);

function received(origin: Origin): string {
  return origin.requests.flatMap(({ headerLines, target }) => [target, ...headerLines]).join('\n');
}

const backends = ['auto', 'curl'] as const;

it.each(ways.flatMap((way) => backends.map((backend) => ({ ...way, backend }))))(
  'F64: fetches through $name, TLS $tls, by $backend, over several connections, and the origin learns no login',
  async ({ backend, ...way }) => {
    await using proxy = await startProxy(way.name);
    await using origin = await startOrigin({ tls: way.tls });
    await using test = await startEngine();
    origin.serve('/file.bin', { seed: 1, sizeBytes, bytesPerSecond: 2_000_000 });
    const link = `${schemes[way.name]}://ann:sesame@${proxy.address}`;
    const request = { certificateAuthority, proxy: link, backend };
    const id = await test.add(origin.urlOf('/file.bin'), { request });
    await test.reach(id, 'finished');
    expect(origin.requests.length).toBeGreaterThan(1);
    expect(await verifySeeded(test.path('file.bin'), 1, sizeBytes)).toBeNull();
    expect(received(origin)).not.toMatch(/proxy-authorization|sesame|YW5uOnNlc2FtZQ/i);
    expect(origin.requests.every(({ target }) => target === '/file.bin')).toBe(true);
  },
);

it.each(ways)('F64: $name, TLS $tls: a wrong login is proxy-auth-required, told without the login', async (way) => {
  await using proxy = await startProxy(way.name);
  await using origin = await startOrigin({ tls: way.tls });
  await using test = await startEngine();
  origin.serve('/file.bin', { seed: 1, sizeBytes: 1000 });
  // tinyproxy forwards a wrong login's refusal as 401, which is the same as a server's.
  const login = way.name === 'tinyproxy' && !way.tls ? '' : 'ann:open@';
  const link = `${schemes[way.name]}://${login}${proxy.address}`;
  const id = await test.add(origin.urlOf('/file.bin'), { request: { certificateAuthority, proxy: link } });
  const { state } = await test.until(id, ({ state: { kind } }) => kind === 'failed' || kind === 'waiting');
  expect(state).toMatchObject({ kind: 'failed', error: { code: 'proxy-auth-required' } });
  expect(JSON.stringify(state)).not.toContain('open');
  expect(origin.requests).toHaveLength(0);
});

it.each(ways)('F64: $name, TLS $tls: a proxy that dies loses nothing', async (way) => {
  const proxy = await startProxy(way.name);
  await using origin = await startOrigin({ tls: way.tls });
  await using test = await startEngine();
  origin.serve('/file.bin', { seed: 1, sizeBytes, bytesPerSecond: 2_000_000 });
  const request = { certificateAuthority, proxy: `${schemes[way.name]}://ann:sesame@${proxy.address}` };
  const id = await test.add(origin.urlOf('/file.bin'), { request, maxConnections: 1 });
  await test.until(id, ({ receivedBytes }) => receivedBytes > 1_000_000);
  await proxy[Symbol.asyncDispose]();
  const waiting = await test.until(id, ({ state, connections }) => state.kind === 'waiting' && connections === 0);
  expect(waiting.receivedBytes).toBeGreaterThan(1_000_000);
  origin.change('/file.bin', { bytesPerSecond: 1_000_000_000 });
  await test.engine.changeRequest({ id, request: { certificateAuthority, proxy: 'none' } });
  await test.reach(id, 'finished');
  expect(origin.requests.at(-1)?.asked?.start).toBeGreaterThan(1_000_000);
  expect(await verifySeeded(test.path('file.bin'), 1, sizeBytes)).toBeNull();
});

it.each(backends)('F25, F64: an error page that comes through a tunnel, by %s, is never written', async (backend) => {
  await using proxy = await startProxy('tinyproxy');
  await using origin = await startOrigin({ tls: true });
  await using test = await startEngine();
  origin.script('/file.bin', { status: 404, body: 'no such file' });
  const request = { certificateAuthority, proxy: `http://ann:sesame@${proxy.address}`, backend };
  const id = await test.add(origin.urlOf('/file.bin'), { request });
  const { state } = await test.until(id, ({ state: { kind } }) => kind === 'failed' || kind === 'finished');
  expect(state).toMatchObject({ kind: 'failed', error: { code: 'http-not-found' } });
  expect(await test.names()).toEqual([]);
});

it('a proxy that is not there is proxy-failed and named', async () => {
  await using test = await startEngine();
  const port = await findFreePort();
  for (const link of ['http://127.0.0.1:1/x', 'https://127.0.0.1:1/x']) {
    const id = await test.add(link, { request: { proxy: `http://127.0.0.1:${port}` } });
    const { state } = await test.until(id, ({ state: { kind } }) => kind === 'failed' || kind === 'waiting');
    expect(state).toMatchObject({ kind: 'waiting', error: { code: 'proxy-failed', facts: { port } } });
  }
});

it.each(['tinyproxy', 'microsocks'] as const)('F64: an ftp link through %s, its data connections too', async (name) => {
  await using proxy = await startProxy(name);
  await using server = await startFtpOrigin();
  await using test = await startEngine();
  const bytes = seededBytes(9, 0, 200_000);
  server.files.set('file.bin', { bytes });
  const id = await test.add(server.urlOf('file.bin'), {
    request: { proxy: `${schemes[name]}://ann:sesame@${proxy.address}` },
  });
  await test.reach(id, 'finished');
  expect((await readFile(test.path('file.bin'))).equals(Buffer.from(bytes))).toBe(true);
  const asked = (): number => server.commands.filter((command) => command.startsWith('RETR')).length;
  expect(asked()).toBe(1);
  for (const login of ['ann:open@', '']) {
    const other = await test.add(server.urlOf(`file.bin?${login}`), {
      request: { proxy: `${schemes[name]}://${login}${proxy.address}` },
    });
    const { state } = await test.until(other, ({ state: { kind } }) => kind === 'failed' || kind === 'waiting');
    expect(state).toMatchObject({ kind: 'failed', error: { code: 'proxy-auth-required' } });
  }
  await proxy.stop();
  const gone = await test.add(server.urlOf('gone.bin'), {
    request: { proxy: `${schemes[name]}://ann:sesame@${proxy.address}` },
  });
  const { state } = await test.until(gone, ({ state: { kind } }) => kind === 'failed' || kind === 'waiting');
  expect(state).toMatchObject({ kind: 'waiting', error: { code: 'proxy-failed' } });
  expect(asked()).toBe(1);
});
