/** Whatever a file holds: an answer in time that grows with its length, no exception, no name that leads elsewhere. */
import { newDownloadSchema } from '@sluice/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileFormats, type LinksRead } from '../src/entry.ts';
import { readLinks } from '../src/read-links.ts';
import { corpus } from './corpus.ts';

const texts = Object.values(corpus).map(({ text }) => text);
const extensions = [
  '',
  '.txt',
  '.csv',
  '.har',
  '.json',
  '.html',
  '.metalink',
  '.meta4',
  '.url',
  '.webloc',
  '.desktop',
  '.ef2',
];
const fileName = fc.constantFrom(...extensions).map((extension) => `x${extension}`);

function check(read: LinksRead): void {
  expect(fileFormats).toContain(read.format);
  for (const { download, line } of read.entries) {
    expect(newDownloadSchema.safeParse(download).success).toBe(true);
    expect(URL.canParse(download.url)).toBe(true);
    for (const mirror of download.request?.mirrors ?? []) expect(URL.canParse(mirror)).toBe(true);
    expect(download.name ?? 'x').toMatch(/^(?!\.{1,2}$)[^/\\\p{Cc}]+$/u);
    expect(download).not.toHaveProperty('folder');
    expect(line).toBeGreaterThan(0);
  }
  for (const { line, text } of read.unread) {
    expect(line).toBeGreaterThan(0);
    expect(text.length).toBeLessThanOrEqual(310);
  }
}

describe('a hostile file', () => {
  it('is answered, cut and pasted from what every format holds', () => {
    const piece = fc.oneof(
      fc
        .constantFrom(...texts)
        .chain((text) =>
          fc
            .tuple(fc.nat(text.length), fc.nat(text.length))
            .map(([from, to]) => text.slice(Math.min(from, to), Math.max(from, to))),
        ),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\n',
        '"',
        "'",
        '\\',
        '^',
        '`',
        '<',
        '>',
        '&',
        '$(',
        '../',
        '\0',
        '\uD800',
        '<![CDATA[',
        '&#x41;',
        "$'\\",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fileName, (pieces, name) =>
        check(readLinks(pieces.join(''), name)),
      ),
      { numRuns: 1500 },
    );
  });

  it('is answered with any byte of it changed', () => {
    const changed = fc
      .constantFrom(...texts)
      .chain((text) =>
        fc.tuple(
          fc.constant(new TextEncoder().encode(text)),
          fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
        ),
      );
    fc.assert(
      fc.property(changed, fileName, ([bytes, changes], name) => {
        const copy = bytes.slice();
        for (const [place, value] of changes) copy[place % copy.length] = value;
        check(readLinks(copy, name));
      }),
      { numRuns: 1000 },
    );
  });

  it('is answered as a binary property list of any bytes', () => {
    const head = new TextEncoder().encode('bplist00');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ minLength: 26, maxLength: 26 }), (body, end) =>
        check(readLinks(new Uint8Array([...head, ...body, 0, 0, 0, 0, 0, 0, ...end]))),
      ),
      { numRuns: 1000 },
    );
  });

  it('keeps every name in its folder', () => {
    const name = fc.array(fc.constantFrom('..', '/', '\\', 'C:', 'a', '.', ' ', '\0', '\n', '%2e'), { maxLength: 8 });
    fc.assert(
      fc.property(name, (parts) => {
        const given = parts.join('');
        const downloads = [{ url: 'https://a.example/1', name: given }];
        check(readLinks(JSON.stringify({ sluiceExport: 1, downloads })));
        check(readLinks(`https://a.example/1\n out=${given}`));
        check(readLinks(`curl https://a.example/1 -o '${given}'`));
      }),
    );
  });

  // Each takes hours where time grows with the square of the length; the runner's own limit ends it.
  it.each([
    ['closing brackets', `https://a.example/${')'.repeat(2_000_000)}`, ''],
    ['tags that open', `<html>${'<i>'.repeat(500_000)}${'</b>'.repeat(500_000)}`, ''],
    ['elements that open', `<metalink>${'<file name="x">'.repeat(300_000)}`, ''],
    ['attributes', `<html><a ${'a '.repeat(700_000)}`, ''],
    ['ampersands', `<html><a href="${'&'.repeat(1_000_000)}`, ''],
    ['comments', `<html>${'<!--'.repeat(400_000)}`, ''],
    ['references', `<metalink><file><url>${'&amp;'.repeat(400_000)}`, ''],
    ['a srcset', `<html><img srcset="${', '.repeat(700_000)}">`, ''],
    ['commas of a srcset', `<html><img srcset="${','.repeat(1_000_000)}">`, ''],
    ['quotes of a shell', `curl ${"'".repeat(1_000_001)}`, ''],
    ['escapes of a shell', `curl $'${'\\x'.repeat(500_000)}`, ''],
    ['backslashes', `curl ${'\\'.repeat(1_000_001)}`, ''],
    ['backslashes of cmd', `curl ^"${'\\"\\'.repeat(400_000)}`, ''],
    ['carets', `curl ^"${'^'.repeat(1_000_001)}`, ''],
    ['variables', `Invoke-WebRequest "${'$([char]'.repeat(200_000)}`, ''],
    ['brackets of PowerShell', `Invoke-WebRequest ${'('.repeat(500_000)}\n${'-headers '.repeat(200_000)}`, ''],
    [
      'sessions of PowerShell',
      `$s = New-Object Microsoft.PowerShell.X\n${'$s.Cookies.Add(("a","b"))\n'.repeat(50_000)}`,
      '',
    ],
    ['quotes of a table', `"${'""'.repeat(700_000)}`, 'x.csv'],
    ['empty fields', ','.repeat(1_000_000), 'x.csv'],
    ['blank lines', '\n'.repeat(1_000_000), ''],
    ['spaces of an option', `https://a.example/1\n ${' '.repeat(1_000_000)}x`, ''],
    ['tabs', `https://a.example/1${'\t'.repeat(1_000_000)}x`, ''],
    ['a login without end', `<\nhtps:${'a@'.repeat(500_000)}\n>`, ''],
    ['brackets of JSON', `{"log":${'['.repeat(500_000)}`, 'x.har'],
    ['dots of a name', `${'a.'.repeat(500_000)} `, ''],
    ['slashes of a bare link', `www.${'a/'.repeat(500_000)}`, ''],
  ])('is answered in time: %s', (_, text, name) => check(readLinks(text, name)), 20_000);

  it('is not read above the largest size', () => {
    expect(readLinks(new Uint8Array(64 * 1024 * 1024 + 1)).unread[0]?.problem).toEqual({ kind: 'too-large' });
  });

  it('holds at most as many links as one command takes, and says so', () => {
    const text = Array.from({ length: 100_001 }, (_, index) => `x,https://a.example/${index}`).join('\n');
    const read = readLinks(text, 'x.csv');
    expect(read.entries).toHaveLength(100_000);
    expect(read.unread).toMatchObject([{ line: 100_001, problem: { kind: 'too-many' } }]);
  });
});
