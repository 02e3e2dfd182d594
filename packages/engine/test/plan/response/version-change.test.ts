/** What answers say of versions, as facts of an error and back again. */
import { describe, expect, it } from 'vitest';
import { changeFacts, changeOf, versionOf, versionSeen } from '../../../src/plan/response/version-change.ts';
import { head, modified, resource } from '../resources.ts';

const before = { sizeBytes: 5, etag: '"a"', lastModified: modified };
const now = { sizeBytes: 0, etag: null, lastModified: 'later' };

describe('a version', () => {
  it('is size, tag and date', () => {
    expect(versionOf(resource({ totalBytes: 7 }))).toEqual({ sizeBytes: 7, etag: '"v1"', lastModified: modified });
  });

  it.each([
    ['a whole file', head(200, {}, 9), 9],
    ['an encoded one, whose size is not that of the file', head(200, { 'content-encoding': 'gzip' }, 9), null],
    ['a part', head(206, { 'content-range': 'bytes 0-4/77' }, 5), 77],
    ['a part of what has no known length', head(206, { 'content-range': 'bytes 0-4/*' }, 5), null],
    ['a part that says nothing', head(206, {}, 5), null],
    ['a refused range', head(416, { 'content-range': 'bytes */66' }, 0), 66],
  ])('is seen in %s', (_, response, sizeBytes) => {
    expect(versionSeen(response)).toEqual({ sizeBytes, etag: '"v1"', lastModified: modified });
  });

  it.each([201, 204, 404, 500])('is not seen in a %d', (status) => {
    expect(versionSeen(head(status, {}, 9))).toBeNull();
  });
});

describe('a change', () => {
  it('is told by facts that leave out what is not known', () => {
    expect(changeFacts({ before, now })).toEqual({
      knownSizeBytes: 5,
      knownEtag: '"a"',
      knownLastModified: modified,
      seenSizeBytes: 0,
      seenLastModified: 'later',
    });
  });

  it('comes back out of the facts', () => {
    expect(changeOf({ code: 'resource-changed', facts: changeFacts({ before, now }) })).toEqual({ before, now });
  });

  it('is nothing but sizes and texts', () => {
    const nothing = { sizeBytes: null, etag: null, lastModified: null };
    expect(changeOf({ code: 'resource-changed' })).toEqual({ before: nothing, now: nothing });
    for (const size of [-1, 1.5, 'x']) {
      const facts = { knownSizeBytes: size, knownEtag: 3 };
      expect(changeOf({ code: 'resource-changed', facts })?.before).toEqual(nothing);
    }
    expect(changeOf({ code: 'range-mismatch', facts: changeFacts({ before, now }) })).toBeNull();
  });
});
