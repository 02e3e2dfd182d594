import { describe, expect, test } from 'vitest';
import { parseContentDisposition } from '../../../src/plan/names/content-disposition.ts';

type Vector = readonly [header: string, name: string | null];

/** The cases of greenbytes' tc2231, which the authors of RFC 6266 collected. */
const tc2231: readonly Vector[] = [
  ['inline', null],
  ['"inline"', null],
  ['inline; filename="foo.html"', 'foo.html'],
  ['inline; filename="Not an attachment!"', 'Not an attachment!'],
  ['inline; filename="foo.pdf"', 'foo.pdf'],
  ['attachment', null],
  ['ATTACHMENT', null],
  ['attachment; filename="foo.html"', 'foo.html'],
  ['attachment; filename="0000000000111111111122222"', '0000000000111111111122222'],
  ['attachment; filename="f\\oo.html"', 'foo.html'],
  ['attachment; filename="\\"quoting\\" tested.html"', '"quoting" tested.html'],
  ['attachment; filename="Here\'s a semicolon;.html"', "Here's a semicolon;.html"],
  ['attachment; foo="bar"; filename="foo.html"', 'foo.html'],
  ['attachment; foo="\\"\\\\";filename="foo.html"', 'foo.html'],
  ['attachment; FILENAME="foo.html"', 'foo.html'],
  ['attachment; filename=foo.html', 'foo.html'],
  ['attachment; filename=foo,bar.html', 'foo,bar.html'],
  ['attachment; filename=foo.html ;', 'foo.html'],
  ['attachment; ;filename=foo', 'foo'],
  ['attachment; filename=foo bar.html', 'foo bar.html'],
  ["attachment; filename='foo.bar'", "'foo.bar'"],
  ['attachment; filename="foo-\xe4.html"', 'foo-ä.html'],
  ['attachment; filename="foo-\xc3\xa4.html"', 'foo-ä.html'],
  ['attachment; filename="50%.html"', '50%.html'],
  ['attachment; name="foo-%41.html"', null],
  ['attachment; filename="foo-%c3%a4-%e2%82%ac.html"', 'foo-ä-€.html'],
  ['attachment; filename ="foo.html"', 'foo.html'],
  ['attachment; filename="foo.html"; filename="bar.html"', 'foo.html'],
  ['attachment; filename=foo[1](2).html', 'foo[1](2).html'],
  ['attachment; filename=foo-\xe4.html', 'foo-ä.html'],
  ['filename=foo.html', 'foo.html'],
  ['x=y; filename=foo.html', 'foo.html'],
  ['; filename=foo.html', 'foo.html'],
  ['attachment; filename="bar', 'bar'],
  ['attachment; foo=foo filename=bar', null],
  ['attachment filename=bar', null],
  ['filename=foo.html; attachment', 'foo.html'],
  ['attachment; xfilename=foo.html', null],
  ['attachment; filename="/foo.html"', '/foo.html'],
  ['attachment; filename="\\\\foo.html"', '\\foo.html'],
  ['attachment; creation-date="Wed, 12 Feb 1997 16:29:51 -0500"', null],
  ['foobar', null],
  ['attachment; example="filename=example.txt"', null],
  ["attachment; filename*=iso-8859-1''foo-%E4.html", 'foo-ä.html'],
  ["attachment; filename*=UTF-8''foo-%c3%a4-%e2%82%ac.html", 'foo-ä-€.html'],
  ["attachment; filename*=UTF-8''foo-a%cc%88.html", 'foo-a\u0308.html'],
  ["attachment; filename *=UTF-8''foo-%c3%a4.html", null],
  ["attachment; filename*= UTF-8''foo-%c3%a4.html", 'foo-ä.html'],
  ["attachment; filename* =UTF-8''foo-%c3%a4.html", 'foo-ä.html'],
  ["attachment; filename*=UTF-8''A-%2541.html", 'A-%41.html'],
  ["attachment; filename*=UTF-8''%5cfoo.html", '\\foo.html'],
  ['attachment; filename*0="foo."; filename*1="html"', 'foo.html'],
  ['attachment; filename*0="foo"; filename*1="\\b\\a\\r.html"', 'foobar.html'],
  ['attachment; filename*0*=UTF-8\'\'foo-%c3%a4; filename*1=".html"', 'foo-ä.html'],
  ['attachment; filename*0="foo"; filename*01="bar"', 'foo'],
  ['attachment; filename*0="foo"; filename*2="bar"', 'foo'],
  ['attachment; filename*1="foo."; filename*2="html"', null],
  ['attachment; filename*1="bar"; filename*0="foo"', 'foobar'],
  ['attachment; filename="foo-ae.html"; filename*=UTF-8\'\'foo-%c3%a4.html', 'foo-ä.html'],
  ['attachment; filename*=UTF-8\'\'foo-%c3%a4.html; filename="foo-ae.html"', 'foo-ä.html'],
  [
    "attachment; filename*0*=ISO-8859-15''euro-sign%3d%a4; filename*=ISO-8859-1''currency-sign%3d%a4",
    'currency-sign=¤',
  ],
  ['attachment; foobar=x; filename="foo.html"', 'foo.html'],
];

/** What Chromium and Firefox test beyond that. */
const browsers: readonly Vector[] = [
  ['filename \t\t  =abcde.pdf', 'abcde.pdf'],
  ['inline; filename="abc%20de.pdf"', 'abc de.pdf'],
  ['filename="abcdef.pdf', 'abcdef.pdf'],
  ['attachment; filename="%EC%98%88%EC%88%A0%20%EC%98%88%EC%88%A0.jpg"', '예술 예술.jpg'],
  ['attachment; filename=%E5%B2%A1%E3%80%80%E5%B2%A1.txt', '岡\u3000岡.txt'],
  ['attachment; filename="=?EUC-JP?Q?=B7=DD=BD=D13=2Epng?="', '芸術3.png'],
  ['attachment; filename==?eUc-Kr?b?v7m8+iAzLnBuZw==?=', '예술 3.png'],
  ['attachment; filename==?utf-8?Q?=E8=8A=B8=E8=A1=93_3=2Epng?=', '芸術 3.png'],
  ['inline; filename="=?iso88591?Q?caf=e9_=2epng?="', 'café .png'],
  ['inline; filename="=?iso88591?Q?caf=E9_?= .png"', 'café .png'],
  ['inline; filename="=?euc-kr?b?v7m8+iAz?= =?ksc5601?q?=BF=B9=BC=FA=2Epng?="', '예술 3예술.png'],
  ['attachment; filename="=?windows-1252?Q?caf=E9?=  =?iso-8859-7?b?4eI=?= .png"', 'caféαβ.png'],
  ['attachment; filename=caf\xc3\xa9.png', 'café.png'],
  ['attachment; filename==?iiso88591?Q?caf=EG?=', null],
  ['attachment; filename==?iso88591?Q?caf=E3?', null],
  ["attachment; filename*=EUC-JP''%B7%DD%BD%D13%2Epng", '芸術3.png'],
  ["attachment; filename*=utf-8'en'foo.html", 'foo.html'],
  ["attachment; filename*=utf-8''%F0%90%8C%B0 3.png", '\u{10330} 3.png'],
  ['attachment; filename=', null],
  ['attachment; filename=   ', null],
  ['attachment; filename=""', null],
  ['attachment; filename="', null],
  ['attachment; filename="\\b\\a\\', 'ba\\'],
  ['attachment; badparameter; filename=foo', 'foo'],
  ['attachment; filename=foo extension=bla', 'foo extension=bla'],
  [
    "attachment; filename=basic; filename*0*=UTF-8''multi; filename*1=line; filename*2*=%20extended",
    'multiline extended',
  ],
  ['attachment; filename=basic; filename*1=multi; filename*2=line', 'basic'],
  [
    "attachment; filename*0=UTF-8''unescaped; filename*1*=%20so%20includes%20UTF-8''",
    "UTF-8''unescaped so includes UTF-8''",
  ],
  ['attachment; filename="=?ISO-8859-1?Q?foo-=E4.html?="; filename*=UTF-8\'\'5987', '5987'],
  ['attachment; filename*="utf-8\'\'%41"', 'A'],
  ["attachment; filename*=ISO-8859-1''%e2%82%ac", 'â‚¬'],
  ['attachment; filename*="a%20b"', 'a b'],
];

/** A `filename*` that breaks its own grammar must not hide the plain parameter (RFC 6266 section 4.3). */
const brokenExtended: readonly Vector[] = [
  ["attachment; filename*=UTF-8''A%e4B; filename=fallback", 'fallback'],
  ["attachment; filename*0*=UTF-8''A%e4B; filename=fallback", 'fallback'],
  ["attachment; filename*=UTF-8''f%oo; filename=bar", 'bar'],
  ["attachment; filename*=UTF-8''foo%; filename=bar", 'bar'],
  ["attachment; filename*=UTF-8'foo-%41.html; filename=bar.html", 'bar.html'],
  ["attachment; filename*=no-such-charset''x.html; filename=bar.html", 'bar.html'],
  ["attachment; filename*=utf-8'es'f\xce\xba.html; filename=bar.html", 'bar.html'],
  ['attachment; filename*=; filename=bar.html', 'bar.html'],
  // Alone it is better than nothing.
  ["attachment; filename*=''foo-%c3%a4.html", 'foo-ä.html'],
  ['attachment; filename*=foo-%41.html', 'foo-A.html'],
  ["attachment; filename*=UTF-8''caf%e9.png", 'café.png'],
];

describe('F61 names in Content-Disposition', () => {
  test.each([...tc2231, ...browsers, ...brokenExtended])('%s', (header, name) => {
    expect(parseContentDisposition(header)).toBe(name);
  });

  test('bytes that are no UTF-8 stay latin-1', () => {
    expect(parseContentDisposition('attachment; filename=IT839\x04\xb5(m8)2.pdf;')).toBe('IT839\u0004µ(m8)2.pdf');
  });

  test('encoded separators are decoded once and left to the sanitiser', () => {
    expect(parseContentDisposition("attachment; filename*=UTF-8''..%2F..%2Fetc%252Fpasswd")).toBe('../../etc%2Fpasswd');
  });
});
