import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseFileName, type FileNameOptions } from '../../../src/plan/names/choose-file-name.ts';
import { sanitizeFileName } from '../../../src/plan/names/sanitize.ts';

function choose(options: Partial<FileNameOptions>): string {
  return chooseFileName({ url: 'https://example.com/path/file.zip', platform: 'linux', ...options });
}

describe('who decides', () => {
  const contentDisposition = 'attachment; filename="server.zip"';

  test('the user, before anyone', () => {
    expect(choose({ userName: 'mine.bin', contentDisposition })).toBe('mine.bin');
  });

  test('a blank name counts as no name', () => {
    expect(choose({ userName: '  ', contentDisposition })).toBe('server.zip');
  });

  test('the server, before the link', () => {
    expect(choose({ contentDisposition })).toBe('server.zip');
  });

  test('the link, when the server gives a name without a char in it', () => {
    expect(choose({ contentDisposition: 'attachment; filename=".."' })).toBe('file.zip');
    expect(choose({ contentDisposition: 'attachment; filename="\u202e"' })).toBe('file.zip');
    expect(choose({ contentDisposition: 'attachment; filename="///"' })).toBe('file.zip');
  });

  test('the host, when the path names nothing', () => {
    expect(choose({ url: 'https://example.com/' })).toBe('example.com');
    expect(choose({ url: 'https://example.com//', contentType: 'text/html; charset=utf-8' })).toBe('example.com.html');
    expect(choose({ url: 'http://[::1]:8080/', platform: 'win32' })).toBe('[__1]');
  });

  test('nobody: it is called download', () => {
    expect(choose({ url: 'about:blank' })).toBe('blank');
    expect(choose({ url: 'not a link' })).toBe('download');
  });
});

describe('the last segment of a link', () => {
  test.each([
    ['https://e.com/a/b.zip?x=1#y', 'b.zip'],
    ['https://e.com/a/', 'a'],
    ['https://e.com/a/b%20c.zip', 'b c.zip'],
    ['https://e.com/100%25.txt', '100%.txt'],
    ['https://e.com/50%.txt', '50%.txt'],
    ['https://e.com/%EC%98%88%EC%88%A0.jpg', '예술.jpg'],
    ['https://e.com/V%FDvojov%E1%20psychologie.doc', 'Vývojová psychologie.doc'],
    ['https://e.com/%2E%2E%2Fetc%2Fpasswd', '__etc_passwd'],
    ['https://e.com/..%5C..%5Cevil.exe', '__.._evil.exe'],
    ['https://e.com/a%00b.txt', 'a_b.txt'],
    ['https://e.com/%252Fetc', '%2Fetc'],
    ['https://e.com/a/../../b.zip', 'b.zip'],
    ['https://e.com/\u202egpj.exe', 'gpj.exe'],
  ])('F61 %s names %s', (url, name) => {
    expect(choose({ url })).toBe(name);
  });
});

describe('after a redirect', () => {
  const archive = 'https://github.com/o/r/archive/refs/tags/v1.0.tar.gz';

  test.each([
    ['https://e.com/get/file.zip', 'https://cdn.e.com/real-name.zip', 'real-name.zip'],
    ['https://e.com/get?id=1', 'https://cdn.e.com/real-name.zip', 'real-name.zip'],
    [archive, 'https://codeload.github.com/o/r/tar.gz/refs/tags/v1.0', 'v1.0.tar.gz'],
    ['https://e.com/film.mkv', 'https://cdn.e.com/9f86d081884c7d65', 'film.mkv'],
    ['https://e.com/film.mkv', 'https://e.com/serve.php?f=1', 'film.mkv'],
    ['https://e.com/film.mkv', 'https://cdn.e.com/', 'film.mkv'],
    ['https://e.com/latest', 'https://cdn.e.com/9f86d081884c7d65', '9f86d081884c7d65'],
  ])('%s to %s is %s', (url, finalUrl, name) => {
    expect(choose({ url, finalUrl })).toBe(name);
  });
});

describe('a missing extension', () => {
  test.each([
    ['https://e.com/report', 'application/pdf', 'report.pdf'],
    ['https://e.com/report', 'application/octet-stream', 'report'],
    ['https://e.com/LICENSE', 'text/plain; charset=utf-8', 'LICENSE'],
    ['https://e.com/v2.1', 'application/zip', 'v2.1.zip'],
    ['https://e.com/photo.png', 'image/webp', 'photo.png'],
    ['https://e.com/get.php', 'application/zip', 'get.zip'],
    ['https://e.com/index.php', 'text/html', 'index.php'],
    ['https://e.com/setup.tar.gz', 'application/zip', 'setup.tar.gz'],
  ])('%s with %s is %s', (url, contentType, name) => {
    expect(choose({ url, contentType })).toBe(name);
  });

  test('is not added to what a server or a person said', () => {
    expect(choose({ contentDisposition: 'attachment; filename=report', contentType: 'application/pdf' })).toBe(
      'report',
    );
    expect(choose({ userName: 'report', contentType: 'application/pdf' })).toBe('report');
  });
});

test.each([
  ['attachment; filename="../../etc/passwd"', 'passwd'],
  ['attachment; filename="/etc/cron.d/evil"', 'evil'],
  ['attachment; filename="C:\\\\Windows\\\\evil.exe"', 'evil.exe'],
  ["attachment; filename*=UTF-8''..%2F..%2Fevil.sh", 'evil.sh'],
  ['attachment; filename="dir/"', 'dir'],
])('F61 a path in %s is not followed', (contentDisposition, name) => {
  expect(choose({ contentDisposition })).toBe(name);
});

test('F61 whatever the sources say, the name is a sanitised one', () => {
  const text = fc.option(fc.string({ unit: 'binary', maxLength: 80 }), { nil: null });
  const latin1 = fc.option(
    fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 80 }).map((codes) => {
      const value = String.fromCharCode(...codes);
      return `attachment; filename="${value}`;
    }),
    { nil: null },
  );
  fc.assert(
    fc.property(
      fc.webUrl({ withQueryParameters: true }),
      text,
      latin1,
      text,
      fc.constantFrom('linux', 'darwin', 'win32'),
      (url, finalUrl, contentDisposition, userName, platform) => {
        const name = chooseFileName({ url, finalUrl, contentDisposition, userName, platform });
        expect(name).toBe(sanitizeFileName(name, platform));
      },
    ),
    { numRuns: 1000 },
  );
});
