import { once } from 'node:events';
import { createSecureServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { seededBytes, testCertificate } from '@sluice/testkit/origin';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHttpPort } from '../../../src/adapters/http/index.ts';
import { expectFailure, never, requestFor } from './backend-harness.ts';
import { collectingSink } from './sinks.ts';

const certificate = testCertificate('trusted');
const whole = Buffer.from(seededBytes(6, 0, 1_000_000));

let server: ReturnType<typeof createSecureServer>;
let respond: (stream: ServerHttp2Stream) => void;
let url: string;
beforeEach(async () => {
  server = createSecureServer({ cert: certificate.certificatePem, key: certificate.keyPem });
  server.on('stream', (stream) => {
    stream.on('error', () => stream.destroy());
    respond(stream);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/file.bin`;
});
afterEach(async () => {
  server.close();
  await once(server, 'close');
});

const http = createHttpPort({ backend: 'undici', certificateAuthorities: [certificate.certificatePem] });

test.each([
  { fields: { 'content-length': '1000000' }, framing: 'length', lengthBytes: 1_000_000 },
  { fields: {}, framing: 'chunked', lengthBytes: null },
] as const)('the undici backend speaks HTTP/2: $framing', async ({ fields, framing, lengthBytes }) => {
  respond = (stream) => {
    stream.respond({ ':status': 200, etag: '"v1"', ...fields });
    stream.end(whole);
  };
  const response = await http.exchange(requestFor(url), never);
  expect([response.status, response.body.framing, response.body.lengthBytes]).toEqual([200, framing, lengthBytes]);
  expect(response.headers).toContainEqual(['etag', '"v1"']);
  expect(response.headers.every(([name]) => !name.startsWith(':'))).toBe(true);
  const sink = collectingSink({ spaceBytes: 50_000, pauseEvery: 3 });
  expect(await response.body.pipeTo(sink, never)).toBe('end');
  expect(sink.bytes().equals(whole)).toBe(true);
});

test.each([
  {
    how: 'reset',
    code: 'connection-reset',
    breakOff: (stream: ServerHttp2Stream) => stream.destroy(new Error('broken')),
  },
  { how: 'cut off', code: 'body-short', breakOff: (stream: ServerHttp2Stream) => stream.session?.destroy() },
] as const)('a stream that is $how has not ended', async ({ code, breakOff }) => {
  respond = (stream) => {
    stream.respond({ ':status': 200 });
    stream.write(whole.subarray(0, 1000), () => breakOff(stream));
  };
  const response = await http.exchange(requestFor(url), never);
  await expectFailure(code, response.body.pipeTo(collectingSink(), never));
});
