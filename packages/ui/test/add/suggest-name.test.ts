/** The hint for a file's name. */
import { expect, it } from 'vitest';
import { suggestName } from '../../src/add/suggest-name.ts';

it.each([
  ['https://a.org/dir/x.zip?y=1#z', 'x.zip'],
  ['https://a.org/dir/', 'dir'],
  ['https://a.org', ''],
  ['https://a.org/a%20b.pdf', 'a b.pdf'],
  ['https://a.org/50%.txt', '50%.txt'],
  ['nonsense', ''],
])('for %s is "%s"', (url, hint) => {
  expect(suggestName(url)).toBe(hint);
});
