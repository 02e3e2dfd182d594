import { type Answer, type OriginRequest, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { haltedAtBytes, haltedSeed, haltHalfway, wholeBytes } from '../halted.ts';
import { startEngine } from '../harness.ts';

/** What is asked for again: from before the end of what is there, which is compared. */
const askedAgainAt = haltedAtBytes - 64 * 1024;
const rest = `bytes=${askedAgainAt}-${wholeBytes - 1}`;

function partHeaders(range: string): Answer {
  return { headers: { 'Content-Range': range } };
}

/** Answers every request for a range like this, and all others honestly. */
function toRanges(answer: Answer): (request: OriginRequest) => Answer {
  return ({ range }) => (range === null ? {} : answer);
}

describe('a resumption that is answered wrongly starts again, and not one byte of it stays', () => {
  it.each<[string, Answer]>([
    ['F03 another tag and date on a 206', { resource: { etag: '"other"', lastModified: null } }],
    ['F04 another total', partHeaders(`bytes ${askedAgainAt}-${wholeBytes - 1}/${wholeBytes + 5}`)],
    [
      'F05 a part from byte 0',
      {
        ...partHeaders(`bytes 0-${haltedAtBytes - 1}/${wholeBytes}`),
        send: { start: 0, end: haltedAtBytes },
      },
    ],
    ['F06 no Content-Range', { headers: { 'Content-Range': null } }],
    ['F06 a garbled Content-Range', partHeaders('bytes half-most/all')],
    [
      'F06 a Content-Range that contradicts itself',
      partHeaders(`bytes ${wholeBytes - 1}-${haltedAtBytes}/${wholeBytes}`),
    ],
    ['F09 multipart/byteranges', { multipart: true }],
    ['F14 a compressed part', { gzip: true }],
  ])('%s', async (_what, answer) => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    const { id } = await haltHalfway(test, origin, { resumed: toRanges(answer) });
    await test.engine.resume({ ids: [id] });
    await test.reach(id, 'finished');
    expect(origin.requests[1]?.range).toBe(rest);
    expect(await verifySeeded(test.path('file.bin'), haltedSeed, wholeBytes)).toBeNull();
    expect(await test.names()).toEqual(['file.bin']);
  });
});

it('F05 a server that once sends another part under the right Content-Range length is found out by its start', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const shifted = haltedAtBytes - 100_000;
  const { id } = await haltHalfway(test, origin, {
    resumed: (_request, index) =>
      index > 0
        ? {}
        : {
            ...partHeaders(`bytes ${shifted}-${wholeBytes - 100_001}/${wholeBytes}`),
            send: { start: shifted, end: wholeBytes - 100_000 },
          },
  });
  await test.engine.resume({ ids: [id] });
  await test.reach(id, 'finished');
  expect(await verifySeeded(test.path('file.bin'), haltedSeed, wholeBytes)).toBeNull();
});

it('F07 a part shorter than asked is taken, and the rest is asked for', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const until = haltedAtBytes + 50_000;
  const { id } = await haltHalfway(test, origin, {
    resumed: (_request, index) =>
      index > 0
        ? {}
        : {
            ...partHeaders(`bytes ${askedAgainAt}-${until - 1}/${wholeBytes}`),
            send: { start: askedAgainAt, end: until },
          },
  });
  await test.engine.resume({ ids: [id] });
  await test.reach(id, 'finished');
  expect(origin.requests.map(({ range }) => range)).toEqual([
    null,
    rest,
    `bytes=${until - 8 * 1024}-${wholeBytes - 1}`,
  ]);
  expect(await verifySeeded(test.path('file.bin'), haltedSeed, wholeBytes)).toBeNull();
});

it('F08 a part that runs on beyond the end is cut off there', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const { id } = await haltHalfway(test, origin, {
    resumed: toRanges({
      ...partHeaders(`bytes ${askedAgainAt}-${wholeBytes - 1}/${wholeBytes}`),
      resource: { sizeBytes: wholeBytes + 70_000, etag: `"${haltedSeed}-${wholeBytes}"` },
      send: { start: askedAgainAt, end: wholeBytes + 70_000 },
      framing: 'chunked',
    }),
  });
  await test.engine.resume({ ids: [id] });
  await test.reach(id, 'finished');
  expect(await verifySeeded(test.path('file.bin'), haltedSeed, wholeBytes)).toBeNull();
});

it('F08 a server that heeds only the start of a range never writes into its neighbour', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const sizeBytes = 6 * 1024 * 1024;
  origin.serve('/file.bin', { seed: 51, sizeBytes, bytesPerSecond: 3 * 1024 * 1024 });
  origin.script('/file.bin', ({ asked }) =>
    asked === null
      ? {}
      : {
          ...partHeaders(`bytes ${asked.start}-${sizeBytes - 1}/${sizeBytes}`),
          send: { start: asked.start, end: sizeBytes },
        },
  );
  await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
  expect(origin.connections.peak).toBeGreaterThan(1);
  expect(await verifySeeded(test.path('file.bin'), 51, sizeBytes)).toBeNull();
});

const weak = [
  ['F10 a weak tag', { etag: 'W/"1"' }],
  ['F10 no validator at all', { etag: null, lastModified: null }],
  ['F11 a date as young as the answer', { etag: null, lastModified: new Date().toUTCString() }],
] as const;

it.each(weak)('%s: what is on disk is compared before anything is added', async (_what, traits) => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const { id } = await haltHalfway(test, origin, { traits });
  await test.engine.resume({ ids: [id] });
  await test.reach(id, 'finished');
  const resumed = origin.requests[1];
  expect(resumed?.headers['if-range']).toBeUndefined();
  expect(resumed?.asked?.start).toBeGreaterThan(0);
  expect(resumed?.asked?.start).toBeLessThanOrEqual(haltedAtBytes - 1024);
  expect(await verifySeeded(test.path('file.bin'), haltedSeed, wholeBytes)).toBeNull();
});

it.each(weak)('%s: other bytes under it are not mixed in', async (_what, traits) => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const { id } = await haltHalfway(test, origin, { traits });
  origin.change('/file.bin', { seed: 52, sizeBytes: wholeBytes, ...traits });
  await test.engine.resume({ ids: [id] });
  await test.replaceChanged(id);
  await test.reach(id, 'finished');
  expect(await verifySeeded(test.path('file.bin'), 52, wholeBytes)).toBeNull();
});

it('F12 a server that answers every If-Range with the whole file still resumes', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const { id } = await haltHalfway(test, origin, {
    resumed: ({ headers }) => (headers['if-range'] === undefined ? {} : { resource: { ranges: false } }),
  });
  await test.engine.resume({ ids: [id] });
  await test.reach(id, 'finished');
  expect(origin.requests.at(-1)).toMatchObject({ range: rest, status: 206 });
  expect(origin.bodyBytesSent).toBeLessThan(wholeBytes + haltedAtBytes);
  expect(await verifySeeded(test.path('file.bin'), haltedSeed, wholeBytes)).toBeNull();
});

it('F13 nodes that tag the same bytes differently cost some starts, and the file comes to its end', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const sizeBytes = 3 * 1024 * 1024;
  origin.serve('/file.bin', { seed: 53, sizeBytes, bytesPerSecond: 2 * 1024 * 1024 });
  origin.script('/file.bin', (_request, index) => ({ resource: { etag: `"node-${index % 3}"` } }));
  await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
  expect(await verifySeeded(test.path('file.bin'), 53, sizeBytes)).toBeNull();
});

it('F13 a paused download goes on although each node has a tag of its own', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const { id } = await haltHalfway(test, origin, {
    traits: { etag: '"node-0"' },
    resumed: (_request, index) => ({ resource: { etag: `"node-${(index + 1) % 2}"` } }),
  });
  await test.engine.resume({ ids: [id] });
  await test.reach(id, 'finished');
  expect(await verifySeeded(test.path('file.bin'), haltedSeed, wholeBytes)).toBeNull();
});

it('F13 two versions that differ in nothing but a weak tag are not mixed by two connections', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const sizeBytes = 3 * 1024 * 1024;
  origin.serve('/file.bin', { seed: 54, sizeBytes, etag: 'W/"1"', bytesPerSecond: 2 * 1024 * 1024 });
  origin.script('/file.bin', (_request, index) => (index === 0 ? {} : { resource: { seed: 55, etag: 'W/"2"' } }));
  const id = await test.add(origin.urlOf('/file.bin'));
  const { state } = await test.until(id, (view) => view.state.kind === 'failed' || view.state.kind === 'finished');
  if (state.kind === 'failed') await test.replaceChanged(id);
  await test.reach(id, 'finished');
  const seeds = await Promise.all([54, 55].map((seed) => verifySeeded(test.path('file.bin'), seed, sizeBytes)));
  expect(seeds).toContain(null);
});
