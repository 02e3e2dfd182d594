/** What the search box understands, and what it marks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitAtWords } from '../../../src/controls/marked-text.tsx';
import { readSearch } from '../../../src/list/order/search-terms.ts';
import { download } from '../../download.ts';

const nowMs = new Date(2026, 11, 1, 12).getTime();
const yesterdayMs = new Date(2026, 10, 30, 23).getTime();
const one = download('d1', {
  name: 'Holiday Film.MP4',
  url: 'https://media.example.org:8443/x?q=1',
  folder: '/home/me/Videos',
  state: { kind: 'failed', error: { code: 'stalled' } },
  sizeBytes: 2_000_000_000,
  addedAtMs: nowMs,
});

function finds(search: string, found = one): boolean {
  return readSearch(search).terms.every((term) => term(found, nowMs));
}

describe('a search', () => {
  it.each([
    ['', true],
    ['film holiday', true],
    ['"holiday film"', true],
    ['"film holiday"', false],
    ['"holiday fi', true],
    ['film -beach', true],
    ['film -holiday', false],
    ['-"holiday film"', false],
    ['videos', true],
    ['host:example.org', true],
    ['host:media.example.org:8443', true],
    ['host:me', true],
    ['host:videos', false],
    ['-host:example.org', false],
    ['>1GB', true],
    ['>=2gb', true],
    ['<2GB', true],
    ['<1.5GB', false],
    ['>1,5gb', true],
    ['>3000000000', false],
    ['<2gib', true],
    ['>2gib', false],
    ['>1parsec', false],
    ['failed', true],
    ['-failed', false],
    ['finished', false],
    ['today', true],
    ['type:video', true],
    ['type:mp4', true],
    ['type:audio', false],
    ['host:', false],
    ['-', false],
  ])('%s: %s', (search, expected) => {
    expect(finds(search)).toBe(expected);
  });

  it('knows yesterday from today, and a size from none', () => {
    expect(finds('today', { ...one, addedAtMs: yesterdayMs })).toBe(false);
    expect(finds('>1', { ...one, sizeBytes: null })).toBe(false);
    expect(finds('<1', { ...one, sizeBytes: null })).toBe(false);
  });

  it('finds a name that has the word for a state', () => {
    expect(finds('finished', { ...one, name: 'finished.txt' })).toBe(true);
    expect(finds('today', { ...one, name: 'today.txt', addedAtMs: yesterdayMs })).toBe(true);
  });

  it('marks the words that are looked for, and no others', () => {
    expect(readSearch('Film -beach >1GB host:x "a b"').words).toEqual(['film', 'a b']);
  });

  it('is never broken by what is typed', () => {
    fc.assert(fc.property(fc.string(), (text) => void finds(text)));
  });
});

describe('splitAtWords', () => {
  it('marks each word wherever it stands', () => {
    expect(splitAtWords('A film of films', ['film', 'a'])).toEqual([
      { at: 0, part: 'A', isMarked: true },
      { at: 1, part: ' ', isMarked: false },
      { at: 2, part: 'film', isMarked: true },
      { at: 6, part: ' of ', isMarked: false },
      { at: 10, part: 'film', isMarked: true },
      { at: 14, part: 's', isMarked: false },
    ]);
  });

  it('loses no letter, whatever is looked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string({ unit: 'grapheme' })), (text, words) => {
        const parts = splitAtWords(text, words);
        expect(parts.map(({ part }) => part).join('')).toBe(text);
      }),
    );
  });
});
