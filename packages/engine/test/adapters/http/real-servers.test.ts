import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededBytes } from '@sluice/testkit/origin';
import { type RealServer, startApache, startNginx } from '@sluice/testkit/servers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHttpPort } from '../../../src/adapters/http/index.ts';
import type { HeaderLines, HttpPort } from '../../../src/ports/http.ts';
import { never, requestFor } from './backend-harness.ts';
import { collectingSink } from './sinks.ts';

const sizeBytes = 3_000_001;
const whole = Buffer.from(seededBytes(8, 0, sizeBytes));

const servers = [
  { name: 'nginx', start: () => startNginx() },
  { name: 'apache', start: () => startApache() },
] as const;
const backends = ['socket', 'undici', 'curl'] as const;
const schemes = ['http', 'https'] as const;

describe.each(servers)('$name', ({ start }) => {
  let server: RealServer;
  beforeAll(async () => {
    server = await start();
    await writeFile(join(server.rootFolder, 'file.bin'), whole, { mode: 0o644 });
    await writeFile(join(server.rootFolder, 'empty.bin'), '', { mode: 0o644 });
  });
  afterAll(() => server.stop());

  describe.each(backends)('%s backend', (backend) => {
    test.each(schemes)('%s: whole, in ranges, beyond the end, empty, missing', async (scheme) => {
      const http = createHttpPort({ backend, certificateAuthorities: [server.certificatePem] });
      const base = scheme === 'http' ? server.url : server.secureUrl;
      const full = await get(http, `${base}/file.bin`);
      expect([full.status, full.bytes.equals(whole)]).toEqual([200, true]);
      const part = await get(http, `${base}/file.bin`, [['range', 'bytes=1000-1999999']]);
      expect([part.status, part.bytes.equals(whole.subarray(1000, 2_000_000))]).toEqual([206, true]);
      expect(part.header('content-range')).toBe(`bytes 1000-1999999/${sizeBytes}`);
      expect((await get(http, `${base}/file.bin`, [['range', `bytes=${sizeBytes}-`]])).status).toBe(416);
      const empty = await get(http, `${base}/empty.bin`);
      expect([empty.status, empty.bytes.length]).toEqual([200, 0]);
      expect((await get(http, `${base}/missing`)).status).toBe(404);
      await http.close();
    });
  });
});

test('nginx compressing on the fly: chunks, untouched', async () => {
  await using server = await startNginx({ locationDirectives: 'gzip on; gzip_types *; gzip_min_length 1;' });
  await writeFile(join(server.rootFolder, 'text'), 'word '.repeat(100_000));
  for (const backend of backends) {
    const http = createHttpPort({ backend });
    const plain = await get(http, `${server.url}/text`, [['accept-encoding', 'identity']]);
    expect(plain.bytes.toString()).toBe('word '.repeat(100_000));
    const packed = await get(http, `${server.url}/text`, [['accept-encoding', 'gzip']]);
    expect([packed.header('content-encoding'), packed.framing]).toEqual(['gzip', 'chunked']);
    expect(packed.bytes.subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
    await http.close();
  }
});

async function get(http: HttpPort, url: string, headers: HeaderLines = []) {
  const response = await http.exchange(requestFor(url, { headers }), never);
  const sink = collectingSink({ spaceBytes: 256 * 1024, pauseEvery: 3 });
  await response.body.pipeTo(sink, never);
  return {
    status: response.status,
    framing: response.body.framing,
    bytes: sink.bytes(),
    header: (name: string) => response.headers.find(([other]) => other === name)?.[1],
  };
}
