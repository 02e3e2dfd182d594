import { isAbsolute, normalize } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type UrlToPath, pathFromUrl } from '../../src/strategy/url-to-path.ts';

test.each<[string, UrlToPath, string]>([
  ['http://a.test/x/y/z.zip', {}, 'a.test/x/y/z.zip'],
  ['http://a.test:8080/z.zip', {}, 'a.test_8080/z.zip'],
  ['http://[::1]/z.zip', {}, '__1/z.zip'],
  ['http://a.test/x/y/z.zip', { host: false }, 'x/y/z.zip'],
  ['http://a.test/x/y/z.zip', { segments: false }, 'a.test/z.zip'],
  ['http://a.test/x/y/z.zip', { segments: 1 }, 'a.test/y/z.zip'],
  ['http://a.test/x/y/z.zip', { segments: 9, host: false }, 'x/y/z.zip'],
  ['http://a.test/x/y/z.zip', { segments: 0, host: false }, 'z.zip'],
  ['http://a.test/x/z.zip', { name: 'own.zip' }, 'a.test/x/own.zip'],
  ['http://a.test/x/z.zip', { name: '../own.zip', host: false, segments: false }, '__own.zip'],
  ['http://a.test/', {}, 'a.test/index'],
  ['http://a.test/x/', {}, 'a.test/x/index'],
  ['http://a.test/x//y/z', {}, 'a.test/x/y/z'],
  ['http://a.test/get.jpg?id=1', {}, 'a.test/get (id=1).jpg'],
  ['http://a.test/get?a=%2F..%2F', {}, 'a.test/get (a=_.._)'],
  ['http://a.test/%2E%2E%2Fx/%2Fetc/p', {}, 'a.test/__x/_etc/p'],
  ['http://a.test/a%20b/c%C3%A9', {}, 'a.test/a b/cé'],
])('%s with %j', (url, layout, path) => {
  expect(pathFromUrl(url, layout, 'linux')).toBe(path);
});

test('two questions get two files, however long', () => {
  const long = 'x'.repeat(500);
  const paths = ['', '?a', '?b', `?${long}1`, `?${long}2`].map((query) =>
    pathFromUrl(`http://a.test/f.bin${query}`, {}, 'linux'),
  );
  expect(new Set(paths).size).toBe(paths.length);
});

test('no link leads out of the folder', () => {
  const odd = fc.constantFrom('..', '.', '%2e%2e', '%2F', '%5C', 'con', '', '%00');
  const part = fc.oneof(odd, fc.string({ maxLength: 8 }));
  const platforms = fc.constantFrom('linux' as const, 'darwin' as const, 'win32' as const);
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), platforms, (parts, platform) => {
      const url = URL.parse(`http://a.test/${parts.join('/')}`);
      fc.pre(url !== null);
      const path = pathFromUrl(url ?? '', {}, platform);
      expect(isAbsolute(path)).toBe(false);
      expect(normalize(path)).toBe(path);
      expect(path.startsWith('a.test/')).toBe(true);
    }),
  );
});
