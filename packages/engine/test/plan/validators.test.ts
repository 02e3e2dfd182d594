import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Resource } from '../../src/plan/resource.ts';
import { compareVersions, etagVaries, hasStrongValidator } from '../../src/plan/validators.ts';
import { answered, laterModified, modified, resource } from './resources.ts';

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
    why: 'F13 different strong tags although size and date agree',
    known: {},
    seen: { etag: '"v2"' },
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
        expect(hasStrongValidator(left) && hasStrongValidator(right)).toBe(true);
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

  test('F13 without its tags nothing is proved', () => {
    fc.assert(
      fc.property(anyResource, anyResource, (one, other) => {
        expect(compareVersions(resource(one), resource(other), { etagVaries: true })).not.toBe('same');
      }),
    );
  });
});

describe('F13 tags that depend on the node', () => {
  const [a, b, c] = ['"a"', '"b"', '"c"'].map((etag) => resource({ etag }));
  const history = (...seen: (Resource | undefined)[]): boolean => etagVaries(seen.filter((one) => one !== undefined));

  test('a tag that comes back was never another version', () => {
    expect(history(a, b, a)).toBe(true);
  });

  test('a third tag on the same size and date', () => {
    expect(history(a, b, c)).toBe(true);
  });

  test('one change is a change', () => {
    expect(history(a, a, b, b)).toBe(false);
    expect(history(a)).toBe(false);
    expect(history()).toBe(false);
  });

  test('other sizes or dates are other versions', () => {
    expect(history(a, resource({ etag: '"b"', totalBytes: 1001 }), a)).toBe(false);
    expect(history(a, resource({ etag: '"b"', lastModified: laterModified }), a)).toBe(false);
    const undatedA = resource({ etag: '"a"', lastModified: null });
    expect(history(undatedA, resource({ etag: '"b"', lastModified: null }), undatedA)).toBe(false);
  });

  test('then size and date decide whether an overlap is worth proving', () => {
    const vary = { etagVaries: true };
    expect(compareVersions(resource({ etag: '"a"' }), resource({ etag: '"b"' }), vary)).toBe('unproved');
    expect(compareVersions(resource({ etag: '"a"' }), resource({ etag: '"b"', totalBytes: 1001 }), vary)).toBe(
      'changed',
    );
    expect(compareVersions(resource(), resource({ etag: '"b"', lastModified: laterModified }), vary)).toBe('changed');
  });
});
