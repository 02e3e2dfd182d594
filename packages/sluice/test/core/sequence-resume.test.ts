import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Answer, type OriginRequest, type ResourceTraits, seededBytes, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { download } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { allOf } from '../all-of.ts';

const sizeBytes = 1_000_000;
const seed = 11;
const cutAt = 300_000;
const whole = seededBytes(seed, 0, sizeBytes);
const quick = { retryWaitMs: 1 } as const;

/** Breaks the first answer off, and answers all others like this. */
function brokenOnce(then: Answer = {}) {
  return (_request: OriginRequest, index: number): Answer =>
    index === 0 ? { end: { afterBytes: cutAt, how: 'fin' } } : then;
}

async function readBroken(resource: ResourceTraits, then?: Answer, first?: Answer) {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed, sizeBytes, ...resource });
  origin.script('/file.bin', (request, index) =>
    index === 0 ? { ...first, ...brokenOnce()(request, index) } : brokenOnce(then)(request, index),
  );
  const bytes = await download(origin.urlOf('/file.bin'), { stream: true, ...quick }).then(allOf);
  return { bytes, ranges: origin.requests.map(({ range }) => range) };
}

describe('a sequence that breaks off goes on where it was', () => {
  it.each<[string, ResourceTraits]>([
    ['with a strong tag', {}],
    ['with a weak tag', { etag: 'W/"a"' }],
    ['with a date alone', { etag: null }],
    ['with nothing to tell versions by', { etag: null, lastModified: null }],
  ])('%s, behind an overlap that is compared', async (_what, resource) => {
    const { bytes, ranges } = await readBroken(resource);
    expect(Buffer.compare(bytes, whole)).toBe(0);
    expect(ranges).toEqual([null, `bytes=${cutAt - 65_536}-`]);
  });

  it('where the tag went missing, behind an overlap', async () => {
    const { bytes, ranges } = await readBroken({}, { headers: { ETag: null, 'Last-Modified': null } });
    expect(Buffer.compare(bytes, whole)).toBe(0);
    expect(ranges).toEqual([null, `bytes=${cutAt - 65_536}-`]);
  });

  it('where ranges are ignored, through the whole again', async () => {
    const { bytes } = await readBroken({ ranges: false });
    expect(Buffer.compare(bytes, whole)).toBe(0);
  });

  it('where the body is encoded, through the whole again', async () => {
    const { bytes, ranges } = await readBroken({ contentType: 'text/plain' }, { gzip: true }, { gzip: true });
    expect(Buffer.compare(bytes, whole)).toBe(0);
    expect(ranges).toEqual([null, null]);
  });

  it('to an end that only a 416 tells', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes: cutAt, etag: null, lastModified: null });
    origin.script('/file.bin', (_request, index) =>
      index === 0 ? { framing: 'chunked', end: { afterBytes: cutAt, how: 'reset' } } : {},
    );
    const bytes = await download(origin.urlOf('/file.bin'), { stream: true, ...quick }).then(allOf);
    expect(Buffer.compare(bytes, seededBytes(seed, 0, cutAt))).toBe(0);
  });
});

describe('what may not be joined is refused, and nothing more comes', () => {
  it.each<[string, ResourceTraits, Answer]>([
    ['another tag', {}, { resource: { etag: '"new"', seed: 12 } }],
    ['the same date and length, other bytes', { etag: null }, { resource: { seed: 12 } }],
    ['no validators, other bytes', { etag: null, lastModified: null }, { resource: { seed: 12 } }],
    ['no ranges, other bytes', { etag: null, ranges: false }, { resource: { seed: 12 } }],
    ['another length', { etag: null, lastModified: null }, { resource: { sizeBytes: sizeBytes - 1 } }],
    ['a shorter file than came', { etag: null, lastModified: null }, { resource: { sizeBytes: 1000 } }],
  ])('%s', async (_what, resource, then) => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes, ...resource });
    origin.script('/file.bin', brokenOnce(then));
    const seen: Uint8Array[] = [];
    const failed = (async () => {
      for await (const chunk of await download(origin.urlOf('/file.bin'), { stream: true, ...quick })) seen.push(chunk);
    })();
    await expect(failed).rejects.toMatchObject({ code: 'resource-changed' });
    const bytes = Buffer.concat(seen);
    expect(bytes.length).toBeLessThanOrEqual(cutAt);
    expect(Buffer.compare(bytes, whole.subarray(0, bytes.length))).toBe(0);
  });

  it('an encoded body of other bytes', async () => {
    await expect(
      readBroken({ contentType: 'text/plain', etag: null }, { gzip: true, resource: { seed: 12 } }, { gzip: true }),
    ).rejects.toMatchObject({ code: 'resource-changed' });
  });
});

it('gives up after as many tries in a row as were allowed, and says why', async () => {
  await using origin = await startOrigin();
  origin.script('/file.bin', { status: 503 });
  const failed = download(origin.urlOf('/file.bin'), { ...quick, maxAttempts: 3 });
  await expect(failed).rejects.toMatchObject({ code: 'http-unavailable', response: { status: 503 } });
  expect(origin.requests).toHaveLength(3);
});

it('does not repeat a POST by itself', async () => {
  await using origin = await startOrigin();
  origin.script('/form', { status: 503 });
  const failed = download(origin.urlOf('/form'), { ...quick, request: { method: 'POST', body: 'a=1' } });
  await expect(failed).rejects.toMatchObject({ code: 'http-unavailable' });
  expect(origin.requests.map(({ method }) => method)).toEqual(['POST']);
});

describe('the checksum', () => {
  const right = 'md5';
  it.each(['memory', 'stream'] as const)('of bytes in a %s is compared before they pass for whole', async (where) => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    const wrong = `${right}=${'0'.repeat(32)}`;
    const failed =
      where === 'memory'
        ? download(origin.urlOf('/file.bin'), { checksum: wrong })
        : download(origin.urlOf('/file.bin'), { checksum: wrong, stream: true }).then(allOf);
    await expect(failed).rejects.toMatchObject({ code: 'checksum-mismatch', facts: { from: 'user' } });
  });

  it('that the server states is believed before its bytes', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    origin.script('/file.bin', { headers: { 'Content-MD5': Buffer.alloc(16).toString('base64') } });
    await expect(download(origin.urlOf('/file.bin'))).rejects.toMatchObject({
      code: 'checksum-mismatch',
      facts: { from: 'server' },
    });
  });
});

describe('an explicit range', () => {
  it.each<[string, object, string]>([
    ['as an option', { range: { start: 1000, end: 2000 } }, 'bytes=1000-1999'],
    ['as a header', { headers: { Range: 'bytes=1000-1999' } }, 'bytes=1000-1999'],
  ])('%s gives these bytes and no others', async (_what, options, asked) => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    const result = await download(origin.urlOf('/file.bin'), { ...options });
    expect(Buffer.compare(result.bytes, whole.subarray(1000, 2000))).toBe(0);
    expect(result.status).toBe(206);
    expect(origin.requests[0]?.range).toBe(asked);
  });

  it('to the end, broken off and taken up', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes, etag: null });
    origin.script('/file.bin', brokenOnce());
    const { bytes } = await download(origin.urlOf('/file.bin'), { range: { start: 200_000 }, ...quick });
    expect(Buffer.compare(bytes, whole.subarray(200_000))).toBe(0);
  });

  it('becomes a file of its own, and nothing else stays', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    origin.script('/file.bin', brokenOnce());
    const folder = temporaryFolder();
    const file = join(folder, 'part.bin');
    const range = { start: 100_000, end: 900_000 };
    const result = await download(origin.urlOf('/file.bin'), { file, range, ...quick });
    expect(result).toMatchObject({ path: file, sizeBytes: 800_000, resumedFromBytes: 0, response: { status: 206 } });
    expect(Buffer.compare(await readFile(file), whole.subarray(100_000, 900_000))).toBe(0);
    expect((await download(origin.urlOf('/file.bin'), { folder, range })).path).toBe(join(folder, 'file.bin'));
    expect((await readdir(folder)).toSorted()).toEqual(['file.bin', 'part.bin']);
    await expect(download(origin.urlOf('/file.bin'), { file, range })).rejects.toMatchObject({ code: 'file-exists' });
  });

  it('that breaks off for good leaves no file', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    origin.script('/file.bin', (_request, index) =>
      index === 0 ? { end: { afterBytes: cutAt, how: 'fin' } } : { status: 410 },
    );
    const folder = temporaryFolder();
    const failed = download(origin.urlOf('/file.bin'), { folder, range: { start: 1 }, ...quick });
    await expect(failed).rejects.toMatchObject({ code: 'http-gone' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('that is ignored is refused rather than given the wrong bytes', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes, ranges: false });
    const failed = download(origin.urlOf('/file.bin'), { range: { start: 1000 } });
    await expect(failed).rejects.toMatchObject({ code: 'range-ignored' });
    expect(origin.requests).toHaveLength(1);
  });

  it('beyond the end is told with what the server answered', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    const failed = download(origin.urlOf('/file.bin'), { range: { start: sizeBytes } });
    await expect(failed).rejects.toMatchObject({ code: 'range-not-satisfiable', response: { status: 416 } });
  });
});
