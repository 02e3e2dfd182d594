/** Which Content-Encoding stands between the body and the file, and which names how the file itself is packed. */
import { describe, expect, it } from 'vitest';
import { beginsAs, decodingOf, encodingInTheWay, encodingOfFile } from '../../../src/plan/response/encoding.ts';
import { head } from '../resources.ts';

function response(fields: Record<string, string | null>, link = 'https://example.com/file.bin') {
  return { ...head(200, fields), url: link };
}

describe('encodingInTheWay', () => {
  it.each([
    ['none', {}, undefined, null],
    ['identity', { 'content-encoding': 'identity' }, undefined, null],
    ['gzip', { 'content-encoding': 'GZIP' }, undefined, 'gzip'],
    ['two', { 'content-encoding': 'gzip, br' }, undefined, 'gzip, br'],
    ['of a .tar.gz', { 'content-encoding': 'gzip' }, 'https://a/x.tar.gz', null],
    ['of a .tgz', { 'content-encoding': 'x-gzip' }, 'https://a/x.TGZ', null],
    [
      'of a .gz named by the server',
      { 'content-encoding': 'gzip', 'content-disposition': 'attachment; filename=x.gz' },
      'https://a/x',
      null,
    ],
    [
      'of a gzip by its type',
      { 'content-encoding': 'gzip', 'content-type': 'application/x-gzip; q=1' },
      undefined,
      null,
    ],
    ['of a .Z', { 'content-encoding': 'compress' }, 'https://a/x.Z', null],
    ['of a .br', { 'content-encoding': 'br' }, 'https://a/x.br', null],
    ['of brotli by its type', { 'content-encoding': 'br', 'content-type': 'application/x-brotli' }, undefined, null],
    ['of a .zst', { 'content-encoding': 'zstd' }, 'https://a/x.tar.zst', null],
    ['of a .tzst', { 'content-encoding': 'zstd' }, 'https://a/x.tzst', null],
    ['br of a .gz', { 'content-encoding': 'br' }, 'https://a/x.gz', 'br'],
    ['gzip of a .gzx', { 'content-encoding': 'gzip' }, 'https://a/x.gzx', 'gzip'],
    [
      'gzip of a type that only begins so',
      { 'content-encoding': 'gzip', 'content-type': 'application/gzip2' },
      undefined,
      'gzip',
    ],
  ])('%s', (_, fields, link, expected) => {
    expect(encodingInTheWay(response(fields, link))).toBe(expected);
  });
});

describe('encodingOfFile', () => {
  it('names what a file is packed with, where the head tells', () => {
    expect(encodingOfFile(response({ 'content-encoding': 'gzip' }, 'https://a/x.gz'))).toBe('gzip');
    expect(encodingOfFile(response({ 'content-encoding': 'x-gzip' }, 'https://a/x.gz'))).toBe('gzip');
    expect(encodingOfFile(response({ 'content-encoding': 'compress' }, 'https://a/x.z'))).toBeNull();
  });

  it.each([
    [{}],
    [{ 'content-encoding': 'gzip' }],
    [{ 'content-encoding': 'gzip, gzip' }],
    [{ 'content-encoding': 'identity' }],
  ])('and nothing of %j', (fields) => {
    expect(encodingOfFile(response(fields))).toBeNull();
  });
});

it('knows the beginning of what has one', () => {
  expect(beginsAs('gzip', Uint8Array.of(0x1f, 0x8b, 8))).toBe(true);
  expect(beginsAs('gzip', Uint8Array.of(0x1f, 0x8c, 8))).toBe(false);
  expect(beginsAs('gzip', Uint8Array.of(0x1f))).toBe(false);
  expect(beginsAs('zstd', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd))).toBe(true);
  expect(beginsAs('zstd', Uint8Array.of(0x28, 0xb5, 0x2f))).toBe(false);
  expect(beginsAs('br', Uint8Array.of(1, 2, 3))).toBe(false);
  expect(beginsAs('deflate', Uint8Array.of(1, 2, 3))).toBe(false);
});

it.each([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
  ['br', 'br'],
  ['zstd', 'zstd'],
  ['compress', null],
])('%s is undone as %s', (encoding, expected) => {
  expect(decodingOf(encoding)).toBe(expected);
});
