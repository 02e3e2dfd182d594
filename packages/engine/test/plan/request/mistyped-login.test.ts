/** That a mistyped login is named as what it is, and that nothing of it is repeated. */
import { errorToInfo } from '@sluice/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkNewUrl } from '../../../src/plan/request/check-new-url.ts';
import { checkRequest } from '../../../src/plan/request/check-request.ts';
import { redactUrl } from '../../../src/plan/request/redact.ts';
import { wireUrl } from '../../../src/plan/request/request-headers.ts';

/** What a refusal says; else the links that are shown and logged of what was taken. */
function shownOf(text: string): string {
  try {
    const url = checkNewUrl(text);
    return `${wireUrl(url)} ${redactUrl(url)} ${redactUrl(text)}`;
  } catch (error) {
    return `${JSON.stringify(errorToInfo(error))} ${redactUrl(text)}`;
  }
}

describe('F134 a login with a character that ends it', () => {
  test.each([
    ['http://me:p#w@host/', '#', '%23'],
    ['http://me:1#w@host/', '#', '%23'],
    ['https://me:p?w@host/f?a=b', '?', '%3F'],
    ['http://me:1?w@host/', '?', '%3F'],
    ['http://me:p/w@host/f', '/', '%2F'],
    [String.raw`http://me:p\w@host/f`, '\\', '%5C'],
    ['ftp://me:p#w@host/f', '#', '%23'],
    ['sftp://me:1#w@host/f', '#', '%23'],
    ['http:me:p#w@host/', '#', '%23'],
    ['http:/me:p#w@host/', '#', '%23'],
    ['http://m#e:pw@host/', '#', '%23'],
    ['http://me:p@w#x@host/', '#', '%23'],
    [' <http://me:p#w@host/> ', '#', '%23'],
  ])('%s names the mistake', (text, character, written) => {
    expect(() => checkNewUrl(text)).toThrow(
      expect.objectContaining({ code: 'url-invalid', facts: { problem: 'login', character, written } }),
    );
  });

  test.each([
    'https://registry.example.com/@scope/pkg.tgz',
    'http://nas:8080/photo@2x.png',
    'http://[::1]:8080/a@b',
    'https://example.com?email=a@example.com',
    'https://example.com/#a@b',
    'https://me:pw@example.com/a@b?c=d@e',
    'https://me:p%23w@example.com/',
    'https://me@example.com/',
  ])('%s is a good link', (text) => {
    expect(() => checkNewUrl(text)).not.toThrow();
  });

  test('and an odd link of any shape repeats no part of the password', () => {
    const piece = fc.stringMatching(/^[A-Za-z]\w{1,6}Q7$/);
    const oddity = fc.constantFrom(...Array.from('#?/\\:@[]%^ "\'<>|{}`;,&=+$!*()'), '%zz', '##', '/#', '\t');
    const scheme = fc.constantFrom(
      'http://',
      'https://',
      'http:',
      'http:/',
      'ftp://',
      'sftp://',
      'htp://',
      '//',
      '',
      ' <http://',
    );
    const host = fc.constantFrom('host', 'host.example.com', '[::1]', '10.0.0.1:8080', 'ho st', 'host:port', '');
    const end = fc.constantFrom('/', '/file.iso', '', '?a=b', '/f#x');
    fc.assert(
      fc.property(scheme, piece, oddity, piece, host, end, (start, left, odd, right, server, rest) => {
        // Behind a second `@` and a slash everything reads as a good link to another server.
        const shown = shownOf(`${start}me:${left}${odd}${right}@${server}${rest}`);
        expect(shown).not.toContain(left);
        expect(shown).not.toContain(right);
      }),
      { numRuns: 2000 },
    );
  });

  test('and a link that breaks off in its password repeats nothing of it', () => {
    expect(shownOf('http://me:Secret')).not.toContain('Secret');
    expect(shownOf('http://me:Sec/ret/host')).not.toContain('Sec');
  });

  test.each([
    { mirrors: ['http://me:Secret#Q7@host/'] },
    { proxy: 'http://me:Secret#Q7@host/', mirrors: ['http://me:Secret@ho st/'] },
  ])('and neither does a refusal of options: %o', (options) => {
    let told = '';
    try {
      checkRequest('https://example.com/f', options);
    } catch (error) {
      told = JSON.stringify(errorToInfo(error));
    }
    expect(told).toContain('url-invalid');
    expect(told).not.toMatch(/Secret|Q7/);
  });
});
