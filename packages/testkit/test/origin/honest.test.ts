import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Origin, defaultLastModified, seededBytes, startOrigin } from '@sluice/testkit/origin';
import { get, sendRaw } from './raw-client.ts';

let origin: Origin;
beforeEach(async () => {
  origin = await startOrigin();
  origin.serve('/file.bin', { seed: 1, sizeBytes: 1_000_000 });
});
afterEach(() => origin.close());

async function fetchBytes(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(origin.urlOf(path), { headers });
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
}

test('a whole file with its validators', async () => {
  const { response, bytes } = await fetchBytes('/file.bin?token=1');
  expect(response.status).toBe(200);
  expect(response.headers.get('etag')).toBe('"1-1000000"');
  expect(response.headers.get('accept-ranges')).toBe('bytes');
  expect(Buffer.compare(bytes, seededBytes(1, 0, 1_000_000))).toBe(0);
  await origin.waitFor(({ requests }) => requests[0]?.state === 'answered');
  expect(origin.requests[0]).toMatchObject({
    path: '/file.bin',
    query: 'token=1',
    status: 200,
    bodyBytesSent: 1_000_000,
  });
  expect(origin.bodyBytesSent).toBe(1_000_000);
});

test.each([
  { range: 'bytes=10-19', start: 10, end: 20 },
  { range: 'bytes=999990-', start: 999_990, end: 1_000_000 },
  { range: 'bytes=999990-2000000', start: 999_990, end: 1_000_000 },
  { range: 'bytes=-5', start: 999_995, end: 1_000_000 },
])('$range', async ({ range, start, end }) => {
  const { response, bytes } = await fetchBytes('/file.bin', { range });
  expect(response.status).toBe(206);
  expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/1000000`);
  expect(Buffer.compare(bytes, seededBytes(1, start, end - start))).toBe(0);
});

test('416 beyond the end, and 200 when ranges are off or the condition fails', async () => {
  const beyond = await fetchBytes('/file.bin', { range: 'bytes=1000000-' });
  expect(beyond.response.status).toBe(416);
  expect(beyond.response.headers.get('content-range')).toBe('bytes */1000000');
  const range = 'bytes=5-9';
  expect((await fetchBytes('/file.bin', { range, 'if-range': '"1-1000000"' })).response.status).toBe(206);
  expect((await fetchBytes('/file.bin', { range, 'if-range': defaultLastModified })).response.status).toBe(206);
  expect((await fetchBytes('/file.bin', { range, 'if-range': '"other"' })).response.status).toBe(200);
  expect((await fetchBytes('/file.bin', { range, 'if-range': 'W/"1-1000000"' })).response.status).toBe(200);
  origin.change('/file.bin', { ranges: false });
  expect((await fetchBytes('/file.bin', { range })).response.status).toBe(200);
});

test('a changed entity, a removed one, a literal one', async () => {
  origin.change('/file.bin', { seed: 2, sizeBytes: 10 });
  const changed = await fetchBytes('/file.bin');
  expect(changed.response.headers.get('etag')).toBe('"2-10"');
  expect(changed.bytes).toEqual(seededBytes(2, 0, 10));
  origin.remove('/file.bin');
  expect((await fetchBytes('/file.bin')).response.status).toBe(404);
  origin.serve('/sums', { body: 'abc  file.bin\n', contentType: 'text/plain' });
  expect(Buffer.from((await fetchBytes('/sums')).bytes).toString()).toBe('abc  file.bin\n');
});

test('one connection carries many requests, and close() leaves none behind', async () => {
  const one = get('/file.bin', 'Range: bytes=0-9');
  const exchange = sendRaw(origin, `${one.repeat(4)}${get('/file.bin', 'Connection: close')}`);
  await exchange.ended;
  expect(exchange.text().match(/HTTP\/1\.1 20[06]/g)).toHaveLength(5);
  expect(origin.connections.total).toBe(1);
  await origin.close();
  expect(origin.connections.open).toBe(0);
});
