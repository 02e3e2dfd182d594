import { inTurn, startOrigin, testCertificate, verifySeeded } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { haltedAtBytes, haltedSeed, haltHalfway, wholeBytes } from '../halted.ts';
import { startEngine, overlapBytes } from '../harness.ts';

const cutAtBytes = 150_000;
const served = { seed: 60, sizeBytes: wholeBytes };

it.each(['fin', 'reset'] as const)(
  'F17 F20 a body that ends early by %s is an error, and its rest is fetched',
  async (how) => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    origin.serve('/file.bin', served);
    origin.script('/file.bin', inTurn({ end: { afterBytes: cutAtBytes, how } }, {}));
    await test.reach(await test.add(origin.urlOf('/file.bin'), { maxConnections: 1 }), 'finished');
    expect(origin.requests).toHaveLength(2);
    expect(await verifySeeded(test.path('file.bin'), 60, wholeBytes)).toBeNull();
  },
);

it('F17 a body without a length is not finished by a reset', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', { ...served, ranges: false });
  origin.script(
    '/file.bin',
    inTurn({ framing: 'close', end: { afterBytes: cutAtBytes, how: 'reset' } }, { framing: 'close' }),
  );
  const id = await test.add(origin.urlOf('/file.bin'));
  expect((await test.reach(id, 'waiting')).state).toMatchObject({ error: { code: 'connection-reset' } });
  expect(await test.names()).toEqual(['file.bin.sluice', 'file.bin.sluice-journal']);
  await test.engine.retry({ ids: [id] });
  await test.reach(id, 'finished');
  expect(await verifySeeded(test.path('file.bin'), 60, wholeBytes)).toBeNull();
});

it('F18 a body without a length over TLS is not finished by an end that anybody could have forged', async () => {
  await using origin = await startOrigin({ tls: true });
  await using test = await startEngine();
  origin.serve('/file.bin', { ...served, ranges: false });
  origin.script(
    '/file.bin',
    inTurn({ framing: 'close', end: { afterBytes: wholeBytes, how: 'fin-only' } }, { framing: 'close' }),
  );
  const request = { certificateAuthority: testCertificate('trusted').certificatePem };
  const id = await test.add(origin.urlOf('/file.bin'), { request });
  const { state } = await test.reach(id, 'waiting');
  expect(state).toMatchObject({ error: { code: 'body-short' } });
  await test.engine.retry({ ids: [id] });
  await test.reach(id, 'finished');
  expect(await verifySeeded(test.path('file.bin'), 60, wholeBytes)).toBeNull();
});

it('F19 a length beside chunks is not believed', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', served);
  origin.script('/file.bin', { framing: 'chunked', rawLines: ['Content-Length: 100'] });
  const id = await test.add(origin.urlOf('/file.bin'));
  const { state } = await test.until(id, ({ state: { kind } }) => kind !== 'running' && kind !== 'queued');
  if (state.kind === 'finished') expect(await verifySeeded(test.path('file.bin'), 60, wholeBytes)).toBeNull();
  else expect(state).toMatchObject({ error: { code: 'http-malformed' } });
});

it('F19 two lengths that differ are refused, and nothing is written', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', served);
  origin.script('/file.bin', { headers: { 'Content-Length': ['100', '200'] } });
  const id = await test.add(origin.urlOf('/file.bin'));
  expect((await test.reach(id, 'waiting')).state).toMatchObject({ error: { code: 'http-malformed' } });
  expect(await test.names()).toEqual([]);
});

// All of it has come, but not the word that this was all.
it.each([
  ['the part that is compared ends with the file', {}, [200, 206]],
  ['416 without the size, which may refuse the range, is asked about once', { status: 416 }, [200, 416, 200]],
])('F21 where all bytes are here, %s, and that is the end', async (_what, ranged, statuses) => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', { ...served, etag: '"same"' });
  const cut = { afterBytes: wholeBytes, how: 'fin' } as const;
  const first = { framing: 'chunked', resource: { sizeBytes: wholeBytes + 1 }, end: cut } as const;
  origin.script('/file.bin', ({ range }, index) => (index === 0 ? first : range === null ? {} : ranged));
  const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
  await test.reach(id, 'finished');
  expect(origin.requests.map(({ status }) => status)).toEqual(statuses);
  if (statuses.length === 2) expect(origin.requests.at(-1)?.bodyBytesSent).toBeLessThanOrEqual(overlapBytes);
  expect(await verifySeeded(test.path('file.bin'), 60, wholeBytes)).toBeNull();
});

it('F22 416 because the file has shrunk: it is fetched from the start, once', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const { id } = await haltHalfway(test, origin);
  const smaller = haltedAtBytes / 2;
  origin.change('/file.bin', { seed: 61, sizeBytes: smaller });
  await test.engine.resume({ ids: [id] });
  await test.replaceChanged(id);
  await test.reach(id, 'finished');
  expect(origin.requests.map(({ status }) => status)).toEqual([200, 416, 200]);
  expect(await verifySeeded(test.path('file.bin'), 61, smaller)).toBeNull();
});

it.each([
  [401, 'http-unauthorized'],
  [403, 'http-forbidden'],
  [404, 'http-not-found'],
  [410, 'http-gone'],
])('F25 %d half-way keeps the partial, and goes on when it is over', async (status, code) => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  let refuses = true;
  const { id } = await haltHalfway(test, origin, { resumed: () => (refuses ? { status } : {}) });
  await test.engine.resume({ ids: [id] });
  const failed = await test.until(id, ({ state: { kind } }) => kind === 'failed');
  expect(failed).toMatchObject({ receivedBytes: haltedAtBytes, state: { error: { code } } });
  refuses = false;
  await test.engine.retry({ ids: [id] });
  await test.reach(id, 'finished');
  expect(origin.requests.at(-1)?.asked?.start).toBe(haltedAtBytes - overlapBytes);
  expect(await verifySeeded(test.path('file.bin'), haltedSeed, wholeBytes)).toBeNull();
});

it('F26 a link that works once is fetched by its first request to the end', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const sizeBytes = 2 * 1024 * 1024;
  origin.serve('/file.bin', { seed: 62, sizeBytes, bytesPerSecond: 2 * 1024 * 1024 });
  origin.script('/file.bin', (_request, index) => (index === 0 ? {} : { status: 403 }));
  await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
  expect(await verifySeeded(test.path('file.bin'), 62, sizeBytes)).toBeNull();
});

it('F27 a login page in place of the file leaves the partial as it is', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  let portal = true;
  const page = { status: 200, body: '<html>Sign in</html>', headers: { 'Content-Type': 'text/html' } };
  const { id } = await haltHalfway(test, origin, { resumed: () => (portal ? page : {}) });
  await test.engine.resume({ ids: [id] });
  const failed = await test.until(id, ({ state: { kind } }) => kind === 'failed');
  expect(failed).toMatchObject({ receivedBytes: haltedAtBytes, state: { error: { code: 'page-instead-of-file' } } });
  portal = false;
  await test.engine.retry({ ids: [id] });
  await test.reach(id, 'finished');
  expect(origin.requests.at(-1)?.asked?.start).toBe(haltedAtBytes - overlapBytes);
  expect(await verifySeeded(test.path('file.bin'), haltedSeed, wholeBytes)).toBeNull();
});

it('F39 interim answers are passed over; a flood of fields is an error and no more', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/a.bin', served);
  origin.serve('/b.bin', served);
  origin.script('/a.bin', {
    interim: ['HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n'],
  });
  origin.script('/b.bin', { rawLines: [`X-Flood: ${'f'.repeat(2_000_000)}`] });
  const [a, b] = [await test.add(origin.urlOf('/a.bin')), await test.add(origin.urlOf('/b.bin'))];
  await test.reach(a, 'finished');
  expect(await verifySeeded(test.path('a.bin'), 60, wholeBytes)).toBeNull();
  expect((await test.reach(b, 'waiting')).state).toMatchObject({ error: { code: 'http-malformed' } });
  expect(await test.names()).toEqual(['a.bin']);
});
