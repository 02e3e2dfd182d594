import { describe, expect, test } from 'vitest';
import { judgeResponse } from '../../../src/plan/response/judge-response.ts';
import { head, laterModified, resource } from '../resources.ts';

const first = { range: null, known: null };
const resume = { range: { start: 500, end: null }, known: resource() };

function refusal(code: string): unknown {
  return expect.objectContaining({ kind: 'refused', code });
}

describe('the first response of a download', () => {
  test('establishes the resource', () => {
    expect(judgeResponse(first, head(200, {}, 1000))).toEqual({
      kind: 'whole',
      resource: resource(),
      version: 'first',
    });
  });

  test.each([201, 203])('may have status %i', (status) => {
    expect(judgeResponse(first, head(status, {}, 1000))).toMatchObject({ kind: 'whole', version: 'first' });
  });

  test('F16 may have no length', () => {
    expect(judgeResponse(first, head(200, {}, null))).toMatchObject({ resource: { totalBytes: null } });
  });

  test('F59 may be empty', () => {
    expect(judgeResponse(first, head(200, {}, 0))).toMatchObject({ kind: 'whole', resource: { totalBytes: 0 } });
  });

  test.each([
    ['bytes', 'offered'],
    ['Bytes, items', 'offered'],
    ['none', 'refused'],
    [null, 'unknown'],
  ])('with Accept-Ranges %s ranges are %s', (value, ranges) => {
    expect(judgeResponse(first, head(200, { 'accept-ranges': value }, 1000))).toMatchObject({ resource: { ranges } });
  });

  test('may be a page: nothing else was known', () => {
    expect(judgeResponse(first, head(200, { 'content-type': 'text/html' }, 1000))).toMatchObject({ kind: 'whole' });
  });
});

describe('a body from byte 0 although a range was asked', () => {
  test('F01 range ignored on resume: the whole, and the same', () => {
    const response = head(200, { 'accept-ranges': null }, 1000);
    expect(judgeResponse(resume, response)).toEqual({
      kind: 'whole',
      resource: resource({ ranges: 'refused', refusedBecause: 'ignored' }),
      version: 'same',
    });
  });

  test('F02 ETag changed, If-Range honoured: the whole of another version', () => {
    const response = head(200, { etag: '"v2"', 'last-modified': laterModified }, 2000);
    expect(judgeResponse(resume, response)).toEqual({
      kind: 'whole',
      resource: resource({ etag: '"v2"', lastModified: laterModified, totalBytes: 2000 }),
      version: 'changed',
    });
  });

  test('F10 without validators nothing is proved', () => {
    const response = head(200, { etag: null, 'last-modified': null }, 1000);
    expect(judgeResponse(resume, response)).toMatchObject({ kind: 'whole', version: 'unproved' });
  });

  test('F12 the same version in answer to If-Range still offers ranges', () => {
    expect(judgeResponse(resume, head(200, {}, 1000))).toMatchObject({
      version: 'same',
      resource: { ranges: 'offered' },
    });
  });

  test.each(['bytes 400-899/1000', 'bytes 0-499/1000', 'bytes 0-999/*', 'bytes */1000', 'garbage'])(
    'F05 200 that calls itself another part, or nothing that can be read, is refused: %s',
    (value) => {
      expect(judgeResponse(resume, head(200, { 'content-range': value }, 500))).toEqual(refusal('range-mismatch'));
    },
  );

  test.each(['bytes */1000', 'bytes 0-1000/1000', 'bytes 0-1000', '0-999/1000', 'bytes 0.0-999.0/1000'])(
    'F73 what cannot be read is passed over in a body as long as the whole: %s',
    (value) => {
      expect(judgeResponse(resume, head(200, { 'content-range': value }, 1000))).toMatchObject({
        kind: 'whole',
        version: 'same',
      });
    },
  );

  test('a Content-Range of everything contradicts nothing', () => {
    expect(judgeResponse(resume, head(200, { 'content-range': 'bytes 0-999/1000' }, 1000))).toMatchObject({
      kind: 'whole',
    });
  });
});

describe('a Content-Range that was not asked for', () => {
  test.each([
    'bytes 0-1000/1000',
    'bytes */1000',
    'bytes 0-1000',
    'bytes 0-999/*',
    'bytes=0-999/1000',
    '0-999/1000',
    'bytes 0.0-999.0/1000.0',
    'bytes 0-999/1000',
    'bytes -1-999/1000',
    '',
  ])('F73 means nothing in a 200: %j', (value) => {
    expect(judgeResponse(first, head(200, { 'content-range': value }, 1000))).toMatchObject({
      kind: 'whole',
      resource: { totalBytes: 1000 },
    });
    expect(judgeResponse({ ...first, known: resource() }, head(200, { 'content-range': value }, 1000))).toMatchObject({
      kind: 'whole',
      version: 'same',
    });
  });

  test.each([
    ['bytes 500-999/1000', 500],
    ['bytes 0-499/1000', 500],
    ['bytes 500-999/*', 500],
    ['bytes 1-999/1000', 1000],
  ])('F73 is refused where it names a real part: %s', (value, lengthBytes) => {
    expect(judgeResponse(first, head(200, { 'content-range': value }, lengthBytes))).toEqual(refusal('range-mismatch'));
  });

  test('F73 one of two that names a part is enough', () => {
    const response = head(200, { 'content-range': 'bytes */1000' }, 500);
    const headers = [...response.headers, ['content-range', 'bytes 0-499/1000'] as const];
    expect(judgeResponse(first, { ...response, headers })).toEqual(refusal('range-mismatch'));
  });
});

describe('F14 an encoding although identity was asked', () => {
  test('cannot continue what is there', () => {
    const verdict = judgeResponse(resume, head(200, { 'content-encoding': 'gzip' }, 700));
    expect(verdict).toEqual({
      kind: 'refused',
      code: 'encoding-unexpected',
      detail: expect.any(String),
      facts: { encoding: 'gzip' },
    });
  });

  test.each([
    ['gzip', 'gzip'],
    ['X-GZIP', 'gzip'],
    ['deflate', 'deflate'],
    ['br', 'br'],
    ['zstd', 'zstd'],
  ])('%s of a whole can be undone, in one stream of unknown length', (encoding, decoding) => {
    expect(judgeResponse(first, head(200, { 'content-encoding': encoding }, 700))).toMatchObject({
      code: 'encoding-unexpected',
      encoded: { decoding, resource: { totalBytes: null, ranges: 'refused', contentEncoding: encoding.toLowerCase() } },
    });
  });

  test.each(['compress', 'gzip, gzip', 'secret-sauce'])('%s cannot', (encoding) => {
    const verdict = judgeResponse(first, head(200, { 'content-encoding': encoding }, 700));
    expect(verdict).toEqual(refusal('encoding-unexpected'));
    expect(verdict).not.toHaveProperty('encoded');
  });

  test.each(['identity', '', 'Identity'])('%j is none', (encoding) => {
    expect(judgeResponse(first, head(200, { 'content-encoding': encoding }, 1000))).toMatchObject({ kind: 'whole' });
  });
});

describe('F15 an encoding that is the file itself', () => {
  test.each([
    ['https://example.com/a.tar.gz', 'gzip', {}],
    ['https://example.com/a.TGZ?x=1', 'x-gzip', {}],
    ['https://example.com/logo.svgz', 'gzip', {}],
    ['https://example.com/a.tar.zst', 'zstd', {}],
    ['https://example.com/a.txt.br', 'br', {}],
    ['https://example.com/a.Z', 'compress', {}],
    ['https://example.com/get?id=1', 'gzip', { 'content-type': 'application/x-gzip' }],
    ['https://example.com/get?id=1', 'gzip', { 'content-disposition': 'attachment; filename="a.tar.gz"' }],
  ])('%s with %s keeps its encoded bytes', (finalUrl, encoding, changes) => {
    const response = { ...head(200, { ...changes, 'content-encoding': encoding }, 1000), url: finalUrl };
    expect(judgeResponse(first, response)).toMatchObject({
      kind: 'whole',
      resource: { contentEncoding: null, totalBytes: 1000, ranges: 'offered' },
    });
  });

  test.each([
    ['https://example.com/a.tar', 'gzip', {}],
    ['https://example.com/a.tar.gz', 'br', {}],
    ['https://example.com/report.csv.gz', 'gzip', { 'content-disposition': 'attachment; filename="report.csv"' }],
  ])('%s with %s does not', (finalUrl, encoding, changes) => {
    const response = { ...head(200, { ...changes, 'content-encoding': encoding }, 1000), url: finalUrl };
    expect(judgeResponse(first, response)).toEqual(refusal('encoding-unexpected'));
  });
});

describe('F27 a page in place of a file', () => {
  const page = { 'content-type': 'text/html; charset=utf-8', etag: null, 'last-modified': null };

  test('is refused on resume, and on a fresh start', () => {
    expect(judgeResponse(resume, head(200, page, 700))).toEqual(refusal('page-instead-of-file'));
    expect(judgeResponse(resume, head(200, page, null))).toEqual(refusal('page-instead-of-file'));
    expect(judgeResponse({ range: null, known: resource() }, head(200, page, 700))).toEqual(
      refusal('page-instead-of-file'),
    );
  });

  test('F72 is said to come in place of the rest only where a file was known', () => {
    const byName = { range: null, known: null, link: 'https://example.com/a.iso' };
    expect(judgeResponse(resume, head(200, page, 700))).toMatchObject({ facts: { comes: 'later' } });
    expect(judgeResponse(byName, head(200, page, 700))).toMatchObject({
      code: 'page-instead-of-file',
      facts: { status: 200 },
    });
    expect(judgeResponse(byName, head(200, page, 700))).not.toMatchObject({ facts: { comes: 'later' } });
  });

  test('is refused in XHTML, encoded, and where the type was unknown', () => {
    const xhtml = { ...page, 'content-type': 'application/xhtml+xml' };
    expect(judgeResponse(resume, head(200, xhtml, 700))).toEqual(refusal('page-instead-of-file'));
    expect(judgeResponse(resume, head(200, { ...page, 'content-encoding': 'gzip' }, 700))).toEqual(
      refusal('page-instead-of-file'),
    );
    const untyped = { ...resume, known: resource({ contentType: null }) };
    expect(judgeResponse(untyped, head(200, page, 700))).toEqual(refusal('page-instead-of-file'));
  });

  test('is the file when pages were known, or the version, or the length, or it says so', () => {
    const pageKnown = { ...resume, known: resource({ contentType: 'text/html' }) };
    expect(judgeResponse(pageKnown, head(200, page, 700))).toMatchObject({ kind: 'whole', version: 'changed' });
    expect(judgeResponse(resume, head(200, { ...page, etag: '"v1"' }, 1000))).toMatchObject({ version: 'same' });
    expect(judgeResponse(resume, head(200, page, 1000))).toMatchObject({ version: 'unproved' });
    const attached = { ...page, 'content-disposition': 'attachment; filename=x.html' };
    expect(judgeResponse(resume, head(200, attached, 700))).toMatchObject({ kind: 'whole', version: 'changed' });
  });
});
