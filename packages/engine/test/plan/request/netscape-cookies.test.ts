/** A cookies.txt as curl, wget and add-ons write it; lines that are none are passed over. */
import { describe, expect, it } from 'vitest';
import { parseNetscapeCookies } from '../../../src/plan/request/netscape-cookies.ts';

function line(...fields: string[]): string {
  return fields.join('\t');
}

describe('parseNetscapeCookies', () => {
  it('reads the seven fields', () => {
    expect(parseNetscapeCookies(line('.Example.COM', 'TRUE', '/a', 'true', '1700000000', 'sid', 'x\ty'))).toEqual([
      {
        domain: 'example.com',
        includesSubdomains: true,
        path: '/a',
        isSecure: true,
        isHttpOnly: false,
        expiresAtMs: 1_700_000_000_000,
        name: 'sid',
        value: 'x\ty',
      },
    ]);
  });

  it('reads what curl marks as HttpOnly, a session cookie and an odd path', () => {
    expect(parseNetscapeCookies(line('#HttpOnly_a.b', 'FALSE', 'no-slash', 'FALSE', '0', 'n', ''))).toEqual([
      {
        domain: 'a.b',
        includesSubdomains: false,
        path: '/',
        isSecure: false,
        isHttpOnly: true,
        expiresAtMs: null,
        name: 'n',
        value: '',
      },
    ]);
  });

  it('keeps a dot that is not the first', () => {
    expect(parseNetscapeCookies(line('a.b', 'x', '/', 'x', '1', 'n', 'v'))[0]).toMatchObject({
      domain: 'a.b',
      expiresAtMs: 1000,
      includesSubdomains: false,
      isSecure: false,
    });
  });

  it.each([
    ['# Netscape HTTP Cookie File'],
    [''],
    [line('', 'TRUE', '/', 'TRUE', '1', 'n', 'v')],
    [line('a.b', 'TRUE', '/', 'TRUE', '1')],
    [line('a.b', 'TRUE', '/', 'TRUE', '1', '', 'v')],
    [line('a.b', 'TRUE', '/', 'TRUE', 'soon', 'n', 'v')],
  ])('%j is no cookie', (text) => {
    expect(parseNetscapeCookies(text)).toEqual([]);
  });

  it('reads files of any line ending', () => {
    const one = line('a.b', 'TRUE', '/', 'TRUE', '1', 'n', 'v');
    expect(parseNetscapeCookies(`# x\r\n${one}\r\n${one}\n`).map(({ value }) => value)).toEqual(['v', 'v']);
  });
});
