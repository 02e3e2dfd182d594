/** What is recognised, and what is made of it, format by format. */
import { describe, expect, it } from 'vitest';
import { readLinks } from '../src/read-links.ts';
import { corpus } from './corpus.ts';

function downloads(text: string | Uint8Array, fileName = '') {
  return readLinks(text, fileName).entries.map(({ download }) => download);
}

describe('readLinks', () => {
  it.each(Object.entries(corpus))('recognises %s by what is in it', (_, { text, format }) => {
    const read = readLinks(text);
    expect(read.format).toBe(format);
    expect(read.entries.length).toBeGreaterThan(0);
  });

  it('reads Metalink 4: files, mirrors by priority, the strongest hash, sizes', () => {
    const [iso, other] = readLinks(corpus.metalink4.text).entries;
    expect(iso).toMatchObject({
      sizeBytes: 14_471_447,
      download: {
        url: 'https://first.example/example.iso?a=1&b=2',
        name: 'example.iso',
        checksum: `sha-256=${'ab'.repeat(32)}`,
        request: { mirrors: ['ftp://second.example/example.iso', 'http://last.example/example.iso'] },
      },
    });
    expect(other?.download).toEqual({ url: 'https://first.example/notes.txt', name: 'notes.txt' });
    expect(readLinks(corpus.metalink4.text).unread).toMatchObject([{ problem: { kind: 'left-out', name: 'metaurl' } }]);
  });

  it('reads Metalink 3: mirrors by preference, its torrent flagged', () => {
    expect(downloads(corpus.metalink3.text)).toEqual([
      {
        url: 'http://best.example/a.bin',
        name: 'a.bin',
        checksum: `md5=${'cd'.repeat(16)}`,
        request: { mirrors: ['http://worse.example/a.bin'] },
      },
    ]);
  });

  it('takes nothing of a DTD and knows no entity that one declares', () => {
    const text = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "https://evil.example/">]>
      <metalink xmlns="urn:ietf:params:xml:ns:metalink"><file name="x"><url>&a;</url></file></metalink>`;
    expect(downloads(text)).toEqual([]);
  });

  it('says that a Metalink ends too early, and keeps the files that are whole', () => {
    const text = corpus.metalink4.text.slice(0, corpus.metalink4.text.indexOf('notes.txt]]'));
    const read = readLinks(text);
    expect(read.entries).toHaveLength(1);
    expect(read.unread.at(-1)?.problem).toEqual({ kind: 'damaged' });
  });

  it('reads a HAR: answers with their facts and how they were asked for, redirects and sockets passed over', () => {
    const read = readLinks(corpus.har.text, 'net.har');
    expect(read.entries).toEqual([
      {
        line: 1,
        sizeBytes: 5000,
        contentType: 'application/zip',
        status: 200,
        download: {
          url: 'https://a.example/file.zip',
          headers: { Accept: '*/*', Authorization: 'Bearer t' },
          request: { cookies: 'sid=1; b=2', referer: 'https://a.example/', userAgent: 'Moz' },
        },
      },
      {
        line: 3,
        sizeBytes: 7,
        contentType: 'text/plain',
        status: 200,
        download: {
          url: 'https://a.example/form',
          request: { contentType: 'application/x-www-form-urlencoded', method: 'POST', body: 'a=1' },
        },
      },
    ]);
  });

  it.each(['curlBash', 'curlCmd', 'powershell'] as const)('reads %s: headers, cookies and referrer', (name) => {
    const [first] = downloads(corpus[name].text);
    expect(first).toEqual({
      url: 'https://a.example/file.zip?x=1&y=%202',
      headers: { accept: '*/*', 'x-quote': 'say "hi" it\'s' },
      request: {
        cookies: 'sid=1; theme=dark',
        referer: 'https://a.example/page',
        userAgent: 'Mozilla/5.0 (X11; Linux)',
      },
    });
  });

  it('reads a form of bash, cmd and PowerShell', () => {
    const form = {
      url: 'https://a.example/form',
      request: {
        contentType: 'application/x-www-form-urlencoded',
        method: 'POST',
        body: 'name=J\u00FCrgen&x=%20\nend!',
      },
    };
    expect(downloads(corpus.curlBash.text)[1]).toEqual(form);
    expect(downloads(corpus.curlCmd.text)[1]).toEqual(form);
    expect(downloads(corpus.powershell.text)[1]).toEqual(form);
  });

  it.each([
    ["curl -F 'a=@x' https://a.example/", 'left-out'],
    ['curl -d @secret.txt https://a.example/', 'needs-file'],
    ['curl -X PURGE https://a.example/', 'left-out'],
  ])('does not send half of a request: %s', (text, kind) => {
    const read = readLinks(text);
    expect(read.entries).toEqual([]);
    expect(read.unread[0]?.problem.kind).toBe(kind);
  });

  it('leaves out what weakens a request, by name and without its value', () => {
    const read = readLinks(
      "curl -k --proxy http://me:secret@p.example:1 --cacert /x 'https://a.example/f' -sSLo out.zip",
    );
    expect(read.entries[0]?.download).toEqual({ url: 'https://a.example/f', name: 'out.zip' });
    expect(read.unread.map(({ text }) => text)).toEqual(['-k', '--proxy', '--cacert']);
    expect(JSON.stringify(read)).not.toContain('secret');
  });

  it('reads shortcuts of Windows, macOS and Linux', () => {
    expect(downloads(corpus.url.text)).toEqual([{ url: 'https://a.example/win?x=1' }]);
    expect(downloads(corpus.webloc.text)).toEqual([{ url: 'https://a.example/mac?x=1&y=2' }]);
    expect(downloads(corpus.desktop.text)).toEqual([{ url: 'https://a.example/linux' }]);
    expect(readLinks(binaryWebloc('https://a.example/binary'), 'x.webloc')).toMatchObject({
      format: 'webloc',
      entries: [{ download: { url: 'https://a.example/binary' } }],
    });
  });

  it('reads a table by its columns, and without any by its links', () => {
    const text =
      'Title;URL;Filename;SHA256;Size\n"a ""b""\nc";https://a.example/1;../../etc/passwd;zz;12\n\n;nope;;;\n';
    const read = readLinks(text, 'list.csv');
    expect(read.entries).toMatchObject([
      { line: 2, sizeBytes: 12, download: { url: 'https://a.example/1', name: 'passwd' } },
    ]);
    expect(read.unread.map(({ line, problem }) => [line, problem.kind])).toEqual([
      [2, 'left-out'],
      [5, 'not-a-link'],
    ]);
    expect(downloads('a,https://a.example/1,https://a.example/2\r\nb,https://a.example/3', 'x.csv')).toHaveLength(3);
  });

  it('reads a session of aria2: mirrors, name, header and checksum; other options by name', () => {
    const read = readLinks(corpus.aria2.text);
    expect(read.entries[0]?.download).toEqual({
      url: 'https://a.example/1',
      name: 'one.bin',
      checksum: `sha-256=${'ab'.repeat(32)}`,
      headers: { 'X-A': 'b' },
      request: { mirrors: ['https://b.example/1'], referer: 'https://a.example/' },
    });
    expect(read.unread).toMatchObject([{ line: 4, problem: { kind: 'left-out', name: 'dir' } }]);
  });

  it('reads an export of IDM', () => {
    expect(downloads(corpus.ef2.text)).toEqual([
      { url: 'https://a.example/1.zip', request: { cookies: 'a=1', referer: 'https://a.example/', userAgent: 'Moz' } },
      { url: 'https://a.example/2.zip' },
    ]);
  });

  it('reads a page: links, srcset and players, made whole by where it was saved from', () => {
    const read = readLinks(corpus.html.text);
    expect(read.entries.map(({ download }) => download.url)).toEqual([
      'https://a.example/dir/file.zip?a=1&b=2',
      'https://cdn.example/small,1.jpg',
      'https://a.example/big.jpg',
      'https://a.example/dir/film.mp4',
    ]);
    expect(read.entries[0]?.download).toMatchObject({
      name: 'x.zip',
      request: { referer: 'https://a.example/dir/page' },
    });
    expect(readLinks('<html><a href="x.zip">x</a></html>').unread).toMatchObject([
      { line: 1, text: 'x.zip', problem: { kind: 'relative' } },
    ]);
  });

  it('takes from an export what was asked for, and nothing that is for this machine to say', () => {
    expect(downloads(corpus.sluice.text)).toEqual([
      {
        url: 'https://a.example/1',
        name: 'b.bin',
        checksum: `md5=${'cd'.repeat(16)}`,
        request: { referer: 'https://a.example/' },
      },
    ]);
  });

  it.each([
    [
      'UTF-16 with its mark',
      Uint8Array.from(Array.from('\u00FF\u00FEh-t-t-p-:-/-/-a-.-x-/-1-'.replaceAll('-', '\0'), (c) => c.charCodeAt(0))),
    ],
    ['UTF-8 with its mark', new TextEncoder().encode('\uFEFFhttp://a.x/1')],
  ])('decodes %s', (_, bytes) => {
    expect(downloads(bytes)).toEqual([{ url: 'http://a.x/1' }]);
  });

  it('decodes what Windows wrote before UTF-8', () => {
    expect(downloads(Uint8Array.from('https://a.example/gr\u00F6\u00DFe', (c) => c.charCodeAt(0)))).toEqual([
      { url: 'https://a.example/gr\u00F6\u00DFe' },
    ]);
  });

  it.each([
    ['{"log":', 'x.har', 'damaged'],
    ['[]', 'x.har', 'damaged'],
    ['{"sluiceExport":2,"downloads":[]}', '', 'not-understood'],
    ['[InternetShortcut]\nIconIndex=1', '', 'not-understood'],
    ['<\nhttps://a.example/1', '', 'damaged'],
  ])('says what is wrong with %j', (text, fileName, kind) => {
    expect(readLinks(text, fileName).unread.map(({ problem }) => problem.kind)).toContain(kind);
  });

  it('takes control characters out of names, those of Windows too', () => {
    const text = JSON.stringify({
      sluiceExport: 1,
      downloads: [{ url: 'https://a.example/1', name: 'a\u0081\u0000b\n' }],
    });
    expect(downloads(text)[0]?.name).toBe('ab');
  });

  it('tells no login', () => {
    const read = readLinks('<\nhtps://me:secret@a.example/1\n>');
    expect(read.unread).toHaveLength(1);
    expect(JSON.stringify(read)).not.toContain('secret');
  });
});

/** As `plutil -convert binary1` writes a .webloc: a dictionary of one key and one text. */
function binaryWebloc(url: string): Uint8Array {
  const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
  const head = ascii('bplist00');
  const dictionary = [0xd1, 1, 2];
  const key = [0x53, ...ascii('URL')];
  const value = [0x5f, 0x10, url.length, ...ascii(url)];
  const offsets = [8, 8 + dictionary.length, 8 + dictionary.length + key.length];
  const table = 8 + dictionary.length + key.length + value.length;
  const trailer = [0, 0, 0, 0, 0, 0, 1, 1, ...long(3), ...long(0), ...long(table)];
  return new Uint8Array([...head, ...dictionary, ...key, ...value, ...offsets, ...trailer]);
}

function long(number: number): number[] {
  return [0, 0, 0, 0, 0, 0, number >> 8, number & 255];
}
