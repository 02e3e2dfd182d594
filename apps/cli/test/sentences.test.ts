/** That every error has a sentence a person can act on, and that nothing from outside can steer the terminal. */
import { errorCodes } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import type { UsageError } from '../src/arguments/usage-error.ts';
import { explainUsageError } from '../src/explain-usage-error.ts';
import { explain, explainNotice, quote, whatHappened } from '../src/sentences.ts';

const usageErrors: readonly UsageError[] = [
  { kind: 'no-link' },
  { kind: 'no-command', link: 'https://example.com/a?b' },
  { kind: 'one-name-several-links', links: 3 },
  { kind: 'name-empty' },
  { kind: 'name-has-path', folder: 'sub', name: 'file' },
  { kind: 'connections', text: 'many' },
  { kind: 'retries', text: '-1' },
  { kind: 'tries', text: 'many' },
  { kind: 'rate', option: '--limit-rate', text: 'fast' },
  { kind: 'number', option: '--max-concurrent-downloads', text: 'many', least: 1, most: 64 },
  { kind: 'pattern-range', range: '[9-1]' },
  { kind: 'too-many-links', most: 100_000 },
  { kind: 'checksum' },
  { kind: 'yes-or-no', option: '--continue', text: 'maybe' },
  { kind: 'always-continues' },
  { kind: 'list-unreadable', path: 'gone.txt' },
  { kind: 'list-option', name: 'colour', line: 3, known: ['out', 'dir'] },
  { kind: 'header', text: 'nonsense' },
  { kind: 'request', option: '--proxy' },
  { kind: 'request', option: '--cookie' },
  { kind: 'file-unreadable', option: '--key', path: 'gone.pem' },
  { kind: 'goes-with', option: '--key', other: '--certificate' },
  { kind: 'either-or', one: '--ipv4', other: '--ipv6' },
  { kind: 'main-stays' },
  { kind: 'none-selected', command: 'pause' },
  { kind: 'all-and-some' },
  { kind: 'state', text: 'bored', known: ['queued'] },
  { kind: 'no-such-download', word: 'gone.iso' },
  { kind: 'several-downloads', word: 'a', ids: ['a1', 'a2', 'a3', 'a4'] },
  { kind: 'seconds', option: '--timeout', text: 'soon', least: 0.1, most: 3600 },
  { kind: 'nothing-to-set' },
  { kind: 'queue-name', text: '' },
  { kind: 'no-such-queue', word: 'Night', known: ['Main'] },
  { kind: 'schedule', text: 'at night' },
  { kind: 'no-cache', folder: '/x' },
  { kind: 'no-cached-named' },
  { kind: 'not-cached', word: 'http://nowhere/a' },
  { kind: 'duration', text: 'long' },
  { kind: 'size', option: '--max-size', text: 'big' },
  { kind: 'setting-name', text: 'colour', known: ['theme'] },
  { kind: 'setting-value', name: 'theme', text: 'blue', accepted: 'system, light, dark' },
  { kind: 'port', text: '99999' },
  { kind: 'ui-missing', folder: '/x', given: true },
  { kind: 'ui-missing', folder: '/x', given: false },
];

describe('explain', () => {
  test.each(errorCodes)('%s: what happened, the code, the next step', (code) => {
    const what = whatHappened({ code });
    expect(what).toMatch(/^[A-Z].{9,90}[^.]$/);
    expect(explain({ code })).toMatch(/\]\. [A-Z].+/);
    expect(explain({ code })).toBe(explain({ code, facts: {} }));
    expect(explain({ code }).startsWith(`${what} [${code}].`)).toBe(true);
    expect(explain({ code })).not.toMatch(/undefined|\[object|NaN/);
  });

  test('says how much room is missing', () => {
    expect(explain({ code: 'disk-full', facts: { missingBytes: 3 * 1024 ** 3 } })).toContain('3.0 GiB more are needed');
  });

  test.each([
    ['http-not-found', { status: 404 }, '(404)'],
    ['http-unauthorized', { status: 401, login: 'refused' }, 'does not accept this user name or password (401)'],
    ['file-access-denied', { folder: '/root/x' }, ': /root/x'],
    ['port-in-use', { port: 8080 }, ': 8080'],
    ['host-busy', { path: '/data' }, ': /data'],
    ['name-invalid', { name: 'CON' }, ': CON'],
    ['http-forbidden', { status: 451 }, 'legal reasons (451)'],
  ] as const)('%s names what it is about', (code, facts, expected) => {
    expect(whatHappened({ code, facts })).toContain(expected);
  });

  test.each(errorCodes)('%s advises no option that may have been given already', (code) => {
    expect(explain({ code })).not.toMatch(/-[cj] 1\b|--on-changed (?:new|keep|beside)/);
  });

  test('F72 a page in place of the rest is not to be accepted in its place', () => {
    const first = explain({ code: 'page-instead-of-file', facts: { status: 200 } });
    const later = explain({ code: 'page-instead-of-file', facts: { status: 200, comes: 'later' } });
    expect(first).toContain('--accept-page');
    expect(later).toContain('instead of the rest of the file');
    expect(later).not.toContain('--accept-page');
  });

  test('what may not be given out is not asked for with a login', () => {
    expect(explain({ code: 'http-forbidden', facts: { status: 403 } })).toContain('--user');
    expect(explain({ code: 'http-forbidden', facts: { status: 451 } })).not.toContain('--user');
  });

  test('F68 a file whose owner cannot be asked is not said to be held by a program here', () => {
    const alive = explain({ code: 'file-busy', facts: { owner: 'alive', path: '/x' } });
    const unknown = explain({ code: 'file-busy', facts: { owner: 'unknown', path: '/x' } });
    expect(alive).toContain('close that');
    expect(unknown).toContain('Another machine or container');
  });

  test('F73 F74 what cannot have arrived is not said to be kept', () => {
    for (const code of ['range-mismatch', 'range-not-satisfiable', 'resume-unproved'] as const) {
      expect(explain({ code })).not.toMatch(/shorter than what|old part|-c 1/);
    }
  });

  test('facts cannot steer the terminal', () => {
    const text = explain({ code: 'file-exists', facts: { name: 'a\u001B[2Jb\nc\u202Ed\u0007' } });
    for (const character of ['\u001B', '\n', '\u202E', '\u0007']) expect(text).not.toContain(character);
    expect(text).toContain('ab');
  });

  test('the detail is for the log, except where there is nothing better', () => {
    expect(explain({ code: 'stalled', detail: 'secret-ish' })).not.toContain('secret-ish');
    expect(explain({ code: 'internal', detail: 'x is not a function' })).toContain('x is not a function');
  });
});

describe('explainUsageError', () => {
  test.each(usageErrors)('$kind: says how to put it right', (usageError) => {
    expect(explainUsageError(usageError)).toMatch(/^.{30,220}$/);
  });

  test('a name with folders is answered with the words to type', () => {
    expect(explainUsageError({ kind: 'name-has-path', folder: 'my files/sub', name: 'a b' })).toContain(
      "-d 'my files/sub' -o 'a b'",
    );
  });

  test('the value of a header is not repeated', () => {
    expect(explainUsageError({ kind: 'header', text: 'Bad Name: sesame' })).not.toContain('sesame');
  });
});

describe('explainNotice', () => {
  test.each([
    [true, ['/data/x.broken'], /could not be read, so its last good backup is in use\. .* kept: \/data\/x\.broken\.$/],
    [false, ['/data/x.broken'], /could not be read, so a new one was started\. .* kept too: sluice adopt FOLDER/],
    [true, [], /was gone, so its last good backup is in use\.$/],
  ])('from the backup: %s, set aside: %j', (restoredFromBackup, setAsidePaths, expected) => {
    expect(explainNotice({ kind: 'database-recovered', setAsidePaths, restoredFromBackup })).toMatch(expected);
  });

  test('F122 how old the backup is says what is lost', () => {
    const copiedAtMs = new Date(2026, 10, 30, 2, 30).getTime();
    const notice = { kind: 'database-recovered', setAsidePaths: [], restoredFromBackup: true, copiedAtMs } as const;
    expect(explainNotice(notice)).toMatch(/since 2026-11-30 02:30:00 is lost\. .* sluice adopt FOLDER/);
  });

  test('F122 single entries are named', () => {
    const many = Array.from({ length: 12 }, (_, index) => `f${index}`);
    const text = explainNotice({ kind: 'records-recovered', restored: ['a b', 'settings'], lost: many });
    expect(text).toMatch(/the last good backup: 'a b', settings\. .* lost: f0, .*, f9 and 2 more\. .* sluice adopt/);
    expect(explainNotice({ kind: 'records-recovered', restored: ['a'], lost: [] })).not.toMatch(/lost|adopt/);
  });
});

describe('quote', () => {
  test.each([
    ['plain-1.iso', 'plain-1.iso'],
    ['two words', "'two words'"],
    ["it's", "'it'\\''s'"],
    ['$(rm -rf)', "'$(rm -rf)'"],
    ['', "''"],
  ])('%s', (text, quoted) => {
    expect(quote(text)).toBe(quoted);
  });
});
