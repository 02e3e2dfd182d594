import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameFromUrl } from '../../../src/plan/names/name-from-url.ts';

const segment = fc.oneof(
  fc.stringMatching(/^[\w.~%-]{0,12}$/),
  fc.constantFrom('.', '..', '...', '%2e%2e', 'a.tar.gz', '_x', '-x', '日本'),
);
const links = fc.oneof(
  fc.webUrl({ withQueryParameters: true }),
  fc
    .record({
      host: fc.constantFrom('example.com', 'EXAMPLE.com', '203.0.113.1:8080', '[::1]', 'u:p@example.com'),
      path: fc.array(segment, { maxLength: 4 }),
      query: fc.constantFrom('', '?a=b/c.zip', '?', '?x y'),
    })
    .map(({ host, path, query }) => `http://${host}/${path.join('/')}${query}`),
);

test('a link that needs no parsing is named as parsing would name it', () => {
  fc.assert(
    fc.property(links, (link) => {
      // A fragment has every link parsed, and is no part of a name.
      expect(nameFromUrl(link)).toBe(nameFromUrl(`${link}#`));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['ftp://host/a?b.bin', 'a?b.bin'],
  ['ftps://host/folder/a.bin?', 'a.bin?'],
  ['sftp://host/a?b?c.bin#part', 'a?b?c.bin'],
  ['ftp://host/folder?name/a.bin', 'a.bin'],
  ['ftp://host/a%3Fb%20c.bin', 'a?b c.bin'],
  ['https://host/a.bin?b.bin', 'a.bin'],
])('a server of files knows no query: %s is named %s', (link, name) => {
  expect(nameFromUrl(link)).toBe(name);
});
