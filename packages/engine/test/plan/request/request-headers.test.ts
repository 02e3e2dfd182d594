import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  basicAuthorization,
  isUserField,
  requestHeaders,
  type RequestHeaderOptions,
  wireUrl,
} from '../../../src/plan/request/request-headers.ts';

const link = 'https://example.com/file';

function ask(changes: Partial<RequestHeaderOptions> = {}): Record<string, string> {
  return Object.fromEntries(
    requestHeaders({ url: link, link, userAgent: 'Sluice/1', headers: {}, range: null, ...changes }),
  );
}

test('a plain request asks for identity and nothing it does not need', () => {
  expect(ask()).toEqual({ 'user-agent': 'Sluice/1', accept: '*/*', 'accept-encoding': 'identity' });
});

test('F10 F12 a range is asked for in HTTP terms and without a condition: the answer is judged, not the request', () => {
  const asked = ask({ range: { start: 100, end: 200 } });
  expect(asked).toMatchObject({ range: 'bytes=100-199' });
  expect(asked).not.toHaveProperty('if-range');
});

describe("the user's own fields", () => {
  const headers = {
    Cookie: 'session=1',
    Authorization: 'Bearer x',
    'X-Key': 'k',
    Referer: 'https://r.com/',
    'User-Agent': 'Mine',
  };

  test('go to the party of the link, replacing ours', () => {
    expect(ask({ headers })).toMatchObject({
      cookie: 'session=1',
      authorization: 'Bearer x',
      'x-key': 'k',
      referer: 'https://r.com/',
      'user-agent': 'Mine',
    });
  });

  test.each([
    'https://cdn.net/file',
    'http://example.com/file',
    'https://example.com:8443/file',
    'https://sub.example.com/',
  ])('F28 do not go to %s', (url) => {
    expect(ask({ headers, url })).toEqual(ask());
  });

  test('come back when a redirect comes back', () => {
    expect(ask({ headers, url: 'https://example.com/other' })).toMatchObject({ cookie: 'session=1' });
  });

  test.each([
    'Accept-Encoding',
    'Range',
    'If-Range',
    'Host',
    'Content-Length',
    'Transfer-Encoding',
    'Connection',
    'TE',
  ])('cannot set %s: proof and framing depend on it', (name) => {
    expect(ask({ headers: { [name]: 'evil' } })).toEqual(ask());
  });

  test.each([
    ['X-A', 'b\r\nX-Evil: 1'],
    ['X-A', 'b\nX-Evil: 1'],
    ['X-A', 'b\0'],
    ['X A', 'b'],
    ['X:A', 'b'],
    ['', 'b'],
    ['X-Ä', 'b'],
    ['X-A\r\n', 'b'],
  ])('%j: %j cannot be sent', (name, value) => {
    expect(isUserField(name, value)).toBe(false);
    expect(ask({ headers: { [name]: value } })).toEqual(ask());
  });

  test('no field ever carries a line break', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string({ unit: 'binary' })), fc.string(), (headers_, userAgent) => {
        for (const [name, value] of requestHeaders({ url: link, link, userAgent, headers: headers_, range: null })) {
          expect(name).toMatch(/^[!#$%&'*+.^_`|~0-9a-z-]+$/);
          expect(value).not.toMatch(/[\r\n\0\u0100-\uffff]/);
        }
      }),
    );
  });

  test('may be as long as anyone needs', () => {
    expect(ask({ headers: { Cookie: 'x'.repeat(500_000) } })['cookie']).toHaveLength(500_000);
  });

  test('travel as UTF-8', () => {
    expect(ask({ headers: { Cookie: 'n=é' } })).toMatchObject({ cookie: 'n=\xc3\xa9' });
  });
});

describe('user name and password of a link', () => {
  const own = 'https://us%C3%A9r:p%40ss@example.com/file';

  test('become Basic authorization (RFC 7617)', () => {
    expect(basicAuthorization('https://Aladdin:open%20sesame@example.com/')).toBe('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==');
    expect(basicAuthorization('https://test:123%C2%A3@example.com/')).toBe('Basic dGVzdDoxMjPCow==');
    expect(basicAuthorization('https://user@example.com/')).toBe('Basic dXNlcjo=');
    expect(basicAuthorization('https://a%zz:b@example.com/')).toBe('Basic YSV6ejpi');
    expect(basicAuthorization(link)).toBeNull();
    expect(basicAuthorization('not a link')).toBeNull();
  });

  test('stay with the party, and give way to a field the user set', () => {
    expect(ask({ link: own, url: own })).toHaveProperty('authorization');
    expect(ask({ link: own, url: 'https://example.com/other' })).toHaveProperty('authorization');
    expect(ask({ link: own, url: 'https://cdn.net/' })).not.toHaveProperty('authorization');
    expect(ask({ link: own, url: own, headers: { Authorization: 'Bearer x' } })).toMatchObject({
      authorization: 'Bearer x',
    });
  });

  test('of a redirect go where the redirect leads', () => {
    expect(ask({ url: 'https://a:b@cdn.net/' })).toMatchObject({ authorization: 'Basic YTpi' });
  });

  test('are not on the wire', () => {
    expect(wireUrl('https://a:b@example.com/x?y=1#z')).toBe('https://example.com/x?y=1');
  });
});
