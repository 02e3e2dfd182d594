/** Links among arguments, hand-overs and copied text. */
import { describe, expect, test } from 'vitest';
import { linksFromArguments, linksFromHandover, linksInText } from '../../src/main/command-line.ts';

describe('links of a launch', () => {
  test.for([
    ['from its source tree', ['electron', 'apps/desktop', 'https://a.test/x'], true, ['https://a.test/x']],
    [
      'installed',
      ['/usr/bin/sluice', 'https://a.test/x', 'ftp://b.test/y'],
      false,
      ['https://a.test/x', 'ftp://b.test/y'],
    ],
    [
      'switches are not links',
      ['sluice', '--no-sandbox', '-v', '--user-data-dir=/x', 'https://a.test'],
      false,
      ['https://a.test'],
    ],
    ['a mistyped link is kept, to be answered', ['sluice', 'htp:/oops'], false, ['htp:/oops']],
    ['blanks are not links', ['sluice', '', '  '], false, []],
    ['none', ['sluice'], false, []],
  ] as const)('%s', ([, argv, fromSource, links]) => {
    expect(linksFromArguments(argv, { fromSource })).toEqual(links);
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
