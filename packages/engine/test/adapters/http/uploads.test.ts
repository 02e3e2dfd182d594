/** What backends do with methods beyond GET and POST, and with bodies that are read as they are sent. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createHttpPort } from '../../../src/adapters/http/index.ts';
import type { BodySource } from '../../../src/ports/http.ts';
import { expectFailure, never, requestFor, startBackend } from './backend-harness.ts';
import { collectingSink } from './sinks.ts';

const piece = new Uint8Array(64 * 1024).fill(7);

function source(pieces: number, lengthBytes = pieces * piece.length): BodySource & { taken: number } {
  const made = {
    lengthBytes,
    isRepeatable: true,
    taken: 0,
    async *open() {
      for (let index = 0; index < pieces; index += 1) {
        made.taken += 1;
        yield piece;
      }
    },
  };
  return made;
}

describe.each(['socket', 'undici', 'curl'] as const)('%s backend', (backend) => {
  test.each(['PUT', 'PATCH', 'DELETE', 'POST'] as const)('%s with a body from a source', async (method) => {
    await using harness = await startBackend(backend);
    harness.origin.script('/a', { body: 'done' });
    const { bytes } = await harness.read('/a', { method, body: source(20) });
    expect(bytes.toString()).toBe('done');
    const [request] = harness.origin.requests;
    expect(request).toMatchObject({ method, headers: { 'content-length': String(20 * piece.length) } });
    expect(request?.body).toHaveLength(20 * piece.length);
    expect(request?.headers).not.toHaveProperty('transfer-encoding');
  });

  test.each(['PUT', 'DELETE'] as const)('%s without a body', async (method) => {
    await using harness = await startBackend(backend);
    harness.origin.script('/a', { status: 204 });
    const { response } = await harness.read('/a', { method });
    expect([response.status, harness.origin.requests[0]?.method]).toEqual([204, method]);
    expect(harness.origin.requests[0]?.headers['content-length']).toBe(method === 'PUT' ? '0' : undefined);
  });

  test.each([
    ['less', 100],
    ['more', -100],
  ])('a source that gives %s than it said', async (_name, more) => {
    await using harness = await startBackend(backend);
    const body = source(5, 5 * piece.length + more);
    await expectFailure('request-invalid', harness.read('/a', { method: 'PUT', body }));
  });

  test('a source that fails', async () => {
    await using harness = await startBackend(backend);
    const cause = new Error('broken');
    const body: BodySource = {
      ...source(5),
      async *open() {
        yield piece;
        throw cause;
      },
    };
    const error = await expectFailure('request-invalid', harness.read('/a', { method: 'PUT', body }));
    expect(error.cause).toBe(cause);
  });
});

describe.each(['socket', 'undici'] as const)('%s backend', (backend) => {
  test('HEAD has no body, whatever its head says', async () => {
    await using harness = await startBackend(backend);
    harness.origin.serve('/a', { seed: 1, sizeBytes: 1_000_000 });
    for (let count = 0; count < 2; count += 1) {
      const { response, bytes, outcome } = await harness.read('/a', { method: 'HEAD' });
      expect([response.status, bytes.length, outcome]).toEqual([200, 0, 'end']);
      expect(response.headers).toContainEqual(['content-length', '1000000']);
    }
    if (backend === 'socket') expect(harness.origin.connections.total).toBe(1);
  });

  test('a server that does not read holds the source back, and is given up', async () => {
    const server = createServer((socket) => socket.pause().on('error', () => {})).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const endless = source(20_000);
    const http = createHttpPort({ backend });
    const request = requestFor(url, { method: 'PUT', body: endless, headTimeoutMs: 500 });
    await expectFailure('stalled', http.exchange(request, never));
    expect(endless.taken).toBeLessThan(2000);
    await http.close();
    server.close();
  });
});

/** Answers with `head` as soon as it hears of a request, and with `tail` when all of the body has come. */
async function startHasty(head: string, tail: string, bodyBytes: number) {
  const heard = { bytes: 0 };
  const server = createServer((socket) => {
    let before = '';
    let hasHead = false;
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      if (hasHead) heard.bytes += chunk.length;
      else {
        before += chunk.toString('latin1');
        const end = before.indexOf('\r\n\r\n');
        if (end === -1) return;
        hasHead = true;
        heard.bytes = before.length - end - 4;
        socket.write(head);
      }
      if (heard.bytes === bodyBytes) socket.end(tail);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    heard,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    [Symbol.dispose]: () => void server.close(),
  };
}

describe.each(['socket', 'undici', 'curl'] as const)('%s backend', (backend) => {
  test('a yes that comes before all of the body has gone lets the rest go on', async () => {
    const answered = Promise.withResolvers<void>();
    // Curl is given the whole body before it asks.
    if (backend === 'curl') answered.resolve();
    const whole = source(10);
    const body: BodySource = {
      ...whole,
      async *open() {
        for await (const one of whole.open()) {
          yield one;
          await answered.promise;
        }
      },
    };
    using server = await startHasty(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
      '4\r\ndone\r\n0\r\n\r\n',
      body.lengthBytes,
    );
    const http = createHttpPort({ backend });
    const { status, body: answer } = await http.exchange(requestFor(server.url, { method: 'PUT', body }), never);
    answered.resolve();
    const sink = collectingSink();
    expect([status, await answer.pipeTo(sink, never), sink.bytes().toString()]).toEqual([200, 'end', 'done']);
    expect(server.heard.bytes).toBe(body.lengthBytes);
    await http.close();
  });
});

test('socket backend: a no that comes before all of the body has gone stops it', async () => {
  const body = source(2000);
  using server = await startHasty('HTTP/1.1 413 No\r\nContent-Length: 2\r\n\r\nno', '', body.lengthBytes);
  const http = createHttpPort({ backend: 'socket' });
  const { status, body: answer } = await http.exchange(requestFor(server.url, { method: 'PUT', body }), never);
  const sink = collectingSink();
  expect([status, await answer.pipeTo(sink, never), sink.bytes().toString()]).toEqual([413, 'end', 'no']);
  expect(body.taken).toBeLessThan(2000);
  await http.close();
});
