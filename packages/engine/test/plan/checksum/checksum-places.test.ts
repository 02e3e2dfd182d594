import { describe, expect, it } from 'vitest';
import { checksumPlaces } from '../../../src/plan/checksum/checksum-places.ts';

function placesOf(finalUrl: string, link = finalUrl): ReturnType<typeof checksumPlaces> {
  return checksumPlaces({ finalUrl, link });
}

describe('checksumPlaces', () => {
  it('asks in the folder of the file, on its server, by its own name first', () => {
    const found = placesOf('https://cdn.test/pub/a%20b.iso', 'https://www.test/get');
    expect(found).toMatchObject({ folder: 'https://cdn.test/pub/', fileName: 'a b.iso' });
    expect(found?.places.slice(0, 2)).toEqual([
      { url: 'https://cdn.test/pub/a%20b.iso.sha256', algorithm: 'sha-256', about: 'file' },
      { url: 'https://cdn.test/pub/SHA256SUMS', algorithm: 'sha-256', about: 'folder' },
    ]);
    expect(found?.places.every(({ url }) => url.startsWith('https://cdn.test/pub/'))).toBe(true);
  });

  it('asks beside the link where that leads to one made for the occasion', () => {
    const found = placesOf('https://store.test/x/7?sig=abc', 'https://hub.test/releases/v1/tool.tar.gz');
    expect(found?.places[0]?.url).toBe('https://hub.test/releases/v1/tool.tar.gz.sha256');
  });

  it('carries no user name, password or fragment along', () => {
    expect(placesOf('https://me:secret@cdn.test/pub/f.iso#part')?.places[0]?.url).toBe(
      'https://cdn.test/pub/f.iso.sha256',
    );
  });

  it.each([
    ['a query alone', 'https://a.test/get?file=7'],
    ['a file with a token', 'https://a.test/f.iso?token=abc'],
    ['no name', 'https://a.test/'],
    ['another scheme', 'ftp://a.test/pub/f.iso'],
    ['a folder', 'https://a.test/pub/'],
    ['a list', 'https://a.test/pub/SHA256SUMS'],
    ['a list with an extension', 'https://a.test/pub/checksums.txt'],
    ['a checksum', 'https://a.test/pub/f.iso.sha256'],
    ['a signature', 'https://a.test/pub/f.iso.asc'],
  ])('asks nowhere for %s', (_, url) => {
    expect(placesOf(url)).toBeNull();
  });
});
