import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type Origin,
  atMost,
  createGate,
  floodLines,
  inTurn,
  redirectTo,
  seededBytes,
  startOrigin,
} from '@sluice/testkit/origin';
import { get, sendRaw } from './raw-client.ts';

let origin: Origin;
beforeEach(async () => {
  origin = await startOrigin();
  origin.serve('/file.bin', { seed: 1, sizeBytes: 100_000 });
});
afterEach(() => origin.close());

test('raw heads, garbage, floods, doubled and removed fields', async () => {
  origin.script('/file.bin', {
    headers: { 'content-length': ['5', '6'], etag: null },
    rawLines: ['X-Odd :  \u00e9', ...floodLines(3, 4)],
    body: 'hello',
    keepAlive: false,
  });
  const exchange = sendRaw(origin, get('/file.bin'));
  expect(await exchange.ended).toBe('fin');
  const head = exchange.text().split('\r\n\r\n')[0]?.split('\r\n') ?? [];
  expect(head.filter((line) => /^content-length/i.test(line))).toEqual(['content-length: 5', 'content-length: 6']);
  expect(head).toContain('X-Odd :  \u00e9');
  expect(head).toContain('X-Flood-2: ffff');
  origin.script('/file.bin', { rawHead: 'ICY 200 OK\r\n\r\n', framing: 'close', body: 'x' });
  const raw = sendRaw(origin, get('/file.bin'));
  await raw.ended;
  expect(raw.text()).toBe('ICY 200 OK\r\n\r\nx');
});

test('interim responses, a gated head, one byte at a time', async () => {
  const headGate = createGate();
  origin.script('/file.bin', {
    interim: ['HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'],
    headGate,
    headWrites: 'bytes',
    body: 'hello',
    keepAlive: false,
  });
  const exchange = sendRaw(origin, get('/file.bin'));
  await headGate.reached;
  expect(origin.requests[0]?.status).toBe(0);
  headGate.open();
  await exchange.ended;
  expect(exchange.text()).toMatch(/^HTTP\/1\.1 103 [^]*HTTP\/1\.1 200 OK[^]*hello$/);
});

test('a stall holds exactly the bytes before it', async () => {
  const until = createGate();
  origin.script('/file.bin', { stall: { afterBytes: 1234, until }, keepAlive: false });
  const exchange = sendRaw(origin, get('/file.bin'));
  await until.reached;
  expect(origin.requests[0]?.bodyBytesSent).toBe(1234);
  until.open();
  await exchange.ended;
  expect(origin.requests[0]).toMatchObject({ bodyBytesSent: 100_000, state: 'answered' });
});

test.each(['fin', 'reset'] as const)('%s after so many bytes', async (how) => {
  origin.script('/file.bin', { end: { afterBytes: 500, how } });
  const exchange = sendRaw(origin, get('/file.bin'));
  expect(await exchange.ended).toBe(how === 'fin' ? 'fin' : 'ECONNRESET');
  expect(origin.requests[0]).toMatchObject({ bodyBytesSent: 500, state: 'cut' });
  expect(exchange.text().split('\r\n\r\n')[1] ?? '').toHaveLength(500);
});

test('no head at all', async () => {
  origin.script('/file.bin', { end: { afterBytes: 'no-head', how: 'fin' } });
  const exchange = sendRaw(origin, get('/file.bin'));
  expect(await exchange.ended).toBe('fin');
  expect(exchange.text()).toBe('');
});

test('chunked with trailers, close-delimited, gzip, multipart', async () => {
  origin.script(
    '/file.bin',
    inTurn(
      { framing: 'chunked', chunkBytes: 7, trailers: ['X-End: 1'] },
      { framing: 'close' },
      { gzip: true },
      { multipart: true },
    ),
  );
  const whole = Buffer.from(seededBytes(1, 0, 100_000));
  const read = async (headers: Record<string, string> = {}) => {
    const response = await fetch(origin.urlOf('/file.bin'), { headers });
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const chunked = await read();
  expect(chunked.response.headers.get('transfer-encoding')).toBe('chunked');
  expect(chunked.bytes.equals(whole)).toBe(true);
  const close = await read();
  expect(close.response.headers.get('content-length')).toBeNull();
  expect(close.bytes.equals(whole)).toBe(true);
  const gzip = await read();
  expect(gzip.response.headers.get('content-encoding')).toBe('gzip');
  expect(gzip.bytes.equals(whole)).toBe(true);
  const multipart = await read({ range: 'bytes=0-9' });
  expect(multipart.response.headers.get('content-type')).toMatch(/^multipart\/byteranges/);
  expect(multipart.bytes.includes(whole.subarray(0, 10))).toBe(true);
});

test('another node, a redirect, a forced range', async () => {
  origin.script(
    '/file.bin',
    inTurn({ resource: { etag: '"node-2"' } }, redirectTo('/elsewhere'), { send: { start: 5, end: 9 } }),
  );
  const node = await fetch(origin.urlOf('/file.bin'));
  expect(node.headers.get('etag')).toBe('"node-2"');
  await node.arrayBuffer();
  const redirect = await fetch(origin.urlOf('/file.bin'), { redirect: 'manual' });
  expect([redirect.status, redirect.headers.get('location')]).toEqual([302, '/elsewhere']);
  await redirect.arrayBuffer();
  const forced = await fetch(origin.urlOf('/file.bin'), { headers: { range: 'bytes=0-99' } });
  expect(forced.headers.get('content-range')).toBe('bytes 0-99/100000');
  expect(new Uint8Array(await forced.arrayBuffer())).toEqual(seededBytes(1, 5, 4));
});

test('a limit on concurrent answers, and one on connections', async () => {
  const until = createGate();
  const limit = atMost(1);
  origin.script('/file.bin', (request, index) =>
    index === 0 ? { stall: { afterBytes: 1, until } } : limit(request, index),
  );
  const first = sendRaw(origin, get('/file.bin', 'Connection: close'));
  await until.reached;
  const second = sendRaw(origin, get('/file.bin', 'Connection: close'));
  await second.ended;
  expect(second.text()).toMatch(/^HTTP\/1\.1 503 .*\r\n[^]*Retry-After: 1/);
  until.open();
  await first.ended;

  await using strict = await startOrigin({ connectionLimit: { connections: 1, beyond: 'reset' } });
  const kept = sendRaw(strict, '');
  await strict.waitFor(({ connections }) => connections.open === 1);
  expect(await sendRaw(strict, get('/')).ended).toBe('ECONNRESET');
  kept.socket.destroy();
});

test('a rate holds on the wire', async () => {
  origin.script('/file.bin', { bytesPerSecond: 1_000_000, keepAlive: false });
  const startedAtMs = performance.now();
  await sendRaw(origin, get('/file.bin')).ended;
  expect(performance.now() - startedAtMs).toBeGreaterThan(80);
});

test('waits that can no longer come true fail when the origin closes', async () => {
  const wait = origin.waitFor(() => false);
  const failed = expect(wait).rejects.toThrow(/closed/);
  await origin.close();
  await failed;
});
