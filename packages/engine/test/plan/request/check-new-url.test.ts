import { SluiceError } from '@sluice/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkNewUrl } from '../../../src/plan/request/check-new-url.ts';

function refusal(text: string): { code: string; facts: object } | null {
  try {
    checkNewUrl(text);
    return null;
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
    return { code: error.code, facts: error.facts };
  }
}

test.each([
  ['https://example.com/a.zip', 'https://example.com/a.zip'],
  ['  https://example.com \n', 'https://example.com/'],
  ['<https://example.com/a>', 'https://example.com/a'],
  ['HTTP://EXAMPLE.com:80/A#part', 'http://example.com/A'],
  ['http:/example.com/a', 'http://example.com/a'],
  ['https://user:secret@example.com/a', 'https://user:secret@example.com/a'],
  ['https://bücher.de/ä', 'https://xn--bcher-kva.de/%C3%A4'],
  ['http://[::1]:8080/a', 'http://[::1]:8080/a'],
  ['https://example.com/a b', 'https://example.com/a%20b'],
])('%j is kept as %s', (text, url) => {
  expect(checkNewUrl(text)).toBe(url);
});

describe('files on servers without a web', () => {
  test.each([
    ['ftp://example.com/pub/a.iso', 'ftp://example.com/pub/a.iso'],
    ['ftp://example.com:21/a', 'ftp://example.com/a'],
    ['ftps://EXAMPLE.com:990/a', 'ftps://example.com/a'],
    ['SFTP://me:secret@Bücher.de:22/home/me/a b#part', 'sftp://me:secret@xn--bcher-kva.de/home/me/a%20b'],
    ['scp://[::1]:2222/a', 'scp://[::1]:2222/a'],
    ['ftp://example.com/a;type=i', 'ftp://example.com/a'],
    ['ftp://example.com/a;type=index', 'ftp://example.com/a;type=index'],
    ['sftp://example.com/a;type=a', 'sftp://example.com/a;type=a'],
  ])('%j is kept as %s', (text, url) => {
    expect(checkNewUrl(text)).toBe(url);
  });

  test.each([
    ['ftp://example.com/', { scheme: 'ftp', problem: 'folder' }],
    ['sftp://example.com/pub/', { scheme: 'sftp', problem: 'folder' }],
    ['ftp://example.com/pub;type=d', { scheme: 'ftp', problem: 'text' }],
    ['ftps://example.com/read.me;type=A', { scheme: 'ftps', problem: 'text' }],
  ])('%s is not a file as it is', (text, facts) => {
    expect(refusal(text)).toEqual({ code: 'url-unsupported', facts });
  });

  test.each([
    'sftp:///a',
    'sftp:a',
    'ftp://',
    'sftp://exa%6dple^/a',
    'sftp://sftp://example.com/a',
    'scp://host:99999/a',
  ])('%s is no link', (text) => {
    expect(refusal(text)?.code).toBe('url-invalid');
  });
});

describe('no link', () => {
  test.each([
    ['', {}],
    ['   ', {}],
    ['hello world', {}],
    ['https://', {}],
    ['https://a b/', {}],
    ['http://http://example.com/a', {}],
    ['example.com/file.zip', { suggestion: 'https' }],
    ['//example.com/file.zip', { suggestion: 'https' }],
    ['example.com:8443/file.zip', { suggestion: 'https' }],
    ['localhost:8080/x', { suggestion: 'http' }],
    ['127.0.0.1/x', { suggestion: 'http' }],
    ['http//example.com', {}],
    ['C:\\Users\\me\\file.zip', {}],
    ['/home/me/file.zip', {}],
  ])('%j', (text, facts) => {
    const expected = text.startsWith('C:')
      ? { code: 'url-unsupported', facts: { scheme: 'c' } }
      : { code: 'url-invalid', facts };
    expect(refusal(text)).toEqual(expected);
  });

  test('longer than any link', () => {
    expect(refusal(`https://example.com/${'x'.repeat(70_000)}`)).toEqual({ code: 'url-invalid', facts: {} });
  });
});

describe('another scheme', () => {
  test.each([
    'nfs',
    'file',
    'data',
    'javascript',
    'blob',
    'magnet',
    'mailto',
    'rsync',
    'ws',
    'about',
    'view-source',
    'chrome',
  ])('%s is not fetched, and no slip of the finger', (scheme) => {
    expect(refusal(`${scheme}://example.com/x`)).toEqual({ code: 'url-unsupported', facts: { scheme } });
  });

  test.each([
    ['htp', 'http'],
    ['htpp', 'http'],
    ['htttp', 'http'],
    ['hhttp', 'http'],
    ['ttp', 'http'],
    ['hxxp', 'http'],
    ['fttp', 'http'],
    ['htps', 'https'],
    ['htpps', 'https'],
    ['htttps', 'https'],
    ['https1', 'https'],
    ['ttps', 'https'],
    ['hxxps', 'https'],
    ['fpt', 'ftp'],
    ['sfpt', 'sftp'],
    ['ftpss', 'ftps'],
  ])('%s was meant to be %s', (scheme, suggestion) => {
    expect(refusal(`${scheme}://example.com/x`)).toEqual({ code: 'url-unsupported', facts: { scheme, suggestion } });
  });

  test('a long one is shown in part', () => {
    expect(refusal(`${'x'.repeat(300)}://example.com/`)).toEqual({
      code: 'url-unsupported',
      facts: { scheme: 'x'.repeat(40) },
    });
  });
});

test('whatever comes in, what comes out is a link that would be kept as it is', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.webUrl({ withFragments: true, withQueryParameters: true, validSchemes: ['https', 'ftp', 'sftp', 'scp'] }),
        fc.string({ unit: 'binary' }).map((rest) => `sftp://${rest}`),
      ),
      (text) => {
        const error = refusal(text);
        if (error !== null) {
          expect(['url-invalid', 'url-unsupported']).toContain(error.code);
          return;
        }
        const url = checkNewUrl(text);
        expect(url).toMatch(/^(?:https?|ftps?|sftp|scp):\/\/[^/]/);
        expect(url).not.toContain('#');
        expect(checkNewUrl(url)).toBe(url);
      },
    ),
  );
});
