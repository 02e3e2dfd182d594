import { expect, test } from 'vitest';
import { createHttpPort } from '../../../../src/adapters/http/index.ts';
import { expectFailure, never, requestFor, startBackend } from '../backend-harness.ts';

test('F39: an unasked 100 is ignored, and so are many interim responses, but not an endless flood', async () => {
  await using backend = await startBackend('socket');
  backend.origin.script('/a', { interim: ['HTTP/1.1 100 Continue\r\n\r\n'.repeat(100)], body: 'hello' });
  expect((await backend.read('/a')).bytes.toString()).toBe('hello');
  backend.origin.script('/a', { interim: ['HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n'.repeat(10_000)], body: 'hello' });
  await expectFailure('http-malformed', backend.read('/a'));
});

test('a server that never sends a line end is refused at once, not after its flood', async () => {
  await using backend = await startBackend('socket');
  backend.origin.script('/a', { rawHead: `SSH-2.0-x${'y'.repeat(100)}`, body: '' });
  await expectFailure('http-malformed', backend.read('/a', { headTimeoutMs: 60_000 }));
});

test('a body right behind its head, in the same packet and split from it anywhere, is not lost', async () => {
  await using backend = await startBackend('socket');
  for (let cut = 1; cut < 60; cut += 3) {
    backend.origin.script('/a', {
      rawHead: 'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello ',
      body: 'world',
      headWrites: [cut],
    });
    const { bytes } = await backend.read('/a', { spaceBytes: 4 });
    expect(bytes.toString()).toBe('hello world');
  }
});

test('a name is tried on every address it has', async () => {
  await using backend = await startBackend('socket', { origin: { tls: true } });
  backend.origin.script('/a', { body: 'hello' });
  // localhost may be ::1 first, where nobody listens.
  const url = `https://localhost:${backend.origin.port}/a`;
  const response = await backend.http.exchange(requestFor(url), never);
  expect(response.status).toBe(200);
  response.body.discard();
  expect(backend.origin.requests[0]?.headers['host']).toBe(`localhost:${backend.origin.port}`);
});

test('IPv6 addresses', async () => {
  await using backend = await startBackend('socket', { origin: { address: '::1', tls: true } });
  backend.origin.script('/a', { body: 'hello' });
  expect((await backend.read('/a')).bytes.toString()).toBe('hello');
  expect(backend.origin.requests[0]?.headers['host']).toBe(`[::1]:${backend.origin.port}`);
});

test('F32: a name that does not exist', async () => {
  const exchange = createHttpPort().exchange(requestFor('http://does-not-exist.invalid/'), never);
  const code = await exchange.then(
    () => 'answered',
    (error: unknown) => (error as { code: string }).code,
  );
  // Without a network even that is not known.
  expect(['dns-not-found', 'dns-temporary']).toContain(code);
});

test('a sink without space, or one that throws, fails its own body and nothing else', async () => {
  await using backend = await startBackend('socket');
  backend.origin.serve('/file.bin', { seed: 1, sizeBytes: 1_000_000 });
  const full = new Error('no buffer left');
  const throwing = {
    space: () => {
      throw full;
    },
    advance: () => 'more' as const,
  };
  await expect((await backend.ask('/file.bin')).body.pipeTo(throwing, never)).rejects.toBe(full);
  const empty = { space: () => new Uint8Array(0), advance: () => 'more' as const };
  await expectFailure('internal', (await backend.ask('/file.bin')).body.pipeTo(empty, never));
  await backend.origin.waitFor(({ connections }) => connections.open === 0);
});
