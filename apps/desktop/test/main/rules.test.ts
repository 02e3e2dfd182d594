/** The small rules of the desktop: what may run, what may be opened outside, where the window opens, how it closes. */
import { describe, expect, test } from 'vitest';
import { closeAction } from '../../src/main/window/close-policy.ts';
import { type DesktopSystem, dangerousTypes } from '../../src/main/files/dangerous-types.ts';
import { canRun } from '../../src/main/files/executables.ts';
import { notificationBody, notificationTitle } from '../../src/main/notifications/notification-text.ts';
import { isExternalAddress } from '../../src/main/files/external-address.ts';
import { waitingDownloads } from '../../src/main/lifecycle/waiting-downloads.ts';
import { defaultSize, isReachable, openingBounds, smallestSize } from '../../src/main/window/window-bounds.ts';
import { downloadView } from '../download-view.ts';

const plain = 0o100644;

function bytes(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values);
}

describe('a file that can run', () => {
  test.for([
    'setup.exe',
    'Setup.EXE',
    'a.msi',
    'run.sh',
    'x.AppImage',
    'y.desktop',
    'z.dmg',
    'evil.pdf.scr',
    'x.exe.',
    'x.bat ',
    'a.jar',
    'page.url',
  ])('%s is one by its name', (name) => {
    expect(canRun({ name, mode: plain, head: bytes(0) })).toBe(true);
  });

  test.for([
    'a.application',
    'a.appref-ms',
    'a.settingcontent-ms',
    'a.msc',
    'a.library-ms',
    'a.search-ms',
    'a.searchConnector-ms',

    'a.chm',
    'a.iso',
    'a.img',
    'a.vhd',
    'a.vhdx',
    'a.mobileconfig',
    'a.webloc',
    'a.inetloc',
    'a.fileloc',
    'a.terminal',

    'a.docm',
    'a.xlsm',
    'a.pptm',
    'a.xll',
    'a.slk',
    'a.iqy',
    'a.py',
    'a.pl',
    'a.rb',
    'a.lua',
    'a.ps1',
    'a.psm1',
    'a.vbs',

    'a.deb',
    'a.rpm',
    'a.snap',
    'a.flatpakref',
    'a.flatpakrepo',
    'a.service',
    'a.rdp',
    'a.diagcab',
    'a.wsb',
    'a.theme',

    'a.xpi',
    'a.crx',
    'a.apk',
    'a.vsix',
    'a.swf',
    'a.xip',
    'a.scptd',
    'a.prefPane',
    'a.jnlp',
    'a.hta',
    'a.reg',
    'a.cer',

    'a.{ED7BA470-8E54-465E-825C-99712043E01C}',
    'Autorun.INF',
    'desktop.ini',
    'x.exe::$DATA',
    'x.exe:y',
    'x.exe. . .',

    'holiday.jpg.exe',
    'photo\u202egpj.exe',
    'x.ex\u200be',
    'x.exe\u200b',
    'x.exe\u00a0',
    'x.e\u{e0041}xe',
    '.exe',
    '.bashrc.sh',
  ])('%s acts when it is opened', (name) => {
    expect(canRun({ name, mode: plain, head: bytes(0) })).toBe(true);
  });

  /** What a system itself acts upon. */
  function endingsOn(system: DesktopSystem): ReadonlySet<string> {
    const rows = dangerousTypes.filter(({ on }) => on.includes(system));
    return new Set(rows.flatMap(({ endings }) => endings.split(' ')));
  }

  test('the table names each ending once a row, in small letters, and what each system itself acts upon', () => {
    for (const { endings, on } of dangerousTypes) {
      const all = endings.split(' ');
      expect([new Set(all).size, on.length > 0, endings]).toEqual([all.length, true, endings.toLowerCase()]);
      for (const ending of all) expect(ending).toMatch(/^[a-z0-9-]+$/);
    }
    expect(['exe', 'msc', 'appref-ms', 'iso'].every((one) => endingsOn('win32').has(one))).toBe(true);
    expect(['dmg', 'mobileconfig', 'webloc', 'command'].every((one) => endingsOn('darwin').has(one))).toBe(true);
    expect(['desktop', 'appimage', 'flatpakref', 'sh'].every((one) => endingsOn('linux').has(one))).toBe(true);
    expect(endingsOn('linux').has('msc')).toBe(false);
  });

  test('a name of 64 KiB of dots and blanks is judged by its end', () => {
    expect(canRun({ name: `${'. '.repeat(32_768)}x`, mode: plain, head: bytes(0) })).toBe(false);
    expect(canRun({ name: `x.exe${'. '.repeat(32_768)}`, mode: plain, head: bytes(0) })).toBe(true);
  });

  test.for([
    'film.mkv',
    'stream.ts',
    'song.mp3',
    'page.html',
    'table.csv',
    'data.json',
    'book.epub',
    'letter.docx',
    'disk.exe.zip',
    'paper.pdf',
    'archive.tar.gz',
    'photo.jpeg',
    'README',
    'exe',
    'shell.txt',
  ])('%s is not', (name) => {
    expect(canRun({ name, mode: plain, head: bytes(0x25, 0x50, 0x44, 0x46) })).toBe(false);
  });

  test.for([
    ['ELF', bytes(0x7f, 0x45, 0x4c, 0x46)],
    ['Windows', bytes(0x4d, 0x5a, 0x90, 0)],
    ['a script', bytes(0x23, 0x21, 0x2f, 0x62)],
    ['Mach-O', bytes(0xcf, 0xfa, 0xed, 0xfe)],
  ] as const)('is one by its first bytes: %s', ([, head]) => {
    expect(canRun({ name: 'harmless', mode: plain, head })).toBe(true);
  });

  test('is one by its mode', () => {
    expect(canRun({ name: 'harmless', mode: 0o100755, head: bytes() })).toBe(true);
  });
});

describe('the text of a notification', () => {
  test.for([
    ['a & b <b>x</b>.zip', 'a &amp; b &lt;b&gt;x&lt;/b&gt;.zip'],
    ['<a href="http://evil.test">click</a>', '&lt;a href="http://evil.test"&gt;click&lt;/a&gt;'],
    ['&lt;', '&amp;lt;'],
    ['photo\u202egpj.exe\u0007', 'photogpj.exe'],
    [Array.from({ length: 50 }, (_, line) => line).join('\r\n'), '0\n1\n2\n3\n4'],
  ] as const)('%j on Linux is %j', ([text, shown]) => {
    expect(notificationBody(text, 'linux')).toBe(shown);
  });

  test('is as it was elsewhere, and has an end', () => {
    expect(notificationBody('a & <b>', 'darwin')).toBe('a & <b>');
    expect(notificationTitle('a\nb')).toBe('a b');
    expect(notificationTitle('x'.repeat(5000))).toHaveLength(120);
    expect(notificationBody('\u{1f600}'.repeat(5000), 'win32').length).toBeLessThanOrEqual(500);
    // An escape is never cut.
    expect(notificationBody('&'.repeat(5000), 'linux')).toBe(`${'&amp;'.repeat(499)}…`);
    expect(notificationBody('\u{1f600}'.repeat(5000), 'linux').isWellFormed()).toBe(true);
  });
});

describe('an address for the browser', () => {
  test.for(['https://example.test/', 'http://example.test:8080/x?y'])('%s is one', (address) => {
    expect(isExternalAddress(address)).toBe(true);
  });

  test.for([
    'file:///etc/passwd',
    'vbscript:x',
    'ms-settings:',
    'smb://host/x',
    'sluice://app/',
    'mailto:a@b.test',
    '',
    '//x',
  ])('%j is not', (address) => {
    expect(isExternalAddress(address)).toBe(false);
  });
});

describe('the place of the window', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 };
  const second = { x: 1920, y: -200, width: 1280, height: 1024 };

  test.for([
    [{ x: 100, y: 100, width: 800, height: 600 }, [screen], true],
    [{ x: 2000, y: 0, width: 800, height: 600 }, [screen, second], true],
    [{ x: 2000, y: 0, width: 800, height: 600 }, [screen], false],
    [{ x: 1900, y: 100, width: 800, height: 600 }, [screen], false],
    [{ x: -790, y: 100, width: 800, height: 600 }, [screen], false],
    [{ x: 100, y: -300, width: 800, height: 600 }, [screen], false],
    [{ x: 100, y: 1070, width: 800, height: 600 }, [screen], false],
    [{ x: 100, y: 100, width: 800, height: 600 }, [], false],
  ] as const)('%j on %j can be reached: %s', ([bounds, areas, reachable]) => {
    expect(isReachable(bounds, areas)).toBe(reachable);
    expect(openingBounds(bounds, areas)).toEqual(reachable ? bounds : defaultSize);
  });

  test('is the default the first time, and never too small to use', () => {
    expect(openingBounds(null, [screen])).toEqual(defaultSize);
    expect(openingBounds({ x: 5, y: 5, width: 120, height: 50 }, [screen])).toEqual({ x: 5, y: 5, ...smallestSize });
  });
});

test.for([
  [{ keepRunning: true, trayHost: true }, 'hide'],
  [{ keepRunning: true, trayHost: false }, 'minimize'],
  [{ keepRunning: false, trayHost: true }, 'quit'],
  [{ keepRunning: false, trayHost: false }, 'quit'],
] as const)('closing the window with %j: %s', ([given, action]) => {
  expect(closeAction(given)).toBe(action);
});

test('what waits for its next try is picked up after a sleep, and nothing else', () => {
  const list = [
    downloadView({ id: 'a', state: { kind: 'waiting', error: { code: 'unreachable' }, retryAtMs: 9, attempt: 2 } }),
    downloadView({ id: 'b', state: { kind: 'paused' } }),
    downloadView({ id: 'c', state: { kind: 'failed', error: { code: 'http-gone' } } }),
  ];
  expect(waitingDownloads(list)).toEqual(['a']);
});
