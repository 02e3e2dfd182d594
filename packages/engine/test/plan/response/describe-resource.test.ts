/** What a head establishes, and what one more head of the same version adds. */
import { describe, expect, it } from 'vitest';
import { describeResource, mergeResource, offeredRanges } from '../../../src/plan/response/describe-resource.ts';
import { answered, head, laterModified, modified, resource, url } from '../resources.ts';

const digest = 'sha-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

describe('describeResource', () => {
  it('takes each field from the head', () => {
    expect(describeResource(head(200), { totalBytes: 5, ranges: 'unknown', contentEncoding: null })).toEqual({
      finalUrl: url,
      totalBytes: 5,
      ranges: 'unknown',
      etag: '"v1"',
      lastModified: modified,
      date: answered,
      contentType: 'application/octet-stream',
      contentEncoding: null,
    });
  });

  it('takes the checksum of a whole body, and not that of a part or of encoded bytes', () => {
    const withDigest = (status: number, more: { contentEncoding?: string; isPart?: boolean } = {}) =>
      describeResource(head(status, { digest }), { totalBytes: 0, ranges: 'proved', contentEncoding: null, ...more })
        .checksums;
    expect(withDigest(200)).toHaveLength(1);
    expect(withDigest(200, { isPart: true })).toEqual(withDigest(206));
    expect(withDigest(206, { isPart: false })).toEqual(withDigest(200));
  });
});

it.each([
  ['bytes', 'offered'],
  ['none', 'refused'],
  ['items', 'unknown'],
  [null, 'unknown'],
])('Accept-Ranges: %s is %s', (value, expected) => {
  expect(offeredRanges(head(200, { 'accept-ranges': value }))).toBe(expected);
});

describe('mergeResource', () => {
  it('keeps what the second head leaves out', () => {
    const seen = resource({ etag: null, lastModified: null, contentType: null, date: null, totalBytes: null });
    expect(mergeResource(resource(), seen)).toEqual(resource());
  });

  it('goes by the new tag, date, place and ranges', () => {
    const known = resource({ totalBytes: null, contentType: null, ranges: 'unknown' });
    const seen = resource({
      etag: '"v2"',
      lastModified: laterModified,
      date: 'later',
      finalUrl: 'https://b/',
      ranges: 'proved',
    });
    expect(mergeResource(known, seen)).toEqual(seen);
  });

  it('keeps the date of the answer that told the modification', () => {
    expect(mergeResource(resource(), resource({ lastModified: null, date: 'later' })).date).toBe(answered);
    const known = resource({ lastModified: null });
    expect(mergeResource(known, resource({ lastModified: null, date: 'later' })).date).toBe('later');
  });

  it('keeps the first checksums', () => {
    const one = [{ algorithm: 'md5', hex: 'a' }] as const;
    const other = [{ algorithm: 'md5', hex: 'b' }] as const;
    expect(mergeResource(resource({ checksums: one }), resource({ checksums: other })).checksums).toBe(one);
    expect(mergeResource(resource(), resource({ checksums: other })).checksums).toBe(other);
    expect(mergeResource(resource(), resource())).not.toHaveProperty('checksums');
  });
});
