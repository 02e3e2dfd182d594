import {
  createSystemClock,
  createHttpPort,
  createMemoryRecords,
  createNodeFiles,
  Direct,
  silentLog,
} from '../../src/index.ts';
import { type Origin, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, test } from 'vitest';
import type { DownloadSpec } from '../../src/direct/spec.ts';

const etag = '"1-10"';
const lastModified = 'Tue, 02 Jan 2024 03:04:05 GMT';

function direct(): Direct {
  const ports = {
    http: createHttpPort(),
    files: createNodeFiles(),
    clock: createSystemClock(),
    log: silentLog,
    records: createMemoryRecords(),
  };
  return new Direct(ports, { platform: 'linux', random: () => 0 });
}

function specFor(origin: Origin): DownloadSpec {
  return {
    url: origin.urlOf('/a'),
    headers: { 'If-None-Match': '"a user’s own"', 'X-Own': 'kept' },
    request: {},
    retry: { maxAttempts: 3, baseDelayMs: 1, maxDelayMs: 1 },
    checksum: null,
    speedLimitBytesPerSecond: 0,
    onProgress() {},
  };
}

const never = new AbortController().signal;

describe('asking whether something is still what it was', () => {
  test('sends both validators, and takes 304 for "the same" with what is new about it', async () => {
    await using origin = await startOrigin();
    origin.script('/a', { status: 304, headers: { 'Cache-Control': 'max-age=5' } });
    const answer = await direct().revalidate(specFor(origin), { etag, lastModified }, never);
    expect(answer).toMatchObject({ kind: 'same', headers: expect.arrayContaining([['cache-control', 'max-age=5']]) });
    const [request] = origin.requests;
    expect(request?.headers).toMatchObject({
      'if-none-match': etag,
      'if-modified-since': lastModified,
      'x-own': 'kept',
    });
    expect(request?.range).toBeNull();
  });

  test.each([
    ['a tag alone', { etag, lastModified: null }],
    ['a date alone', { etag: null, lastModified }],
  ])('%s', async (_what, known) => {
    await using origin = await startOrigin();
    origin.script('/a', { status: 304 });
    expect(await direct().revalidate(specFor(origin), known, never)).toMatchObject({ kind: 'same' });
    expect(origin.requests[0]?.headers['if-none-match']).toBe(known.etag ?? undefined);
    expect(origin.requests[0]?.headers['if-modified-since']).toBe(known.lastModified ?? undefined);
  });

  test('takes anything whole for a change, without fetching it', async () => {
    await using origin = await startOrigin();
    origin.serve('/a', { seed: 2, sizeBytes: 50_000_000 });
    expect(await direct().revalidate(specFor(origin), { etag, lastModified }, never)).toEqual({ kind: 'changed' });
    await origin.waitFor(({ requests }) => requests[0]?.state === 'cut');
  });

  test('tries again what may pass, and ends with what does not', async () => {
    await using origin = await startOrigin();
    origin.script('/a', (_request, index) => (index === 0 ? { status: 500 } : { status: 404 }));
    const asking = direct().revalidate(specFor(origin), { etag, lastModified }, never);
    await expect(asking).rejects.toMatchObject({ code: 'http-not-found', response: { status: 404 } });
    expect(origin.requests).toHaveLength(2);
  });
});
