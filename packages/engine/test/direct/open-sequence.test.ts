/** Sequences through real sockets: what a server says of them, and what is handed on. */
import { inTurn, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, test } from 'vitest';
import type { SequenceSpec } from '../../src/direct/spec.ts';
import {
  createHttpPort,
  createMemoryRecords,
  createNodeFiles,
  createSystemClock,
  Direct,
  silentLog,
} from '../../src/index.ts';

const never = new AbortController().signal;
const digits = Buffer.from('123456789');

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

async function readAll(spec: Pick<SequenceSpec, 'url'> & Partial<SequenceSpec>): Promise<Buffer> {
  const usual = {
    headers: {},
    request: {},
    retry: { maxAttempts: 1, baseDelayMs: 1, maxDelayMs: 1 },
    checksum: null,
    speedLimitBytesPerSecond: 0,
    onProgress() {},
    range: null,
    chunkBytes: 64 * 1024,
  } satisfies Partial<SequenceSpec>;
  const sequence = await direct().openSequence({ ...usual, ...spec }, never);
  const pieces: Uint8Array[] = [];
  for (let piece = await sequence.next(); piece !== null; piece = await sequence.next()) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('a checksum that the server states', () => {
  test.each([
    ['x-goog-hash', 'crc32c=4waSgw=='],
    ['x-amz-checksum-crc32', 'y/Q5Jg=='],
    ['x-amz-checksum-sha1', '98O8HYCOBHMq32eZZczDTKeuNEE='],
  ])('%s: %s', async (name, value) => {
    await using origin = await startOrigin();
    const answer = (body: Buffer) => ({ status: 200, headers: { [name]: value }, body });
    origin.script('/right', answer(digits));
    origin.script('/wrong', answer(Buffer.from('123456780')));
    expect(await readAll({ url: origin.urlOf('/right') })).toEqual(digits);
    await expect(readAll({ url: origin.urlOf('/wrong') })).rejects.toMatchObject({ code: 'checksum-mismatch' });
  });
});

describe('a part of something whose length nobody says', () => {
  test.each([
    [{ start: 0, end: 4 }, '1234'],
    [{ start: 0, end: 9 }, '123456789'],
    [{ start: 0, end: 20 }, '123456789'],
  ] as const)('%j is that part', async (range, expected) => {
    await using origin = await startOrigin();
    origin.script('/a', { status: 200, body: digits, framing: 'chunked' });
    expect((await readAll({ url: origin.urlOf('/a'), range })).toString()).toBe(expected);
  });
});

test('a dead link waits for the one mirror of two that may recover', async () => {
  await using origin = await startOrigin();
  origin.script('/link', { status: 404 });
  origin.script('/busy', inTurn({ status: 503 }, { status: 200, body: digits }));
  origin.script('/gone', { status: 410 });
  const request = { mirrors: [origin.urlOf('/busy'), origin.urlOf('/gone')] };
  const retry = { maxAttempts: 2, baseDelayMs: 1, maxDelayMs: 1 };
  expect(await readAll({ url: origin.urlOf('/link'), request, retry })).toEqual(digits);
});

test('what was wrong with the link itself is said when no mirror has recovered', async () => {
  await using origin = await startOrigin();
  origin.script('/link', { status: 404 });
  origin.script('/busy', { status: 503 });
  const request = { mirrors: [origin.urlOf('/busy')] };
  const retry = { maxAttempts: 2, baseDelayMs: 1, maxDelayMs: 1 };
  const reading = readAll({ url: origin.urlOf('/link'), request, retry });
  await expect(reading).rejects.toMatchObject({ code: 'http-not-found' });
  expect(origin.requestsOf('/busy')).toHaveLength(2);
});
