import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeResource } from '../../../src/plan/response/describe-resource.ts';
import { judgeResponse } from '../../../src/plan/response/judge-response.ts';
import type { Resource } from '../../../src/plan/response/resource.ts';
import type { Verdict } from '../../../src/plan/response/verdict.ts';
import { head, laterModified, partHead, resource, url } from '../resources.ts';

const asked = { range: { start: 100, end: 500 }, known: resource() };
const right = { start: 100, end: 500 };

function refusal(code: string): unknown {
  return expect.objectContaining({ kind: 'refused', code });
}

test('the part that was asked for', () => {
  expect(judgeResponse(asked, partHead(right))).toEqual({
    kind: 'part',
    resource: resource({ ranges: 'proved' }),
    start: 100,
    end: 500,
    saidEnd: 500,
    version: 'same',
  });
});

test('to the end, when no end was asked', () => {
  const open = { ...asked, range: { start: 100, end: null } };
  expect(judgeResponse(open, partHead({ start: 100, end: 1000 }))).toMatchObject({
    kind: 'part',
    start: 100,
    end: 1000,
  });
});

test('the first part of an unknown resource', () => {
  expect(judgeResponse({ ...asked, known: null }, partHead(right))).toMatchObject({ kind: 'part', version: 'first' });
});

describe('another version', () => {
  test('F03 ETag changed, 206 anyway, is refused', () => {
    expect(judgeResponse(asked, partHead(right, { etag: '"v2"', 'last-modified': null }))).toEqual(
      refusal('resource-changed'),
    );
  });

  test('F03 the date alone changed', () => {
    const known = resource({ etag: null });
    const response = partHead(right, { etag: null, 'last-modified': laterModified });
    expect(judgeResponse({ ...asked, known }, response)).toEqual(refusal('resource-changed'));
  });

  test('F04 total in Content-Range changed', () => {
    expect(judgeResponse(asked, partHead({ ...right, total: 1001 }))).toEqual(refusal('resource-changed'));
  });

  test('F04 bytes beyond the known end, their total left out', () => {
    const open = { ...asked, range: { start: 100, end: null } };
    expect(judgeResponse(open, partHead({ start: 100, end: 1001, total: '*' }))).toEqual(refusal('resource-changed'));
    expect(judgeResponse(open, partHead({ start: 100, end: 1000, total: '*' }))).toMatchObject({
      kind: 'part',
      end: 1000,
    });
  });

  test('F10 a part without validators is unproved', () => {
    const response = partHead(right, { etag: null, 'last-modified': null });
    expect(judgeResponse(asked, response)).toMatchObject({ kind: 'part', version: 'unproved' });
  });

  test('F10 a weak ETag proves nothing', () => {
    const known = resource({ etag: 'W/"v1"', lastModified: null });
    const response = partHead(right, { etag: 'W/"v1"', 'last-modified': null });
    expect(judgeResponse({ ...asked, known }, response)).toMatchObject({ kind: 'part', version: 'unproved' });
  });

  test('F102 ETag of another node, with the same date and length, is for the bytes to decide', () => {
    const response = partHead(right, { etag: '"node-2"' });
    expect(judgeResponse(asked, response)).toMatchObject({ kind: 'part', version: 'unproved' });
    expect(judgeResponse(asked, partHead(right, { etag: '"node-2"', 'last-modified': null }))).toEqual(
      refusal('resource-changed'),
    );
  });

  test('F65 what a part does not say of itself is not lent to it from what was known', () => {
    const response = partHead(right, { etag: null, 'last-modified': null });
    expect(judgeResponse(asked, response)).toMatchObject({
      kind: 'part',
      version: 'unproved',
      resource: { etag: null, lastModified: null },
    });
  });

  test.each([
    { of: 'another tag and date', headers: { etag: '"v2"', 'last-modified': null }, version: 'changed' },
    { of: 'the same tag', headers: {}, version: 'same' },
    { of: 'no validator', headers: { etag: null, 'last-modified': null }, version: 'unproved' },
  ])('F132 an unasked 206 that covers the whole file, with $of, is $version', ({ headers, version }) => {
    const response = partHead({ start: 0, end: 1000 }, headers);
    expect(judgeResponse({ range: null, known: asked.known }, response)).toMatchObject({ kind: 'whole', version });
  });
});

describe('another place', () => {
  test.each([
    { start: 0, end: 400 },
    { start: 99, end: 500 },
    { start: 101, end: 500 },
    { start: 500, end: 900 },
  ])('F05 wrong start in Content-Range is refused: $start', (range) => {
    expect(judgeResponse(asked, partHead(range))).toEqual(refusal('range-mismatch'));
  });

  test.each([null, '', 'garbage', 'bytes 100-499', 'bytes */1000', 'bytes 499-100/1000', 'items 100-499/1000'])(
    'F06 206 with Content-Range %j is refused',
    (value) => {
      expect(judgeResponse(asked, partHead(right, { 'content-range': value }))).toEqual(refusal('range-mismatch'));
    },
  );

  test('F06 two different Content-Range fields are none', () => {
    const response = partHead(right);
    const doubled = { ...response, headers: [...response.headers, ['content-range', 'bytes 0-399/1000'] as const] };
    expect(judgeResponse(asked, doubled)).toEqual(refusal('range-mismatch'));
  });

  test('F07 206 shorter than asked is taken as far as it goes', () => {
    expect(judgeResponse(asked, partHead({ start: 100, end: 101 }))).toMatchObject({
      kind: 'part',
      start: 100,
      end: 101,
    });
  });

  test('F08 206 longer than asked is taken up to the boundary', () => {
    expect(judgeResponse(asked, partHead({ start: 100, end: 1000 }))).toMatchObject({
      kind: 'part',
      start: 100,
      end: 500,
    });
  });

  test('F08 a body whose length contradicts its Content-Range is refused', () => {
    expect(judgeResponse(asked, { ...partHead(right), bodyLengthBytes: 401 })).toEqual(refusal('range-mismatch'));
    expect(judgeResponse(asked, { ...partHead(right), bodyLengthBytes: null })).toMatchObject({ kind: 'part' });
  });

  test('F09 multipart/byteranges for one range is refused', () => {
    const type = { 'content-type': 'multipart/byteranges; boundary=x', 'content-range': null };
    expect(judgeResponse(asked, { ...partHead(right, type), bodyLengthBytes: 700 })).toEqual(refusal('range-mismatch'));
    const both = { 'content-type': 'Multipart/ByteRanges; boundary=x' };
    expect(judgeResponse(asked, partHead(right, both))).toEqual(refusal('range-mismatch'));
  });
});

describe('F75 the exact slice under another status', () => {
  test.each([200, 201, 202, 203, 226])('is a part as %i', (status) => {
    expect(judgeResponse(asked, { ...partHead(right), status })).toEqual({
      kind: 'part',
      resource: resource({ ranges: 'proved' }),
      start: 100,
      end: 500,
      saidEnd: 500,
      version: 'same',
    });
  });

  test('up to the end where no end was asked', () => {
    const open = { ...asked, range: { start: 100, end: null } };
    expect(judgeResponse(open, { ...partHead({ start: 100, end: 1000 }), status: 200 })).toMatchObject({
      kind: 'part',
      end: 1000,
    });
  });

  test.each([
    [
      'of another version',
      { ...partHead(right, { etag: '"v2"', 'last-modified': null }), status: 200 },
      'resource-changed',
    ],
    ['of another total', { ...partHead({ ...right, total: 1001 }), status: 200 }, 'resource-changed'],
    ['shorter than asked', { ...partHead({ start: 100, end: 400 }), status: 200 }, 'range-mismatch'],
    ['longer than asked', { ...partHead({ start: 100, end: 600 }), status: 200 }, 'range-mismatch'],
    ['of no total', { ...partHead({ ...right, total: '*' }), status: 200 }, 'range-mismatch'],
    ['of another length', { ...partHead(right), status: 200, bodyLengthBytes: 1000 }, 'range-mismatch'],
    ['of no length', { ...partHead(right), status: 200, bodyLengthBytes: null }, 'range-mismatch'],
  ])('is none %s', (_of, response, code) => {
    expect(judgeResponse(asked, response)).toEqual(refusal(code));
  });

  test('a checksum of the part is not one of the whole', () => {
    const response = partHead(right, { 'content-digest': 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:' });
    const verdict = judgeResponse({ ...asked, known: null }, { ...response, status: 200 });
    expect(verdict).toMatchObject({ kind: 'part' });
    expect(verdict).not.toHaveProperty('resource.checksums');
  });
});

describe('another form', () => {
  test.each(['gzip', 'br', 'deflate', 'zstd', 'gzip, identity', 'x-unknown', 'identity, gzip, gzip'])(
    'F14 a range in Content-Encoding %s is refused',
    (encoding) => {
      const response = partHead(right, { 'content-encoding': encoding });
      expect(judgeResponse(asked, response)).toEqual(refusal('encoding-unexpected'));
    },
  );

  test('F14 identity is no encoding', () => {
    expect(judgeResponse(asked, partHead(right, { 'content-encoding': 'identity' }))).toMatchObject({ kind: 'part' });
  });

  test('F15 a range of a .tar.gz marked gzip is a range of the file', () => {
    const finalUrl = 'https://example.com/a.tar.gz';
    const response = { ...partHead(right, { 'content-encoding': 'gzip' }), url: finalUrl };
    expect(judgeResponse({ ...asked, known: resource({ finalUrl }) }, response)).toMatchObject({ kind: 'part' });
  });

  test('F27 a part of a login page is refused', () => {
    const response = partHead({ ...right, total: 700 }, { 'content-type': 'text/html', etag: null });
    expect(judgeResponse(asked, response)).toEqual(refusal('page-instead-of-file'));
    expect(judgeResponse(asked, response)).toMatchObject({ facts: { comes: 'later' } });
  });
});

describe('206 although nothing was asked', () => {
  const nothing = { range: null, known: null };

  test('is the whole when it covers everything', () => {
    expect(judgeResponse(nothing, partHead({ start: 0, end: 1000 }))).toEqual({
      kind: 'whole',
      resource: resource({ ranges: 'proved' }),
      version: 'first',
    });
  });

  test.each(['bytes */1000', 'bytes 0-1000/1000', 'bytes 0.0-999.0/1000'])(
    'F73 is the whole when it brings as much as it states: %s',
    (value) => {
      const response = partHead({ start: 0, end: 1000 }, { 'content-range': value });
      expect(judgeResponse(nothing, response)).toMatchObject({ kind: 'whole', resource: { totalBytes: 1000 } });
      expect(judgeResponse(nothing, { ...response, bodyLengthBytes: 999 })).toEqual(refusal('range-mismatch'));
      expect(judgeResponse(nothing, { ...response, bodyLengthBytes: null })).toEqual(refusal('range-mismatch'));
    },
  );

  test.each([
    { start: 0, end: 999 },
    { start: 1, end: 1000 },
    { start: 0, end: 1000, total: '*' as const },
  ])('is refused for $start-$end/$total', (range) => {
    expect(judgeResponse(nothing, partHead(range))).toEqual(refusal('range-mismatch'));
  });
});

function learned(known: Resource, verdict: Verdict): Resource | null {
  return verdict.kind === 'part' ? mergeResource(known, verdict.resource) : null;
}

describe('what is known once the bytes are proved', () => {
  test('keeps what a partial response left out', () => {
    const response = partHead({ ...right, total: '*' }, { 'last-modified': null, 'content-type': null, date: null });
    expect(learned(asked.known, judgeResponse(asked, response))).toEqual(resource({ ranges: 'proved' }));
  });

  test('gains what only this response told', () => {
    const known = resource({ totalBytes: null, lastModified: null, date: null, ranges: 'unknown' });
    expect(learned(known, judgeResponse({ ...asked, known }, partHead(right)))).toEqual(resource({ ranges: 'proved' }));
  });

  test('F102 learns the tag that came last, since the next answer repeats that one', () => {
    const retagged = judgeResponse(asked, partHead(right, { etag: '"node-2"' }));
    expect(learned(asked.known, retagged)).toEqual(resource({ ranges: 'proved', etag: '"node-2"' }));
  });

  test('F11 a date seen again later grows strong', () => {
    const known = resource({ etag: null, date: 'Mon, 01 Jan 2024 00:00:01 GMT' });
    const first = judgeResponse({ ...asked, known }, partHead(right, { etag: null }));
    expect(first).toMatchObject({ kind: 'part', version: 'unproved' });
    if (first.kind !== 'part') return;
    expect(judgeResponse({ ...asked, known: first.resource }, partHead(right, { etag: null }))).toMatchObject({
      version: 'same',
    });
  });

  test('F28 the place is where this response came from', () => {
    const elsewhere = { ...partHead(right), url: 'https://cdn.example.net/file.bin' };
    expect(judgeResponse(asked, elsewhere)).toMatchObject({
      resource: { finalUrl: 'https://cdn.example.net/file.bin' },
    });
    expect(url).not.toBe('https://cdn.example.net/file.bin');
  });
});

test('no 206 ever yields bytes from elsewhere, of another length, version or encoding', () => {
  const value = (...values: string[]) => fc.constantFrom(null, ...values);
  const response = fc.record({
    'content-range': fc.oneof(
      value('bytes 100-499/1000', 'bytes 100-999/1000', 'bytes 100-101/1000', 'bytes 0-99/1000', 'bytes 100-499/*'),
      fc
        .tuple(fc.nat(1100), fc.nat(1100), fc.nat(1100))
        .map(([first, last, total]) => `bytes ${first}-${last}/${total}`),
      fc.string(),
    ),
    etag: value('"v1"', '"v2"', 'W/"v1"'),
    'last-modified': value('Mon, 01 Jan 2024 00:00:00 GMT', laterModified),
    'content-encoding': value('gzip', 'identity', 'br'),
    'content-type': value('application/octet-stream', 'text/html', 'multipart/byteranges; boundary=x'),
  });
  const body = fc.option(fc.constantFrom(400, 900, 2, 100));
  fc.assert(
    fc.property(response, body, fc.constantFrom(500, null), (fields, bodyLengthBytes, end) => {
      const range = { start: 100, end };
      const verdict = judgeResponse({ range, known: resource() }, head(206, fields, bodyLengthBytes));
      expect(['part', 'refused']).toContain(verdict.kind);
      if (verdict.kind !== 'part') return;
      expect(verdict.start).toBe(100);
      expect(verdict.end).toBeGreaterThan(100);
      expect(verdict.end).toBeLessThanOrEqual(end ?? 1000);
      expect([1000, null]).toContain(verdict.resource.totalBytes);
      expect(verdict.resource.etag).toBe(fields.etag);
      if (verdict.version === 'same') expect(fields.etag).not.toBe('"v2"');
      expect([null, 'identity']).toContain(fields['content-encoding']);
      if (verdict.version === 'same') expect(fields.etag === '"v1"' || fields['last-modified'] !== null).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

describe('the body and the range that it claims', () => {
  test.each([399, 401, 0])('%d bytes for a range of 400 are refused', (bodyLengthBytes) => {
    expect(judgeResponse(asked, { ...partHead(right), bodyLengthBytes })).toEqual(refusal('range-mismatch'));
  });

  test('a body of unknown length may be read', () => {
    expect(judgeResponse(asked, { ...partHead(right), bodyLengthBytes: null })).toMatchObject({ kind: 'part' });
  });
});

describe('a 206 that nobody asked a range of', () => {
  const unasked = { range: null, known: resource() };

  test('is the whole when it has all of it', () => {
    expect(judgeResponse(unasked, partHead({ start: 0, end: 1000 }))).toMatchObject({ kind: 'whole', version: 'same' });
    expect(judgeResponse({ ...unasked, known: null }, partHead({ start: 0, end: 1000 }))).toMatchObject({
      kind: 'whole',
      version: 'first',
    });
  });

  test('is of another version when its tag or its length is', () => {
    const other = partHead({ start: 0, end: 1000 }, { etag: '"v2"', 'last-modified': laterModified });
    expect(judgeResponse(unasked, other)).toMatchObject({ kind: 'whole', version: 'changed' });
    const longer = partHead({ start: 0, end: 1200, total: 1200 });
    expect(judgeResponse(unasked, longer)).toMatchObject({ kind: 'whole', version: 'changed' });
  });

  test.each([
    { start: 1, end: 1000 },
    { start: 0, end: 999 },
    { start: 0, end: 1000, total: '*' as const },
  ])('%j is less than the whole', (range) => {
    expect(judgeResponse(unasked, partHead(range))).toEqual(refusal('range-mismatch'));
  });
});
