import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Resource } from '../../../src/plan/response/resource.ts';
import { compareVersions, hasStrongTag, isRetagged } from '../../../src/plan/response/validators.ts';
import { answered, laterModified, modified, resource } from '../resources.ts';

/** Answered so soon after the change that the date proves nothing. */
const fresh = { date: 'Mon, 01 Jan 2024 00:00:01 GMT' };
const bare = { etag: null, lastModified: null };
const dated = { etag: null };

interface Row {
  readonly why: string;
  readonly known: Partial<Resource>;
  readonly seen: Partial<Resource>;
  readonly match: 'same' | 'changed' | 'unproved';
}

const rows: readonly Row[] = [
  { why: 'equal strong tags', known: {}, seen: {}, match: 'same' },
  { why: 'equal strong tags, whatever the date', known: {}, seen: { lastModified: laterModified }, match: 'same' },
  { why: 'equal strong tags, length told once', known: {}, seen: { totalBytes: null }, match: 'same' },
  { why: 'F03 different strong tags', known: {}, seen: { etag: '"v2"', lastModified: null }, match: 'changed' },
  {
    why: 'F13 F102 different strong tags although size and date agree',
    known: {},
    seen: { etag: '"v2"' },
    match: 'unproved',
  },
  {
    why: 'F102 different strong tags, and only one answer tells the length',
    known: {},
    seen: { etag: '"v2"', totalBytes: null },
    match: 'changed',
  },
  {
    why: 'F102 different strong tags and dates',
    known: {},
    seen: { etag: '"v2"', lastModified: laterModified },
    match: 'changed',
  },
  { why: 'F04 another length, whatever the tags', known: {}, seen: { totalBytes: 1001 }, match: 'changed' },
  { why: 'F10 nothing but a length', known: bare, seen: bare, match: 'unproved' },
  {
    why: 'F10 nothing at all',
    known: { ...bare, totalBytes: null },
    seen: { ...bare, totalBytes: null },
    match: 'unproved',
  },
  {
    why: 'F10 equal weak tags alone',
    known: { ...bare, etag: 'W/"a"' },
    seen: { ...bare, etag: 'W/"a"' },
    match: 'unproved',
  },
  {
    why: 'F10 weak and strong tag of one opaque part',
    known: { ...bare, etag: 'W/"a"' },
    seen: { ...bare, etag: '"a"' },
    match: 'unproved',
  },
  {
    why: 'F10 tags without quotes prove nothing',
    known: { ...bare, etag: 'abc' },
    seen: { ...bare, etag: 'abc' },
    match: 'unproved',
  },
  {
    why: 'F10 different weak tags alone',
    known: { ...bare, etag: 'W/"a"' },
    seen: { ...bare, etag: 'W/"b"' },
    match: 'changed',
  },
  {
    why: 'different weak tags, same date and length',
    known: { etag: 'W/"a"' },
    seen: { etag: 'W/"b"' },
    match: 'unproved',
  },
  { why: 'equal weak tags with a strong date', known: { etag: 'W/"a"' }, seen: { etag: 'W/"a"' }, match: 'same' },
  {
    why: 'equal weak tags, another date',
    known: { etag: 'W/"a"' },
    seen: { etag: 'W/"a"', lastModified: laterModified },
    match: 'changed',
  },
  { why: 'equal strong dates and lengths', known: dated, seen: dated, match: 'same' },
  {
    why: 'equal strong dates in two forms',
    known: dated,
    seen: { ...dated, lastModified: 'Mon Jan  1 00:00:00 2024' },
    match: 'same',
  },
  { why: 'another date', known: dated, seen: { ...dated, lastModified: laterModified }, match: 'changed' },
  {
    why: 'equal dates, length unknown',
    known: { ...dated, totalBytes: null },
    seen: { ...dated, totalBytes: null },
    match: 'unproved',
  },
  { why: 'F11 a date within the minute of its answer', known: { ...dated, ...fresh }, seen: dated, match: 'unproved' },
  {
    why: 'F11 a date without the time of its answer',
    known: { ...dated, date: null },
    seen: { ...dated, date: null },
    match: 'unproved',
  },
  {
    why: 'dates that are none, letter for letter',
    known: { ...dated, lastModified: 'x' },
    seen: { ...dated, lastModified: 'x' },
    match: 'unproved',
  },
  { why: 'a tag that came late', known: { etag: null, lastModified: null }, seen: {}, match: 'unproved' },
];

describe('whether two responses speak of the same bytes', () => {
  test.each(rows)('$why: $match', ({ known, seen, match }) => {
    expect(compareVersions(resource(known), resource(seen))).toBe(match);
  });
});

const anyResource = fc.record({
  totalBytes: fc.option(fc.constantFrom(1000, 1001)),
  etag: fc.option(fc.constantFrom('"v1"', '"v2"', 'W/"v1"', 'v1', '""')),
  lastModified: fc.option(fc.constantFrom(modified, laterModified, 'nonsense')),
  date: fc.option(fc.constantFrom(answered, fresh.date)),
});

/** More than a minute older than the answer (RFC 9110 section 8.8.2.2), of a file whose length is known. */
function hasStrongDate({ totalBytes, lastModified, date }: ReturnType<typeof resource>): boolean {
  const ageMs = Date.parse(date ?? '') - Date.parse(lastModified ?? '');
  return totalBytes !== null && ageMs >= 60_000;
}

describe('for any two responses', () => {
  test('the order in which they came does not matter', () => {
    fc.assert(
      fc.property(anyResource, anyResource, (one, other) => {
        const [left, right] = [resource(one), resource(other)];
        expect(compareVersions(left, right)).toBe(compareVersions(right, left));
      }),
    );
  });

  test('the same needs a strong validator on both sides and lengths that do not differ', () => {
    fc.assert(
      fc.property(anyResource, anyResource, (one, other) => {
        const [left, right] = [resource(one), resource(other)];
        if (compareVersions(left, right) !== 'same') return;
        expect([left, right].every((each) => hasStrongTag(each) || hasStrongDate(each))).toBe(true);
        if (left.totalBytes !== null && right.totalBytes !== null) expect(left.totalBytes).toBe(right.totalBytes);
      }),
    );
  });

  test('a response is never another version than itself', () => {
    fc.assert(
      fc.property(anyResource, (one) => {
        expect(compareVersions(resource(one), resource(one))).not.toBe('changed');
      }),
    );
  });
});

test.each([
  { why: 'another tag, same date and length', seen: { etag: '"v2"' }, is: true },
  { why: 'another weak tag, same date and length', seen: { etag: 'W/"v2"' }, is: true },
  { why: 'the same tag', seen: {}, is: false },
  { why: 'no tag', seen: { etag: null }, is: false },
  { why: 'no date', seen: { etag: '"v2"', lastModified: null }, is: false },
  { why: 'another date', seen: { etag: '"v2"', lastModified: laterModified }, is: false },
  { why: 'another length', seen: { etag: '"v2"', totalBytes: 1001 }, is: false },
])('F102 $why: retagged is $is', ({ seen, is }) => {
  expect(isRetagged(resource(), resource(seen))).toBe(is);
});
