/** When several connections may share a file, and which date a finished file gets. */
import { describe, expect, it } from 'vitest';
import { mayUseSeveral, saysWhereItBegins } from '../../../src/plan/response/resource.ts';
import { serverTimeOf } from '../../../src/plan/response/server-time.ts';
import { mediaType } from '../../../src/plan/response/media-type.ts';
import { modified, resource } from '../resources.ts';

describe('several connections', () => {
  it.each([
    [true, {}],
    [true, { etag: null }],
    [true, { lastModified: null }],
    [true, { ranges: 'unknown' }],
    [false, { etag: null, lastModified: null }],
    [false, { totalBytes: null }],
    [false, { ranges: 'refused' }],
    [false, { contentEncoding: 'gzip' }],
    [false, { finalUrl: 'ftp://example.com/file.bin' }],
    [false, { finalUrl: 'ftps://example.com/file.bin' }],
    [true, { finalUrl: 'sftp://example.com/file.bin' }],
  ] as const)('%s with %j', (expected, changes) => {
    expect(mayUseSeveral(resource(changes))).toBe(expected);
  });

  it('an FTP server does not say where its bytes begin', () => {
    expect(saysWhereItBegins({ finalUrl: 'ftp://a/b' })).toBe(false);
    expect(saysWhereItBegins({ finalUrl: 'http://a/b' })).toBe(true);
  });
});

describe('the date of a finished file', () => {
  const epochMs = Date.parse(modified);

  it.each([
    [modified, epochMs, epochMs],
    [modified, epochMs + 1, epochMs],
    [modified, epochMs - 1, null],
    ['nonsense', epochMs, null],
    ['Thu, 01 Jan 1970 00:00:00 GMT', epochMs, null],
    ['Thu, 01 Jan 1970 00:00:01 GMT', epochMs, 1000],
    [null, epochMs, null],
  ])('%s at %d is %s', (lastModified, nowMs, expected) => {
    expect(serverTimeOf(resource({ lastModified }), nowMs)).toBe(expected);
  });

  it('is none without an answer', () => {
    expect(serverTimeOf(null, epochMs)).toBeNull();
  });
});

it.each([
  ['text/HTML; charset=x', 'text/html'],
  [' a/b ', 'a/b'],
  ['', null],
  [' ; q=1', null],
  [null, null],
])('the media type of %j is %j', (contentType, expected) => {
  expect(mediaType(contentType)).toBe(expected);
});
