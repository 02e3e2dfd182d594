import { resolve, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { journalName, numberedName, partialName } from '../../../src/plan/names/file-names.ts';
import { type Platform, sanitizeFileName } from '../../../src/plan/names/sanitize.ts';

const platforms: readonly Platform[] = ['linux', 'darwin', 'win32'];

/** What an attacker puts into names: every kind of char that has a meaning somewhere, and plain ones between. */
const pathPieces = ['/', '\\', '..', '.', '...', '~', '%2F', '%00'];
const blanks = [' ', '\u00a0', '\u3000', '\0', '\n', '\r\n', '\t', '\u007f', '\u0085', '\u009f', '\u2028'];
const invisible = [
  '\u202e',
  '\u2066',
  '\u200f',
  '\u061c',
  '\ufeff',
  '\u200b',
  '\u{e0041}',
  '\ud800',
  '\udc00',
  '\ufe0f',
  '\u{e0100}',
  '\u034f',
  '\u180b',
  '\u{1d173}',
  '\ufdd0',
  '\u{e01ef}\ufe00',
];
const windowsPieces = [
  '<',
  '>',
  ':',
  '"',
  '|',
  '?',
  '*',
  'CON',
  'nul',
  'COM1',
  'COM0',
  'LPT0.',
  'CLOCK$',
  'com\u00b2 ',
  'lpt\u00b9',
  'CONIN$',
  'aux.',
  '.{00-ff}',
];
const endings = [
  '.lnk',
  '.desktop',
  '.URL',
  '.scf',
  '.local',
  '.tar.gz',
  '.sluice',
  '.sluice-journal',
  '.sluice-kept',
  '.sluice-kept-7',
  '.exe',
  '.',
];
const wholeNames = ['desktop.ini', 'Thumbs.db', 'autorun.inf'];
const plain = ['a', 'b.c', '名', 'é', 'e\u0301', '\u{1f600}', '-', "'", 'x'.repeat(120), '名'.repeat(80)];
const nastyPieces = [...pathPieces, ...blanks, ...invisible, ...windowsPieces, ...endings, ...wholeNames, ...plain];
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.array(fc.constantFrom(...nastyPieces), { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc
    .tuple(fc.integer({ min: 200, max: 260 }), fc.constantFrom(...nastyPieces))
    .map(([length, end]) => 'n'.repeat(length) + end),
);
const platform = fc.constantFrom(...platforms);

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

function check(holds: (name: string, on: Platform) => void): void {
  fc.assert(
    fc.property(nasty, platform, (from, on) => {
      holds(sanitizeFileName(from, on), on);
    }),
    { numRuns: 2000 },
  );
}

describe('F61 every name is safe, whatever it came from', () => {
  test('it is a direct child of its folder, not the folder and not its parent', () => {
    check((name) => {
      expect(name).not.toBe('');
      expect(name).not.toMatch(/[/\\]/);
      expect(name).not.toMatch(/^\.\.?$/);
      const folder = resolve('/downloads/here');
      expect(resolve(folder, name)).toBe(folder + sep + name);
    });
  });

  test('it holds no control, no bidirectional or invisible char, and is well-formed', () => {
    check((name) => {
      expect(name).not.toMatch(/\p{Cc}/u);
      expect(name).not.toMatch(/[\u061c\u200b-\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff]/);
      expect(name).not.toMatch(/[\u034f\u180b-\u180f\ufdd0-\ufdef\u{1d173}-\u{1d17a}\u{e0000}-\u{e00ff}]/u);
      expect(name).not.toMatch(/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{2}|[\w.]\ufe0f/u);
      expect(name.isWellFormed()).toBe(true);
    });
  });

  test('it leaves room for the partial, its journal and a number', () => {
    check((name, on) => {
      const longest = Math.max(
        ...[partialName, journalName].map((suffixed) => utf8Length(suffixed(numberedName(name, 99)))),
      );
      expect(longest).toBeLessThanOrEqual(255);
      if (on === 'win32')
        expect(journalName(numberedName(name, 99)).length + ':Zone.Identifier'.length).toBeLessThanOrEqual(255);
    });
  });

  test('it neither starts with a dot nor starts or ends with a space', () => {
    check((name) => {
      expect(name).not.toMatch(/^[\s.]/);
      expect(name).not.toMatch(/\s$/);
    });
  });

  test('it is nothing that a desktop acts upon by showing it, and nothing of ours', () => {
    check((name) => {
      expect(name).not.toMatch(/\.(?:lnk|local|scf|url|desktop|sluice|sluice-journal|sluice-kept(?:-\d+)?)$/i);
      expect(name).not.toMatch(/^(?:desktop\.ini|thumbs\.db|autorun\.inf)$/i);
    });
  });

  test('on Windows it avoids forbidden chars, devices, and a dot at the end', () => {
    check((name, on) => {
      if (on !== 'win32') return;
      expect(name).not.toMatch(/[<>:"|?*]/);
      expect(name).not.toMatch(/[. ]$/);
      const base = (name.split('.', 1)[0] ?? '').trimEnd().toUpperCase();
      expect(base).not.toMatch(/^(?:CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9\u00b9\u00b2\u00b3])$/);
    });
  });

  test('it is safe already: doing it again changes nothing', () => {
    check((name, on) => expect(sanitizeFileName(name, on)).toBe(name));
  });

  test('a number keeps it safe', () => {
    fc.assert(
      fc.property(nasty, platform, fc.integer({ min: 1, max: 99 }), (from, on, count) => {
        const numbered = numberedName(sanitizeFileName(from, on), count);
        expect(numbered).not.toMatch(/[/\\]|\p{Cc}|^\./u);
        if (on === 'win32') expect(numbered).not.toMatch(/[<>:"|?*]|[. ]$/);
      }),
    );
  });
});

test('ordinary names are left alone on every platform', () => {
  const ordinary = fc.stringMatching(
    /^[A-Za-z0-9][A-Za-z0-9 ,()[\]+=@#&!~'_-]{0,60}[A-Za-z0-9]\.(?:zip|tar\.gz|mp4|iso)$/,
  );
  fc.assert(
    fc.property(ordinary, platform, (name, on) => {
      fc.pre(!/^(?:con|prn|aux|nul|com\d|lpt\d) *\./i.test(name));
      expect(sanitizeFileName(name, on)).toBe(name);
    }),
  );
});

test.each<readonly [from: string, linux: string, win32: string]>([
  ['', 'download', 'download'],
  ['   ', 'download', 'download'],
  ['..', 'download', 'download'],
  ['. . .', 'download', 'download'],
  ['../../etc/passwd', '__.._etc_passwd', '__.._etc_passwd'],
  ['..\\..\\boot.ini', '__.._boot.ini', '__.._boot.ini'],
  ['.bashrc', '_bashrc', '_bashrc'],
  ['a\0b', 'a_b', 'a_b'],
  ['a\nb', 'a b', 'a b'],
  ['photo\u202egpj.exe', 'photogpj.exe', 'photogpj.exe'],
  ['\u202e..', 'download', 'download'],
  ['C:evil.exe', 'C:evil.exe', 'C_evil.exe'],
  ['file.txt:stream', 'file.txt:stream', 'file.txt_stream'],
  ['what? "this" <is> | it*', 'what? "this" <is> | it*', 'what_ _this_ _is_ _ it_'],
  ['con', 'con', '_con'],
  ['CON.tar.gz', 'CON.tar.gz', '_CON.tar.gz'],
  ['nul .txt', 'nul .txt', '_nul .txt'],
  ['COM\u00b9.log', 'COM\u00b9.log', '_COM\u00b9.log'],
  ['CLOCK$', 'CLOCK$', '_CLOCK$'],
  ['clock$.txt', 'clock$.txt', '_clock$.txt'],
  ['COM0', 'COM0', '_COM0'],
  ['lpt0 .pdf', 'lpt0 .pdf', '_lpt0 .pdf'],
  ['LPT\u00b3. ', 'LPT\u00b3.', '_LPT\u00b3'],
  ['com\u200b1.txt', 'com1.txt', '_com1.txt'],
  ['C\u{e0041}ON', 'CON', '_CON'],
  ['clock.txt', 'clock.txt', 'clock.txt'],
  ['COM00', 'COM00', 'COM00'],
  ['a.ex\ufe0fe', 'a.exe', 'a.exe'],
  ['\u2764\ufe0f.png', '\u2764\ufe0f.png', '\u2764\ufe0f.png'],
  ['\u{1f600}\ufe0f\u{e0101}\u{e0101}.png', '\u{1f600}\ufe0f.png', '\u{1f600}\ufe0f.png'],
  ['\u845b\u{e0100}.txt', '\u845b\u{e0100}.txt', '\u845b\u{e0100}.txt'],
  ['console.log', 'console.log', 'console.log'],
  ['COM10', 'COM10', 'COM10'],
  ['etc.', 'etc.', 'etc'],
  ['etc. . ', 'etc. .', 'etc'],
  ['invoice.pdf.lnk', 'invoice.pdf.lnk.download', 'invoice.pdf.lnk.download'],
  ['Desktop.INI', 'Desktop.INI.download', 'Desktop.INI.download'],
  [
    'run.{ED7BA470-8E54-465E-825C-99712043E01C}',
    'run.{ED7BA470-8E54-465E-825C-99712043E01C}.download',
    'run.{ED7BA470-8E54-465E-825C-99712043E01C}.download',
  ],
  ['film.mkv.sluice', 'film.mkv.sluice.download', 'film.mkv.sluice.download'],
  ['film.mkv.sluice-kept', 'film.mkv.sluice-kept.download', 'film.mkv.sluice-kept.download'],
  ['film.mkv.Sluice-kept-2', 'film.mkv.Sluice-kept-2.download', 'film.mkv.Sluice-kept-2.download'],
  ['FILM.MKV.SLUICE', 'FILM.MKV.SLUICE.download', 'FILM.MKV.SLUICE.download'],
  ['film.mkv.Sluice-Journal', 'film.mkv.Sluice-Journal.download', 'film.mkv.Sluice-Journal.download'],
  ['dark.theme', 'dark.theme.download', 'dark.theme.download'],
  ['x.searchConnector-ms', 'x.searchConnector-ms.download', 'x.searchConnector-ms.download'],
  ['\u3164\u2800\u115f', 'download', 'download'],
  ['lone\ud800', 'lone\ufffd', 'lone\ufffd'],
  ['<img src=x onerror=alert(1)>.png', '<img src=x onerror=alert(1)>.png', '_img src=x onerror=alert(1)_.png'],
])('F61 %j', (from, linux, win32) => {
  expect(sanitizeFileName(from, 'linux')).toBe(linux);
  expect(sanitizeFileName(from, 'win32')).toBe(win32);
});

test('F61 on macOS a colon is no part of a name', () => {
  expect(sanitizeFileName('a:b', 'darwin')).toBe('a_b');
});

describe('names that are too long', () => {
  test('keep their extension, double ones too', () => {
    expect(sanitizeFileName(`${'x'.repeat(400)}.tar.gz`, 'linux')).toBe(`${'x'.repeat(228)}.tar.gz`);
    expect(sanitizeFileName(`${'名'.repeat(400)}.mp4`, 'linux')).toBe(`${'名'.repeat(77)}.mp4`);
  });

  test('are cut between code points', () => {
    expect(sanitizeFileName('\u{1f600}'.repeat(100), 'linux')).toBe('\u{1f600}'.repeat(58));
  });

  test('lose an ending that is no extension', () => {
    expect(sanitizeFileName(`a.${'x'.repeat(400)}`, 'linux')).toBe(`a.${'x'.repeat(233)}`);
  });
});
