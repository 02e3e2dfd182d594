/** What every backend must do before the body: heads of every shape, deadlines, refusals, and requests it must not send. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createGate, floodLines, startOrigin, testCertificate } from '@sluice/testkit/origin';
import { describe, expect, test } from 'vitest';
import { createHttpPort } from '../../../src/adapters/http/index.ts';
import { expectFailure, type BackendName, never, requestFor, startBackend } from './backend-harness.ts';

/**
 * @param traits `takesOddChunks`: chunks are read by another's program, which overlooks what follows a chunk's size and
 *   what is missing at its end; it loses no byte by that and finds the same end of the body
 */
export function describeHeads(backend: BackendName, traits: { readonly takesOddChunks?: boolean } = {}): void {
  describe(`${backend} backend: heads`, () => {
    test('heads cut up anywhere, one byte at a time, and with interim responses', async () => {
      await using harness = await startBackend(backend);
      const interim = [
        'HTTP/1.1 102 Processing\r\n\r\n',
        'HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n',
      ];
      for (const headWrites of ['bytes', [1], [17], [40, 41, 42]] as const) {
        harness.origin.script('/a', { interim, headWrites, body: 'hello', headers: { 'x-latin': 'caf\u00e9' } });
        const { response, bytes } = await harness.read('/a');
        expect([response.status, bytes.toString()]).toEqual([200, 'hello']);
        expect(response.headers).toContainEqual(['x-latin', 'caf\u00e9']);
      }
    });

    test('every line of a repeated field, in order', async () => {
      await using harness = await startBackend(backend);
      harness.origin.script('/a', { body: '', headers: { 'Set-Cookie': ['a=1', 'b=2'] } });
      const { response } = await harness.read('/a');
      expect(response.headers.filter(([name]) => name === 'set-cookie')).toEqual([
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ]);
    });

    test('no redirect is followed, no status is judged, nothing is decoded', async () => {
      await using harness = await startBackend(backend);
      for (const status of [206, 301, 404, 416, 503]) {
        harness.origin.script('/a', { status, headers: { Location: '/b', 'Content-Encoding': 'gzip' }, body: 'text' });
        const { response, bytes } = await harness.read('/a');
        expect([response.status, bytes.toString()]).toEqual([status, 'text']);
      }
    });

    test.each([
      ['F39: a flood of fields', `HTTP/1.1 200 OK\r\n${floodLines(5000, 100).join('\r\n')}\r\n\r\n`],
      ['F39: one endless field', `HTTP/1.1 200 OK\r\nX: ${'y'.repeat(600_000)}\r\n\r\n`],
      ['F19: contradicting lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!'],
      ['F19: a list of contradicting lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nhello!'],
      ['a negative length', 'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello'],
      ['a length with garbage', 'HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\nhello'],
      ['a length no number can hold', 'HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhello'],
      ['a NUL in a field', 'HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n'],
      ['a bare CR in a field', 'HTTP/1.1 200 OK\r\nX: a\rContent-Length: 3\r\nContent-Length: 0\r\n\r\n'],
      ['F76: a length without a colon', 'HTTP/1.1 200 OK\r\nContent-Length 3\r\nContent-Length: 0\r\n\r\n'],
      ['F76: an encoding without a colon', 'HTTP/1.1 200 OK\r\nTransfer-Encoding\r\nContent-Length: 0\r\n\r\n'],
      ['a field with a blank in its name', 'HTTP/1.1 200 OK\r\nContent Length: 3\r\n\r\n'],
      ['a field with a blank before the colon', 'HTTP/1.1 200 OK\r\nContent-Length : 3\r\n\r\nabc'],
      ['another protocol', 'SSH-2.0-OpenSSH_9.2p1 Debian\r\n\r\n'],
      ['a status that is no number', 'HTTP/1.1 2x0 OK\r\n\r\n'],
      ['an unasked upgrade', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
    ])('%s is malformed', async (_name, rawHead) => {
      await using harness = await startBackend(backend);
      harness.origin.script('/a', { rawHead, body: '' });
      await expectFailure('http-malformed', harness.read('/a'));
      await harness.origin.waitFor(({ connections }) => connections.open === 0);
    });

    test('F19: Transfer-Encoding beside Content-Length is read as chunks or refused, never as a length', async () => {
      await using harness = await startBackend(backend);
      harness.origin.script('/a', {
        rawHead: 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
        body: '',
      });
      const text = await harness.read('/a').then(
        ({ bytes }) => bytes.toString(),
        (error: unknown) => (error as { code: string }).code,
      );
      expect(['hello', 'http-malformed']).toContain(text);
    });

    test('a folded field is one value or malformed, never two fields', async () => {
      await using harness = await startBackend(backend);
      harness.origin.script('/a', {
        rawHead: 'HTTP/1.1 200 OK\r\nX-Note: one\r\n\tContent-Length: 3\r\nContent-Length: 0\r\n\r\n',
        body: '',
      });
      const read = await harness.read('/a').then(
        ({ response }) => response.headers.filter(([name]) => name === 'x-note'),
        (error: unknown) => (error as { code: string }).code,
      );
      expect([[['x-note', 'one Content-Length: 3']], 'http-malformed']).toContainEqual(read);
    });

    test.each<readonly [name: string, body: string]>([
      ...(traits.takesOddChunks === true ? [] : oddChunks),
      ['a size that is all letters', 'g5\r\nhello\r\n0\r\n\r\n'],
      ['no size', '\r\nhello\r\n0\r\n\r\n'],
      ['a negative size', '-5\r\nhello\r\n0\r\n\r\n'],
      ['a chunk longer than it says', '3\r\nhello\r\n0\r\n\r\n'],
      ['a size no number can hold', 'fffffffffffffffff\r\nhello\r\n0\r\n\r\n'],
    ])('bad chunks: %s', async (_name, body) => {
      await using harness = await startBackend(backend);
      harness.origin.script('/a', {
        rawHead: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
        body,
        end: { afterBytes: 100, how: 'fin' },
      });
      await expectFailure('http-malformed', harness.read('/a'));
    });

    test('the head is given no longer than its timeout, and an abort does not wait for it', async () => {
      await using harness = await startBackend(backend);
      const headGate = createGate();
      harness.origin.script('/a', { headGate });
      // A program of its own needs some time before it has a connection.
      const headTimeoutMs = backend === 'curl' ? 2000 : 40;
      const error = await expectFailure('stalled', harness.ask('/a', { headTimeoutMs }));
      expect(error.facts).toEqual({ host: '127.0.0.1', port: harness.origin.port });
      const controller = new AbortController();
      const asking = harness.ask('/a', { signal: controller.signal });
      await harness.origin.waitFor(({ requests }) => requests.length === 2);
      const reason = new Error('cancelled');
      controller.abort(reason);
      await expect(asking).rejects.toBe(reason);
      await expect(harness.ask('/a', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      await harness.origin.waitFor(({ connections }) => connections.open === 0);
      expect(harness.origin.requests).toHaveLength(2);
    });

    test('a TLS handshake that never ends is a connect timeout', async () => {
      await using harness = await startBackend(backend, { origin: { tls: true, acceptGate: createGate() } });
      await expectFailure('connect-timeout', harness.ask('/a', { headTimeoutMs: 60 }));
    });

    test.each(['fin', 'reset'] as const)('no head at all, then %s', async (how) => {
      await using harness = await startBackend(backend);
      harness.origin.script('/a', { end: { afterBytes: 'no-head', how } });
      await expectFailure('connection-reset', harness.ask('/a'));
    });

    test('F31: refused', async () => {
      const origin = await startOrigin();
      await origin.close();
      const error = await expectFailure(
        'connect-refused',
        createHttpPort({ backend }).exchange(requestFor(origin.urlOf('/a?token=s3cret')), never),
      );
      expect(error.facts).toMatchObject({ host: '127.0.0.1', port: origin.port, reason: 'ECONNREFUSED' });
      expect(error.message).not.toContain('s3cret');
    });

    test.each([
      ['other-name', 'ERR_TLS_CERT_ALTNAME_INVALID', true],
      ['expired', 'CERT_HAS_EXPIRED', true],
      ['trusted', 'DEPTH_ZERO_SELF_SIGNED_CERT', false],
    ] as const)('F38: a certificate to refuse: %s', async (tls, reason, isTrusted) => {
      const authorities = isTrusted ? [testCertificate(tls).certificatePem] : [];
      await using harness = await startBackend(backend, {
        origin: { tls },
        port: { certificateAuthorities: authorities },
      });
      const error = await expectFailure('tls-certificate', harness.ask('/a'));
      expect(error.facts).toMatchObject({ host: '127.0.0.1', reason });
      expect(harness.origin.requests).toHaveLength(0);
    });

    test('TLS spoken to a plain server fails as TLS', async () => {
      const plain = createServer((socket) => {
        socket.on('error', () => socket.destroy());
        socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      }).listen(0, '127.0.0.1');
      await once(plain, 'listening');
      const { port } = plain.address() as AddressInfo;
      const error = await expectFailure(
        'tls-failed',
        createHttpPort({ backend }).exchange(requestFor(`https://127.0.0.1:${port}/a`), never),
      );
      expect(error.facts).toMatchObject({ host: '127.0.0.1', port });
      plain.close();
    });

    test.each([
      ['a header', 'x-a', 'b\r\nHost: evil'],
      ['a header', 'x-a', 'b\nc'],
      ['a header', 'x-a', 'b\0'],
      ['a character beyond latin-1', 'x-a', '\u4e2d'],
      ['a name', 'x\r\na', 'b'],
      ['a name', 'x a', 'b'],
      ['a name', '', 'b'],
      ['framing', 'Transfer-Encoding', 'chunked'],
      ['framing', 'content-length', '5'],
      ['the connection', 'Connection', 'close'],
    ])('a request that breaks out by %s is never sent', async (_what, name, value) => {
      await using harness = await startBackend(backend);
      await expectFailure('request-invalid', harness.ask('/a', { headers: [[name, value]] }));
      expect(harness.origin.connections.total).toBe(0);
    });

    test('links that cannot be asked for', async () => {
      const http = createHttpPort({ backend });
      await expectFailure('url-unsupported', http.exchange(requestFor('gopher://127.0.0.1/a'), never));
      await expectFailure('url-invalid', http.exchange(requestFor('/relative'), never));
    });

    test('a POST with its body, a query, and a Host of the caller’s own', async () => {
      await using harness = await startBackend(backend);
      harness.origin.script('/form', (request) => ({
        body: `${request.method} ${request.query} ${request.headers['host']} ${request.body.toString()}`,
      }));
      const { bytes } = await harness.read('/form?x=1#fragment', {
        method: 'POST',
        headers: [['Host', 'elsewhere.test']],
        body: Buffer.from('a=b'),
      });
      expect(bytes.toString()).toBe('POST x=1 elsewhere.test a=b');
    });
  });
}

const oddChunks: readonly (readonly [name: string, body: string])[] = [
  ['a size that is no number', '5g\r\nhello\r\n0\r\n\r\n'],
  ['a chunk shorter than it says', '6\r\nhello\r\n0\r\n\r\n'],
];
