import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSameParty, maxHops, nextHop } from '../../../src/plan/request/redirect.ts';

const from = 'https://user:secret@example.com/a/b?c=1';

function hop(location: string, hops = 0): ReturnType<typeof nextHop> {
  return nextHop({ from, location, hops });
}

describe('F28 a redirect is followed', () => {
  test.each([
    ['/x', 'https://user:secret@example.com/x', false],
    ['x?y#z', 'https://user:secret@example.com/a/x?y', false],
    ['//example.com/x', 'https://example.com/x', false],
    ['https://example.com:443/x', 'https://example.com/x', false],
    ['https://other.net/x', 'https://other.net/x', true],
    ['https://example.com:8443/x', 'https://example.com:8443/x', true],
    ['https://sub.example.com/x', 'https://sub.example.com/x', true],
    ['https://example.com.evil.net/', 'https://example.com.evil.net/', true],
    ['https://example.com@evil.net/', 'https://example.com@evil.net/', true],
    ['HTTPS://EXAMPLE.COM/x', 'https://example.com/x', false],
    ['https:\\\\evil.net\\x', 'https://evil.net/x', true],
    ['  /x ', 'https://user:secret@example.com/x', false],
  ])('%s', (location, url, dropSecrets) => {
    expect(hop(location)).toEqual({ kind: 'hop', url, dropSecrets });
  });

  test('bytes of any charset travel back as they came', () => {
    expect(hop('/caf\xc3\xa9/\xe4')).toMatchObject({ url: 'https://user:secret@example.com/caf%C3%A9/%E4' });
  });
});

describe('F29 a redirect to anything but http is refused', () => {
  test.each([
    ['file:///etc/passwd', 'file'],
    ['data:text/html,x', 'data'],
    ['ftp://example.com/x', 'ftp'],
    ['java\tscript:alert(1)', 'javascript'],
    ['blob:https://example.com/x', 'blob'],
    ['about:blank', 'about'],
    ['FILE:///etc/passwd', 'file'],
    ['\tfile:///etc/passwd', 'file'],
    ['ws://example.com/', 'ws'],
    ['smb://server/share', 'smb'],
  ])('%s', (location, scheme) => {
    expect(hop(location)).toMatchObject({ kind: 'refused', code: 'redirect-unsafe', facts: { scheme } });
  });
});

describe('F30', () => {
  test('a loop ends', () => {
    expect(hop('/x', maxHops - 1)).toMatchObject({ kind: 'hop' });
    expect(hop('/x', maxHops)).toMatchObject({ kind: 'refused', code: 'redirect-loop' });
    expect(maxHops).toBeLessThanOrEqual(20);
  });

  test('https to http is refused unless a person agreed', () => {
    expect(hop('http://example.com/x')).toMatchObject({ kind: 'refused', code: 'redirect-unsafe' });
    expect(nextHop({ from, location: 'http://example.com/x', hops: 0 }, { allowInsecure: true })).toEqual({
      kind: 'hop',
      url: 'http://example.com/x',
      dropSecrets: true,
    });
  });

  test('http may go to http and to https', () => {
    const start = 'http://example.com/';
    expect(nextHop({ from: start, location: 'https://example.com/', hops: 0 })).toMatchObject({ dropSecrets: false });
    expect(nextHop({ from: start, location: 'http://other.net/', hops: 0 })).toMatchObject({ dropSecrets: true });
  });
});

test.each(['https://', 'https://:80/', 'http://[::1', 'https://a b/', 'https://%00/'])('%j is no link', (location) => {
  expect(hop(location)).toMatchObject({ kind: 'refused', code: 'http-malformed' });
});

test('no Location makes it throw, and every hop is http or https without a fragment', () => {
  const location = fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withFragments: true }), fc.webPath());
  fc.assert(
    fc.property(location, (value) => {
      const result = hop(value);
      if (result.kind !== 'hop') return;
      expect(result.url).toMatch(/^https:/);
      expect(result.url).not.toContain('#');
      expect(result.dropSecrets).toBe(URL.parse(result.url)?.host !== 'example.com');
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['https://a.com/', 'https://a.com/x', true],
  ['https://a.com/', 'https://a.com:443/x', true],
  ['http://a.com/', 'https://a.com/', true],
  ['http://a.com:8080/', 'https://a.com/', false],
  ['http://a.com/', 'https://a.com:8443/', false],
  ['https://a.com/', 'http://a.com/', false],
  ['https://a.com/', 'https://a.com./', false],
  ['https://a.com/', 'https://www.a.com/', false],
  ['not a link', 'not a link', false],
])('%s and %s are one party: %s', (link, other, expected) => {
  expect(isSameParty(link, other)).toBe(expected);
});
