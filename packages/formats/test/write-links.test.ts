/** What is written is read again as it was. */
import type { NewDownload } from '@sluice/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLinks } from '../src/read-links.ts';
import { exportFormats, writeLinks } from '../src/write/write-links.ts';

const text = fc.string({
  unit: fc.constantFrom("'", '"', '\\', '$', '`', ' ', 'a', '\u00E9', '!', '%', '^', '&', '<'),
});
const value = text.map((one) => `x${one}x`);
const download: fc.Arbitrary<NewDownload> = fc.record({
  url: fc.nat().map((number) => `https://a.example/${number}?b='[1]'&c=%20`),
  name: value.map((name) => name.replaceAll('\\', '')),
  checksum: fc.constantFrom(`sha-256=${'ab'.repeat(32)}`, `md5=${'cd'.repeat(16)}`),
  headers: fc.record({ 'X-A': value }),
  request: fc.record({
    referer: value,
    userAgent: value,
    cookies: value.map((one) => `a=${one}`),
    username: value.map((one) => one.replaceAll(':', '')),
    password: value,
    mirrors: fc.constantFrom(['https://b.example/1'], ['https://b.example/1', 'ftp://c.example/2?a=1&b=2']),
  }),
});
const list = fc.uniqueArray(download, { maxLength: 5, selector: ({ url }) => url });

function through(downloads: readonly NewDownload[], format: Parameters<typeof writeLinks>[1]): readonly NewDownload[] {
  const { text: written } = writeLinks(
    downloads.map((one) => ({ download: one, sizeBytes: 5 })),
    format,
  );
  return readLinks(written, 'x').entries.map((entry) => entry.download);
}

describe('writeLinks', () => {
  it('is read again whole: our own export', () => {
    fc.assert(
      fc.property(list, (downloads) => {
        expect(through(downloads, 'json')).toEqual(downloads);
      }),
    );
  });

  it('is read again whole: aria2, cookies as the header that they are', () => {
    fc.assert(
      fc.property(list, (downloads) => {
        expect(through(downloads, 'aria2')).toEqual(downloads);
      }),
    );
  });

  it('is read again as far as it goes: cURL, without mirrors and checksums', () => {
    fc.assert(
      fc.property(list, (downloads) => {
        const known = downloads.map(
          ({ checksum: _checksum, request: { mirrors: _mirrors, ...request } = {}, ...rest }) => ({
            ...rest,
            request,
          }),
        );
        expect(through(downloads, 'curl')).toEqual(known);
      }),
    );
  });

  it('is read again as far as it goes: Metalink, without the request', () => {
    fc.assert(
      fc.property(list, (downloads) => {
        const known = downloads.map(({ url, name, checksum, request }) => ({
          url,
          name,
          checksum,
          request: { mirrors: request?.mirrors },
        }));
        expect(through(downloads, 'metalink')).toEqual(known);
      }),
    );
  });

  it('writes a form only where all of it can be said', () => {
    const form = {
      url: 'https://a.example/f',
      request: { method: 'POST', body: "a='1'\nb", contentType: 'text/plain' },
    } as const;
    const links = [{ download: form, sizeBytes: null }];
    for (const format of ['text', 'aria2', 'metalink'] as const) {
      expect(writeLinks(links, format).leftOut).toEqual(['https://a.example/f']);
    }
    expect(through([form], 'curl')).toEqual([form]);
    const bytes = { ...form, request: { ...form.request, bodyEncoding: 'base64' } } as const;
    expect(writeLinks([{ download: bytes, sizeBytes: null }], 'curl').leftOut).toEqual(['https://a.example/f']);
  });

  it.each(exportFormats)('writes no form without its body: %s', (format) => {
    const form = { url: 'https://a.example/f', request: { method: 'POST' } } as const;
    const written = writeLinks([{ download: form, sizeBytes: null }], format);
    expect(written.leftOut).toEqual(['https://a.example/f']);
    expect(written.text).not.toContain('a.example');
  });

  it('puts no second option and no second download into a line', () => {
    const hostile = { url: 'https://a.example/1', headers: { 'X-A': 'b\r\n dir=/etc\nhttps://evil.example/' } };
    const { text: written } = writeLinks([{ download: hostile, sizeBytes: null }], 'aria2');
    expect(written.split('\n')).toHaveLength(3);
  });
});
