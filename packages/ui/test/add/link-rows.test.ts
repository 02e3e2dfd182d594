/** Rows of the Add dialog: what is chosen, in which order, what it comes to, and which links may be looked up unasked. */
import type { Preview } from '@sluice/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nothingFound } from '../../src/add/found-links.ts';
import { type Lookup, rowsOf, safeLookups, sortRows, totalsOfRows } from '../../src/add/link-rows.ts';

function linksOf(...urls: string[]) {
  return urls.map((url, index) => ({ url, line: index + 1 }));
}

function known(preview: Partial<Preview>): Lookup {
  return {
    kind: 'known',
    preview: {
      path: '/d/file.bin',
      sizeBytes: 5,
      resumable: true,
      receivedBytes: 0,
      isInUse: false,
      presentPath: null,
      isAsked: true,
      contentType: null,
      isKept: true,
      ...preview,
    },
  };
}

const nothing = { lookups: new Map(), edits: new Map(), listed: new Map(), found: nothingFound };

describe('rowsOf', () => {
  it('names a row as the person says, else the server, else the link', () => {
    const links = linksOf('https://a.org/1.zip', 'https://a.org/2.zip', 'https://a.org/3.zip');
    const lookups = new Map([
      ['https://a.org/1.zip', known({ path: '/d/one.iso' })],
      ['https://a.org/2.zip', known({ path: 'C:\\d\\two.iso' })],
    ]);
    const edits = new Map([['https://a.org/1.zip', { name: 'mine.txt' }]]);
    const rows = rowsOf(links, { ...nothing, lookups, edits });
    expect(rows.map(({ name, type }) => [name, type])).toEqual([
      ['mine.txt', 'txt'],
      ['two.iso', 'iso'],
      ['3.zip', 'zip'],
    ]);
  });

  it('F106 leaves what is on the list out until the person chooses it', () => {
    const listed = new Map([['https://a.org/1', 'd1']]);
    const [row] = rowsOf(linksOf('https://a.org/1#part'), { ...nothing, listed });
    expect(row).toMatchObject({ listedId: 'd1', isChosen: false });
    const edits = new Map([['https://a.org/1', { isChosen: true }]]);
    expect(rowsOf(linksOf('https://a.org/1'), { ...nothing, listed, edits })[0]?.isChosen).toBe(true);
  });

  it('tells the type by the media type where the name has no ending', () => {
    const lookups = new Map([['https://a.org/x', known({ path: '/d/x', contentType: 'image/png; q=1' })]]);
    expect(rowsOf(linksOf('https://a.org/x'), { ...nothing, lookups })[0]?.type).toBe('image/png');
  });
});

it('sorts sizes both ways with the unknown last, and keeps the given order without a column', () => {
  const urls = ['https://a.org/a', 'https://a.org/b', 'https://a.org/c'];
  const lookups = new Map([
    ['https://a.org/a', known({ sizeBytes: 9 })],
    ['https://a.org/c', known({ sizeBytes: 3 })],
  ]);
  const rows = rowsOf(linksOf(...urls), { ...nothing, lookups });
  const order = (sort: Parameters<typeof sortRows>[1]) => sortRows(rows, sort).map(({ url }) => url.at(-1));
  expect(order({ column: 'size', descending: false })).toEqual(['c', 'a', 'b']);
  expect(order({ column: 'size', descending: true })).toEqual(['a', 'c', 'b']);
  expect(order(null)).toEqual(['a', 'b', 'c']);
});

it('sorts names as people count', () => {
  const rows = rowsOf(linksOf('https://a.org/f10', 'https://a.org/f9'), nothing);
  expect(sortRows(rows, { column: 'name', descending: false }).map(({ name }) => name)).toEqual(['f9', 'f10']);
});

it('sums what is chosen, and counts what has no size', () => {
  const lookups = new Map([['https://a.org/a', known({ sizeBytes: 9 })]]);
  const edits = new Map([['https://a.org/c', { isChosen: false }]]);
  const rows = rowsOf(linksOf('https://a.org/a', 'https://a.org/b', 'https://a.org/c'), { ...nothing, lookups, edits });
  expect(totalsOfRows(rows)).toEqual({ chosen: 2, knownBytes: 9, unknown: 1 });
});

it('looks up no more by itself than an engine keeps the answers of: 16, 2 per server', () => {
  const url = fc.tuple(fc.nat(12), fc.nat(9)).map(([host, file]) => `https://h${host}.org/${file}`);
  fc.assert(
    fc.property(fc.uniqueArray(url, { maxLength: 80 }), (urls) => {
      const chosen = safeLookups(linksOf(...urls));
      expect(chosen.length).toBeLessThanOrEqual(16);
      const hosts = chosen.map((one) => new URL(one).host);
      for (const host of hosts) expect(hosts.filter((one) => one === host).length).toBeLessThanOrEqual(2);
      const wanted = new Set(urls.map((one) => new URL(one).host)).size;
      // No server is left out for a second link of another, as long as all of them have room.
      expect(new Set(hosts).size).toBeGreaterThanOrEqual(Math.min(wanted, 8));
    }),
  );
});
