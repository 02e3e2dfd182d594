import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHttpPort } from '../../../../src/adapters/http/index.ts';
import { SluiceError } from '../../../../src/errors.ts';
import { never, requestFor } from '../backend-harness.ts';
import { collectingSink } from '../sinks.ts';

const line = fc.constantFrom(
  'Content-Length: 5',
  'Content-Length: 3',
  'Content-Length: 0005',
  'content-length:5',
  'Content-Length : 5',
  'Content-Length: 5, 5',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: chunked, chunked',
  'Connection: close',
  ' folded',
  'X: \0',
  'X: \r',
  'HTTP/1.1 200 OK',
  '',
  'ETag: "a"',
  'X',
  'Content-Length 5',
  ': x',
  'Transfer-Encoding :chunked',
);
const lineEnd = fc.constantFrom('\r\n', '\r\n', '\n');
const response = fc
  .record({
    start: fc.constantFrom(
      'HTTP/1.1 200 OK',
      'HTTP/1.0 200 OK',
      'HTTP/1.1 103 Early',
      'HTTP/1.1 204 No',
      'http/1.1  200',
      'HTTP/9 1',
      '',
    ),
    lines: fc.array(fc.tuple(line, lineEnd), { maxLength: 5 }),
    ends: fc.tuple(lineEnd, lineEnd),
    body: fc.constantFrom(
      '',
      'hello',
      '5\r\nhello\r\n0\r\n\r\n',
      '5\nhello\n0\n\n',
      '5\r\nhel',
      'hello world',
      'HTTP/1.1 200 OK\r\n\r\nhello',
    ),
    cuts: fc.array(fc.nat(200), { maxLength: 6 }),
    resets: fc.boolean(),
  })
  .map(({ start, lines, ends: [afterStart, atEnd], body, ...how }) => ({
    ...how,
    bytes: Buffer.from(`${start}${afterStart}${lines.flat().join('')}${atEnd}${body}`, 'latin1'),
  }));

test('whatever a server sends, however cut up: an answer or a named error, never a crash, a hang or invented bytes', async () => {
  let serve: (socket: Socket) => Promise<void> = () => Promise.resolve();
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => void serve(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const http = createHttpPort({ backend: 'socket', keepIdleMs: 0 });
  await fc.assert(
    fc.asyncProperty(response, async ({ bytes, cuts, resets }) => {
      serve = async (socket) => {
        let from = 0;
        for (const cut of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
          const to = Math.max(from, Math.min(cut, bytes.length));
          socket.write(bytes.subarray(from, to));
          from = to;
          await new Promise(setImmediate);
        }
        if (resets) socket.resetAndDestroy();
        else socket.end();
      };
      const sink = collectingSink({ spaceBytes: 4, pauseEvery: 2 });
      try {
        const { status, body } = await http.exchange(
          requestFor(url, { headTimeoutMs: 2000, idleTimeoutMs: 2000 }),
          never,
        );
        expect(status).toBeGreaterThanOrEqual(200);
        expect(await body.pipeTo(sink, never)).toBe('end');
        if (body.lengthBytes !== null) expect(sink.bytes().length).toBe(body.lengthBytes);
      } catch (error) {
        if (!(error instanceof SluiceError)) throw error;
        expect(['http-malformed', 'body-short', 'connection-reset']).toContain(error.code);
      }
      // What is in the sink is what the server sent, or, of chunks, a part of it.
      const text = sink.bytes().toString('latin1');
      expect(['hello', bytes.toString('latin1')].some((sent) => sent.includes(text))).toBe(true);
    }),
    { numRuns: 300 },
  );
  server.close();
});
