/** What counts as a link in what people paste, and what is said about the rest. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLinks } from '../src/text/parse-links.ts';

function urlsOf(text: string): string[] {
  return parseLinks(text).links.map(({ url }) => url);
}

describe('parseLinks', () => {
  it.each([
    ['one link', 'https://a.org/x.zip', ['https://a.org/x.zip']],
    ['spaces around it', '  https://a.org/x.zip\t', ['https://a.org/x.zip']],
    [
      'many lines of any kind',
      'http://a.org/1\r\nhttp://a.org/2\rhttp://a.org/3\n',
      ['http://a.org/1', 'http://a.org/2', 'http://a.org/3'],
    ],
    ['several on one line', 'http://a.org/1 http://a.org/2', ['http://a.org/1', 'http://a.org/2']],
    ['a sentence around it', 'See https://a.org/x.zip, please.', ['https://a.org/x.zip']],
    ['a full stop after it', 'It is at https://a.org/x.zip.', ['https://a.org/x.zip']],
    ['round brackets around it', '(https://a.org/x.zip)', ['https://a.org/x.zip']],
    [
      'round brackets in it',
      'https://en.wikipedia.org/wiki/Sluice_(disambiguation)',
      ['https://en.wikipedia.org/wiki/Sluice_(disambiguation)'],
    ],
    ['angle brackets around it', '<https://a.org/x.zip>', ['https://a.org/x.zip']],
    ['a Markdown link', '[get it](https://a.org/x.zip)', ['https://a.org/x.zip']],
    ['an HTML link', '<a href="https://a.org/x.zip">get it</a>', ['https://a.org/x.zip']],
    ['quotes around it', "'https://a.org/x.zip'", ['https://a.org/x.zip']],
    ['an apostrophe in it', "https://a.org/it's.zip", ["https://a.org/it's.zip"]],
    ['a full stop that is its own', 'https://en.wikipedia.org/wiki/D.C.', ['https://en.wikipedia.org/wiki/D.C.']],
    ['commas of a list', 'https://a.org/1,\nhttps://a.org/2,', ['https://a.org/1', 'https://a.org/2']],
    ['odd characters on a line of its own', 'https://a.org/{1}|2', ['https://a.org/{1}|2']],
    ['capitals', 'HTTPS://A.ORG/X.zip', ['HTTPS://A.ORG/X.zip']],
    ['a query and an escape', 'https://a.org/x?y=1&z=%20', ['https://a.org/x?y=1&z=%20']],
    ['letters beyond ASCII', 'https://bücher.example/größe.pdf', ['https://bücher.example/größe.pdf']],
    ['an address with a port', 'http://127.0.0.1:8080/1g.bin', ['http://127.0.0.1:8080/1g.bin']],
    ['an IPv6 address', 'http://[::1]:8080/1g.bin', ['http://[::1]:8080/1g.bin']],
    ['other protocols', 'ftp://a.org/x\nsftp://b.org/y', ['ftp://a.org/x', 'sftp://b.org/y']],
    ['a link without its scheme', 'www.a.org/x.zip', ['https://www.a.org/x.zip']],
    ['a server and a path', 'a.org/x.zip', ['https://a.org/x.zip']],
    ['a local server', 'localhost:8080/x.zip', ['https://localhost:8080/x.zip']],
    ['a file name', 'x.zip', []],
    ['nothing', '  \n \n', []],
  ])('finds what there is in %s', (_, text, urls) => {
    expect(urlsOf(text)).toEqual(urls);
  });

  it.each([
    ['htps://a.org/x', { kind: 'scheme-typo', scheme: 'htps', suggestion: 'https' }],
    ['htt://a.org/x', { kind: 'scheme-typo', scheme: 'htt', suggestion: 'http' }],
    ['htpts://a.org/x', { kind: 'scheme-typo', scheme: 'htpts', suggestion: 'https' }],
    ['hppttss://a.org/x', { kind: 'scheme-unknown', scheme: 'hppttss' }],
    ['ftpp://a.org/x', { kind: 'scheme-typo', scheme: 'ftpp', suggestion: 'ftp' }],
    ['magnet:?xt=urn:btih:1', { kind: 'scheme-unknown', scheme: 'magnet' }],
    ['data:text/html,x', { kind: 'scheme-unknown', scheme: 'data' }],
    ['file:///etc/passwd', { kind: 'scheme-unknown', scheme: 'file' }],
    ['https:', { kind: 'not-a-link' }],
    ['https://', { kind: 'host-missing' }],
    ['https:/a.org', { kind: 'host-missing' }],
    ['hello', { kind: 'not-a-link' }],
    ['two words', { kind: 'not-a-link' }],
  ])('says what is wrong with %s', (text, problem) => {
    const { links, flagged } = parseLinks(text);
    expect(links).toEqual([]);
    expect(flagged).toHaveLength(1);
    expect(flagged[0]?.problem).toEqual(problem);
  });

  it('folds what is given twice, and links that differ only in what is never sent', () => {
    const parsed = parseLinks('https://a.org/x\nhttps://A.org/x\nhttps://a.org/x#top\nhttps://a.org/y');
    expect(parsed.links.map(({ url }) => url)).toEqual(['https://a.org/x', 'https://a.org/y']);
    expect(parsed.repeated).toBe(2);
  });

  it('counts prose around links, and flags it when there is no link at all', () => {
    expect(parseLinks('Dear all,\nhttps://a.org/x\nkind regards, M.')).toMatchObject({ skipped: 2, flagged: [] });
    expect(parseLinks('Dear all,\nkind regards, M.')).toMatchObject({
      skipped: 0,
      flagged: [{ line: 1 }, { line: 2 }],
    });
  });

  it('names the line of each problem', () => {
    const { flagged } = parseLinks('https://a.org/x\n\nnope\nhttps://a.org/y\nmagnet:?x');
    expect(flagged.map(({ line }) => line)).toEqual([3, 5]);
  });

  it('takes no link that is longer than the engine accepts', () => {
    const { links, flagged } = parseLinks(`https://a.org/${'x'.repeat(70_000)}`);
    expect(links).toEqual([]);
    expect(flagged[0]?.problem).toEqual({ kind: 'too-long' });
  });

  it('finds every link of a list, once, in order', () => {
    const urls = fc.uniqueArray(fc.webUrl({ validSchemes: ['http', 'https'] }), {
      maxLength: 20,
      selector: (url) => new URL(url).href,
    });
    fc.assert(
      fc.property(urls, (given) => {
        // The commas of a list are not part of its links.
        const plain = given.filter((url) => !/[,;]$/u.test(url));
        expect(urlsOf([...plain, ...plain].join('\n'))).toEqual(plain);
      }),
    );
  });

  it('only ever gives links that can be parsed, whatever the text', () => {
    const text = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.webUrl(),
        fc.constantFrom('https://', '://', '\n', ' ', 'www.', '('),
      ),
    );
    fc.assert(
      fc.property(text, (parts) => {
        for (const { url } of parseLinks(parts.join('')).links) expect(URL.canParse(url)).toBe(true);
      }),
    );
  });

  it('reads a hundred thousand lines without getting lost', () => {
    const text = Array.from({ length: 100_000 }, (_, index) => `https://a.org/${String(index)}.zip`).join('\n');
    expect(parseLinks(text).links).toHaveLength(100_000);
  });
});

it('F114 reads a text the same, whatever was read before it', () => {
  const line = fc.constantFrom('https://a.org/1', ' https://a.org/1#x ', 'prose', 'htps://a.org/2', 'a.org/3,', '');
  const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      parseLinks('');
      const fresh = parseLinks(after);
      parseLinks(before);
      expect(parseLinks(after)).toEqual(fresh);
    }),
  );
});

describe('patterns', () => {
  it('are spelled out, and say what they stand for', () => {
    const parsed = parseLinks('https://a.org/p[08-10].{jpg,png}\nhttps://a.org/x');
    expect(parsed.links).toHaveLength(7);
    expect(parsed.patterns).toEqual([
      { line: 1, count: 6, first: 'https://a.org/p08.jpg', last: 'https://a.org/p10.png' },
    ]);
  });

  it('are left as they are when brackets are meant literally', () => {
    const text = 'https://a.org/p[08-10].jpg';
    expect(urlsOf(text)).toHaveLength(3);
    expect(parseLinks(text, { isLiteral: true })).toMatchObject({ links: [{ url: text }], patterns: [] });
    expect(urlsOf(text)).toHaveLength(3);
  });

  it.each([
    ['https://a.org/[9-1]', { kind: 'bad-range', range: '[9-1]' }],
    ['https://a.org/[1-999999]', { kind: 'too-many' }],
  ])('%s is flagged', (text, problem) => {
    expect(parseLinks(text)).toMatchObject({ links: [], flagged: [{ line: 1, problem }] });
  });

  it('are read only where a line is one link, and not in an address', () => {
    expect(urlsOf('see https://a.org/[1-3] there')).toHaveLength(1);
    expect(urlsOf('http://[::1]:8080/x')).toEqual(['http://[::1]:8080/x']);
  });
});

it('spells out no further pattern beyond what one command takes', () => {
  const text = Array.from({ length: 200 }, (_, index) => `https://a.org/${index}/[1-100000]`).join('\n');
  const { links, flagged } = parseLinks(text);
  expect(links).toHaveLength(100_000);
  expect(flagged).toHaveLength(199);
  expect(flagged[0]).toMatchObject({ line: 2, problem: { kind: 'too-many' } });
});
