import { startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { BackendFallback } from '../../../src/adapters/http/backend-fallback.ts';
import { SluiceError } from '../../../src/errors.ts';
import type { ChosenBackend } from '../../../src/plan/connections/choose-backend.ts';
import type { HttpPort, HttpRequest } from '../../../src/ports/http.ts';
import { expectFailure, never, requestFor, startBackend } from './backend-harness.ts';
import { collectingSink } from './sinks.ts';

const odd: Readonly<Record<string, string>> = {
  'F76 a line without a colon': 'HTTP/1.1 200 OK\r\nnonsense\r\nETag: "a"\r\nContent-Length: 5\r\n\r\n',
  'F76 a line without a name': 'HTTP/1.1 200 OK\r\n: x\r\nETag: "a"\r\nContent-Length: 5\r\n\r\n',
  'F76 a blank before a colon': 'HTTP/1.1 200 OK\r\nX-A : b\r\nETag: "a"\r\nContent-Length: 5\r\n\r\n',
  'F76 a folded first line': 'HTTP/1.1 200 OK\r\n folded\r\nETag: "a"\r\nContent-Length: 5\r\n\r\n',
  'F77 lines that end in LF': 'HTTP/1.1 200 OK\nETag: "a"\nContent-Length: 5\n\n',
  'F77 some lines that end in LF': 'HTTP/1.1 200 OK\r\nETag: "a"\nContent-Length: 5\r\n\r\n',
  'F77 an empty line that is LF alone': 'HTTP/1.1 200 OK\r\nETag: "a"\r\nContent-Length: 5\r\n\n',
  'F77 an answer without a reason': 'HTTP/1.1 200\nETag: "a"\nContent-Length: 5\n\n',
  'a status line in lower case': 'http/1.1 200 ok\r\nETag: "a"\r\nContent-Length: 5\r\n\r\n',
  'two blanks in a status line': 'HTTP/1.1  200 OK\r\nETag: "a"\r\nContent-Length: 5\r\n\r\n',
  'empty lines before a status line': '\r\n\r\nHTTP/1.1 200 OK\r\nETag: "a"\r\nContent-Length: 5\r\n\r\n',
  'equal lengths twice': 'HTTP/1.1 200 OK\r\nETag: "a"\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n',
};

describe.each(['socket', 'undici', 'curl'] as const)('by the %s backend', (backend) => {
  it.each(Object.entries(odd))(
    '%s: the answer is read, and its connection closed when it stays open',
    async (_of, rawHead) => {
      await using harness = await startBackend(backend);
      // The connection stays open: nothing but the head says where the answer ends.
      harness.origin.script('/a', { rawHead, body: 'hello' });
      for (let round = 0; round < 2; round += 1) {
        const { response, bytes } = await harness.read('/a', { headTimeoutMs: 5000, idleTimeoutMs: 5000 });
        expect([response.status, bytes.toString()]).toEqual([200, 'hello']);
        expect(response.headers).toContainEqual(['etag', '"a"']);
      }
    },
  );

  it('F77 chunks between lines that end in LF alone', async () => {
    await using harness = await startBackend(backend);
    harness.origin.script('/a', {
      rawHead: 'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n',
      body: '5\nhello\n0\n\n',
    });
    const read = async (): Promise<string> => (await harness.read('/a', { idleTimeoutMs: 5000 })).bytes.toString();
    // A body that has begun stays where it began: what the backend cannot parse there is read from the next request on.
    const first = await read().catch((error: unknown) => (error as SluiceError).code);
    expect(['hello', 'http-malformed', 'body-short']).toContain(first);
    if (first === 'http-malformed') expect(await read()).toBe('hello');
  });

  it('a request that does something is never sent twice', async () => {
    await using harness = await startBackend(backend);
    harness.origin.script('/a', { rawHead: 'HTTP/1.1 200 OK\r\n: x\r\nContent-Length: 5\r\n\r\n', body: 'hello' });
    await harness.read('/a', { method: 'POST', body: Buffer.from('a=b') }).catch(() => {});
    expect(harness.origin.requests).toHaveLength(1);
  });
});

describe('what is remembered of a server', () => {
  it('is by server and backend, and ends with an answer that can be parsed', async () => {
    await using origin = await startOrigin();
    origin.script('/a', { body: 'hello' });
    const asked: string[] = [];
    let isBroken = true;
    let atMs = 0;
    const harness = (name: ChosenBackend): HttpPort => ({
      exchange: async () => {
        asked.push(name);
        if (name !== 'socket' && isBroken) throw new SluiceError('http-malformed');
        return {
          status: 200,
          headers: [],
          body: { framing: 'length', lengthBytes: 0, pipeTo: async () => 'end', discard() {} },
        };
      },
      close: async () => {},
    });
    const backends = { socket: harness('socket'), undici: harness('undici'), curl: harness('curl') };
    const fallback = new BackendFallback({ backends, nowMs: () => atMs });
    const ask = async (by: ChosenBackend, request: HttpRequest): Promise<string> => {
      asked.length = 0;
      await fallback.exchange(by, request, never);
      return asked.join(' ');
    };
    const one = requestFor('http://one.test/a');
    expect(await ask('undici', one)).toBe('undici socket');
    expect(await ask('undici', requestFor('http://one.test/b'))).toBe('socket');
    expect(await ask('curl', one)).toBe('curl socket');
    expect(await ask('undici', requestFor('http://two.test/a'))).toBe('undici socket');
    atMs += 11 * 60 * 1000;
    expect(await ask('undici', one)).toBe('undici socket');
    isBroken = false;
    atMs += 11 * 60 * 1000;
    expect(await ask('undici', one)).toBe('undici');
    isBroken = true;
    expect(await ask('undici', one)).toBe('undici socket');
  });

  it('is nothing when the sockets cannot parse it either', async () => {
    await using harness = await startBackend('undici');
    harness.origin.script('/a', { rawHead: 'SSH-2.0-OpenSSH\r\n\r\n', body: '' });
    await expectFailure('http-malformed', harness.ask('/a'));
    harness.origin.script('/a', { body: 'hello' });
    const { body } = await harness.ask('/a');
    const sink = collectingSink({});
    await body.pipeTo(sink, never);
    expect(sink.bytes().toString()).toBe('hello');
    expect(harness.origin.requests).toHaveLength(3);
  });
});
