/**
 * Tests that nothing read from servers, links and files takes more than linear time: each reader gets hostile texts of
 * one length and of eight times that, and may take little more than eight times as long. A quadratic one takes
 * sixty-four times as long.
 */
import { describe, expect, test } from 'vitest';
import { parseResponseHead } from '../../src/adapters/http/socket/response-head.ts';
import { parseChallenges } from '../../src/plan/request/auth-challenge.ts';
import { checkNewUrl } from '../../src/plan/request/check-new-url.ts';
import { checksumsFromHeaders } from '../../src/plan/checksum/checksum-headers.ts';
import { checksumInList } from '../../src/plan/checksum/checksum-list.ts';
import { parseChecksum } from '@sluice/contract';
import { parseContentRange, statedTotal } from '../../src/plan/response/content-range.ts';
import { headerTokens, headerValue, parseRetryAfter } from '../../src/plan/response/headers.ts';
import { parseHttpDate } from '../../src/plan/response/http-date.ts';
import { mediaType } from '../../src/plan/response/media-type.ts';
import { chooseFileName } from '../../src/plan/names/choose-file-name.ts';
import { parseContentDisposition } from '../../src/plan/names/content-disposition.ts';
import { nameFromUrl } from '../../src/plan/names/name-from-url.ts';
import { sanitizeFileName } from '../../src/plan/names/sanitize.ts';
import { findNetrcLogin } from '../../src/plan/request/netrc.ts';
import { parseNetscapeCookies } from '../../src/plan/request/netscape-cookies.ts';
import { redactUrl } from '../../src/plan/request/redact.ts';

const length = 4096;
const factor = 8;
/** Between linear (8) and quadratic (64, or half of that where a pattern is compiled on the way). */
const most = 16;
/** Below this the collection of garbage blurs the proportion. What is quadratic takes several times as long, see the last test. */
const floorMs = 100;

/** Texts that make a pattern start anew, or go back, at every char. */
const units = [
  ' ',
  '\t',
  '.',
  '. ',
  ' .',
  ',',
  ', ',
  ';',
  '; ',
  '"',
  '\\',
  '\\"',
  '=',
  '==',
  "'",
  '%',
  '%2',
  '%20',
  '/',
  '/ ',
  '-',

  'a',
  'a ',
  'a=',
  'a="',
  'a,',
  'a;',
  'a=b;',
  'a.',
  '1',
  '1 ',
  '1-',
  '0/',
  ':',
  '//',
  'a:',
  '@',
  '?',
  '?a=',
  '#',
  '&',

  '=?',
  '=?a?b?',
  '=?utf-8?q?a?=',
  '=?utf-8?b?YQ==?= ',
  "a''",
  'filename*0=a;',
  'Basic a, ',
  '\n',
  ' \n',
  '"\n',
  '\r',
  '(',
  ')',
  ') =',

  'machine a ',
  'macdef a\n',
  'a\tb\t',
  '名',
  '\u{1f600}\ufe0f',
  '\u200b',
  '.tar',
  '.tar.gz',
  'CON.',
  '.download',
  '.{a',
  '<',
  '>',
];
const starts = ['', 'x', 'attachment; filename="', "filename*=UTF-8''", 'http://h/'];
const ends = ['x ', '!'];

type Reader = (text: string) => unknown;

const readers: Readonly<Record<string, Reader>> = {
  'a name on Windows': (text) => sanitizeFileName(text, 'win32'),
  'a name on Linux': (text) => sanitizeFileName(text, 'linux'),
  'Content-Disposition': parseContentDisposition,
  'the choice of a name': (text) =>
    chooseFileName({
      url: 'http://h/',
      contentDisposition: text,
      contentType: text,
      userName: null,
      platform: 'win32',
    }),
  'the name in a link': (text) => nameFromUrl(`http://h/${text}`),
  'a link': (text) => checkNewUrl(text),
  'a link for the log': redactUrl,
  'a field': (text) => headerValue([['a', text]], 'a'),
  'the tokens of a field': (text) => headerTokens([['a', text]], 'a'),
  'Content-Range': (text) => [parseContentRange(text), statedTotal(text)],
  'Retry-After': (text) => parseRetryAfter(text, 0),
  'a date': (text) => parseHttpDate(text, 0),
  'Content-Type': mediaType,
  'WWW-Authenticate': (text) => parseChallenges([text]),
  Digest: (text) =>
    checksumsFromHeaders(
      [
        ['digest', text],
        ['repr-digest', text],
        ['content-md5', text],
      ],
      'whole',
    ),
  'a checksum': parseChecksum,
  'a list of checksums': (text) => checksumInList(text, 'x'),
  'a response head': (text) => parseResponseHead(`HTTP/1.1 200 OK\r\na: ${text}\r\n b\r\n\r\n`),
  '.netrc': (text) => findNetrcLogin(text, 'h'),
  'cookies.txt': parseNetscapeCookies,
};

/** Time of this thread's own on the processor: what else runs on the machine does not count. */
function msFor(read: Reader, text: string): number {
  const before = process.threadCpuUsage();
  try {
    read(text);
  } catch {
    // Refusing it is fine, and must not take long either.
  }
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** A collection of garbage only makes a run longer: the shortest of several tells. */
function shortestMs(read: Reader, text: string): number {
  return Math.min(...Array.from({ length: 3 }, () => msFor(read, text)));
}

function textOf([start, unit, end]: readonly [start: string, unit: string, end: string], chars: number): string {
  return start + unit.repeat(Math.ceil(chars / unit.length)) + end;
}

describe('F100 readers take linear time', () => {
  test.each(Object.entries(readers))('%s', { timeout: 120_000 }, (_name, read) => {
    const slow: string[] = [];
    for (const start of starts) {
      for (const unit of units) {
        for (const end of ends) {
          const long = textOf([start, unit, end], length * factor);
          if (msFor(read, long) < floorMs || shortestMs(read, long) < floorMs) continue;
          const ratio = (): number => shortestMs(read, long) / shortestMs(read, textOf([start, unit, end], length));
          const seen = Math.min(ratio(), ratio());
          if (seen > most) slow.push(`${JSON.stringify([start, unit, end])}: ${seen.toFixed(1)}`);
        }
      }
    }
    expect(slow).toEqual([]);
  });
});

test('F100 a pattern that is tied to the end alone would be noticed', { timeout: 120_000 }, () => {
  const quadratic = (text: string): string => text.replace(/[\s.]+$/, '');
  const long = textOf(['', '. ', 'x'], length * factor);
  expect(shortestMs(quadratic, long)).toBeGreaterThan(floorMs);
  expect(shortestMs(quadratic, long) / shortestMs(quadratic, textOf(['', '. ', 'x'], length))).toBeGreaterThan(most);
});
