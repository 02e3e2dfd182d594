import { createGate, inTurn } from '@sluice/testkit/origin';
import { expect, test } from 'vitest';
import { expectFailure, type BackendHarness, never, startBackend } from '../backend-harness.ts';
import { collectingSink } from '../sinks.ts';

async function startSocketBackend(
  port: { keepIdleMs?: number; maxIdlePerHost?: number } = {},
): Promise<BackendHarness> {
  const backend = await startBackend('socket', { port });
  backend.origin.serve('/small', { seed: 3, sizeBytes: 10_000 });
  return backend;
}

test('many small files in a row use one connection, whatever their framing', async () => {
  await using backend = await startSocketBackend();
  backend.origin.script('/small', (_request, index) => (index % 2 === 0 ? {} : { framing: 'chunked' }));
  for (let index = 0; index < 50; index += 1) expect((await backend.read('/small')).bytes.length).toBe(10_000);
  expect(backend.origin.connections.total).toBe(1);
});

test('concurrent exchanges each have their own, and at most so many are kept', async () => {
  await using backend = await startSocketBackend({ maxIdlePerHost: 3 });
  const until = createGate();
  backend.origin.script('/small', { headGate: until });
  const reads = Promise.all(Array.from({ length: 8 }, () => backend.read('/small')));
  await backend.origin.waitFor(({ requests }) => requests.length === 8);
  until.open();
  await reads;
  await backend.origin.waitFor(({ connections }) => connections.open === 3);
  expect(backend.origin.connections.total).toBe(8);
});

test('TLS connections are kept, too', async () => {
  await using backend = await startBackend('socket', { origin: { tls: true } });
  backend.origin.serve('/small', { seed: 3, sizeBytes: 100_000 });
  for (let index = 0; index < 5; index += 1) await backend.read('/small', { spaceBytes: 7000, pauseEvery: 2 });
  expect(backend.origin.connections.total).toBe(1);
});

test.each([
  ['closes', { keepAlive: false }],
  ['ends with the connection', { framing: 'close' }],
  ['was longer than it said', { headers: { 'content-length': '9000' } }],
  [
    'is followed by something unasked',
    { rawHead: 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n', body: 'okHTTP/1.1 200 OK\r\n\r\n' },
  ],
  ['is of HTTP/1.0', { rawHead: 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n', body: 'ok' }],
  [
    'has both framings',
    {
      rawHead: 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n',
      body: '2\r\nok\r\n0\r\n\r\n',
    },
  ],
] as const)('a connection whose response %s is not used again', async (_name, answer) => {
  await using backend = await startSocketBackend();
  backend.origin.script('/odd', answer);
  backend.origin.script('/small', {});
  if ('headers' in answer) backend.origin.serve('/odd', { seed: 3, sizeBytes: 10_000 });
  await backend.read('/odd');
  await backend.read('/small');
  expect(backend.origin.connections.total).toBe(2);
});

test('a connection that was given up in the middle is not used again', async () => {
  await using backend = await startSocketBackend();
  await backend.read('/small', { spaceBytes: 1000, enoughAt: 3000 });
  await backend.read('/small');
  expect(backend.origin.connections.total).toBe(2);
});

test('a discarded short body saves its connection, a long one does not', async () => {
  await using backend = await startSocketBackend();
  backend.origin.serve('/long', { seed: 3, sizeBytes: 10_000_000 });
  backend.origin.script('/moved', { status: 302, headers: { Location: '/small' }, framing: 'chunked' });
  (await backend.ask('/moved')).body.discard();
  await backend.origin.waitFor(({ requests }) => requests[0]?.state === 'answered');
  // What the server has sent is there; some turns of the event loop read it.
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  await backend.read('/small');
  expect(backend.origin.connections.total).toBe(1);
  (await backend.ask('/long')).body.discard();
  await backend.origin.waitFor(({ connections }) => connections.open === 0);
});

test.each(['fin', 'reset'] as const)(
  'a kept connection that dies by %s as it is used is replaced, once',
  async (how) => {
    await using backend = await startSocketBackend();
    backend.origin.script('/small', inTurn({}, { end: { afterBytes: 'no-head', how } }, {}));
    await backend.read('/small');
    const { bytes } = await backend.read('/small');
    expect(bytes.length).toBe(10_000);
    expect(backend.origin.requests.map(({ connectionId }) => connectionId)).toEqual([0, 0, 1]);
    backend.origin.script('/small', { end: { afterBytes: 'no-head', how } });
    await expectFailure('connection-reset', backend.read('/small'));
    // The kept one and a fresh one: no third attempt.
    expect(backend.origin.requests).toHaveLength(5);
  },
);

test('a 408 on a kept connection means only that it was kept too long', async () => {
  await using backend = await startSocketBackend();
  backend.origin.script('/small', inTurn({}, { status: 408, keepAlive: false }, {}));
  await backend.read('/small');
  expect((await backend.read('/small')).response.status).toBe(200);
  backend.origin.script('/fresh', { status: 408, keepAlive: false });
  await backend.http.close();
  await using fresh = await startSocketBackend();
  fresh.origin.script('/small', { status: 408 });
  expect((await fresh.read('/small')).response.status).toBe(408);
});

test('a POST never risks a kept connection', async () => {
  await using backend = await startSocketBackend();
  await backend.read('/small');
  await backend.read('/small', { method: 'POST', body: Buffer.from('a=b') });
  expect(backend.origin.requests.map(({ connectionId }) => connectionId)).toEqual([0, 1]);
});

test('a head that breaks off on a kept connection is not asked for again', async () => {
  await using backend = await startSocketBackend();
  backend.origin.script(
    '/small',
    inTurn({}, { rawHead: 'HTTP/1.1 200 OK\r\nConte', body: '', end: { afterBytes: 0, how: 'fin' } }),
  );
  await backend.read('/small');
  await expectFailure('connection-reset', backend.read('/small'));
  expect(backend.origin.requests).toHaveLength(2);
});

test('idle connections go after their time, when the server speaks unasked, and on close', async () => {
  await using brief = await startSocketBackend({ keepIdleMs: 20 });
  await brief.read('/small');
  await brief.origin.waitFor(({ connections }) => connections.open === 0);

  await using chatty = await startSocketBackend();
  chatty.origin.script('/small', { body: 'ok', end: { afterBytes: 2, how: 'fin' } });
  await chatty.read('/small');
  await chatty.origin.waitFor(({ connections }) => connections.open === 0);

  await using closing = await startSocketBackend();
  await closing.read('/small');
  expect(closing.origin.connections.open).toBe(1);
  const underWay = await closing.ask('/small');
  await closing.http.close();
  const sink = collectingSink();
  expect(await underWay.body.pipeTo(sink, never)).toBe('end');
  await closing.origin.waitFor(({ connections }) => connections.open === 0);
});
