/** Bodies whose every byte is known from version and offset, and extents over them. */
import { crc32 } from 'node:zlib';
import type { Extent } from '../../src/plan/ranges/extent.ts';
import type { Resource } from '../../src/plan/response/resource.ts';

export function bodyBytes(version: number, start: number, end: number): Uint8Array {
  const bytes = new Uint8Array(end - start);
  for (let index = 0; index < bytes.length; index += 1) {
    const offset = start + index;
    bytes[index] = (offset * 31 + (offset >>> 8) * 7 + version * 101 + 1) & 0xff;
  }
  return bytes;
}

export function extentOf(version: number, start: number, end: number): Extent {
  return { start, end, crc32: crc32(bodyBytes(version, start, end)) };
}

export function resourceOf(version: number, totalBytes: number | null = null): Resource {
  return {
    finalUrl: 'https://example.com/file.bin',
    totalBytes,
    ranges: 'proved',
    etag: `"${version}"`,
    lastModified: null,
    date: null,
    contentType: null,
    contentEncoding: null,
  };
}
