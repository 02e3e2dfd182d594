/** Links among arguments, hand-overs and copied text. */
import { describe, expect, test } from 'vitest';
import { linksFromArguments, linksFromHandover, linksInText } from '../../../src/main/lifecycle/command-line.ts';

describe('links of a launch', () => {
  test.for<[string, string[], string | null, string[]]>([
    ['from its source tree', ['electron', '/src/desktop', 'https://a.test/x'], '/src/desktop', ['https://a.test/x']],
    ['by its main script', ['electron', '/src/desktop/out/main/index.js', 'a'], '/src/desktop', ['a']],
    ['after switches of the launcher', ['electron', '-r', '/x.cjs', '/src/desktop', 'a', '-b'], '/src/desktop', ['a']],
    ['from a tree that is not named', ['electron', '.', 'https://a.test/x'], '/elsewhere', ['https://a.test/x']],
    [
      'installed',
      ['/usr/bin/sluice', 'https://a.test/x', 'ftp://b.test/y'],
      null,
      ['https://a.test/x', 'ftp://b.test/y'],
    ],
    [
      'switches are not links',
      ['sluice', '--no-sandbox', '-v', '--dir=/x', 'https://a.test'],
      null,
      ['https://a.test'],
    ],
    ['a mistyped link is kept, to be answered', ['sluice', 'htp:/oops'], null, ['htp:/oops']],
    ['blanks are not links', ['sluice', '', '  '], null, []],
    ['none', ['sluice'], null, []],
  ])('%s', ([, argv, sourceFolder, links]) => {
    expect(linksFromArguments(argv, sourceFolder)).toEqual(links);
  });

  test.for([
    [{ links: ['https://a.test/x'] }, ['https://a.test/x']],
    [{ links: ['https://a.test/x', 7, null] }, ['https://a.test/x']],
    [{ links: 'https://a.test/x' }, []],
    [{}, []],
    [null, []],
    ['https://a.test/x', []],
  ] as const)('handed over as %j', ([data, links]) => {
    expect(linksFromHandover(data)).toEqual(links);
  });

  test.for([
    ['https://a.test/x', ['https://a.test/x']],
    ['see https://a.test/x and\nftp://b.test/y.', ['https://a.test/x', 'ftp://b.test/y.']],
    ['<a href="https://a.test/x">', ['https://a.test/x']],
    ['no link here', []],
    ['', []],
  ] as const)('in the text %j', ([text, links]) => {
    expect(linksInText(text)).toEqual(links);
  });
});
