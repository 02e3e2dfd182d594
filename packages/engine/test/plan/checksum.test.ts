import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ChecksumAlgorithm,
  checksumAlgorithms,
  checksumInList,
  checksumsFromHeaders,
  formatChecksum,
  parseChecksum,
  strongestChecksum,
} from '../../src/plan/checksum.ts';

function digest(algorithm: ChecksumAlgorithm, encoding: 'hex' | 'base64', text = 'hello'): string {
  return createHash(algorithm.replace('-', '')).update(text).digest(encoding);
}

describe('parseChecksum', () => {
  it('reads back what it writes, with and without the name of the algorithm', () => {
    fc.assert(
      fc.property(fc.constantFrom(...checksumAlgorithms), fc.string(), (algorithm, text) => {
        const checksum = { algorithm, hex: digest(algorithm, 'hex', text) };
        expect(parseChecksum(formatChecksum(checksum))).toEqual(checksum);
        expect(parseChecksum(checksum.hex.toUpperCase())).toEqual(checksum);
      }),
    );
  });

  it.each(['sha256', 'SHA-256', 'sha_256'.replace('_', '-')])('knows %s', (name) => {
    expect(parseChecksum(` ${name}: ${digest('sha-256', 'hex')} `).algorithm).toBe('sha-256');
  });

  it.each(['', 'abc', 'sha-256=abc', 'crc32=00000000', `md5=${'0'.repeat(40)}`, 'z'.repeat(64)])(
    'refuses %j',
    (text) => {
      expect(() => parseChecksum(text)).toThrow(expect.objectContaining({ code: 'request-invalid' }));
    },
  );
});

describe('checksumsFromHeaders', () => {
  const sha256 = { algorithm: 'sha-256', hex: digest('sha-256', 'hex') };
  const md5 = { algorithm: 'md5', hex: digest('md5', 'hex') };
  it.each([
    ['repr-digest', `sha-256=:${digest('sha-256', 'base64')}:`, [sha256]],
    ['repr-digest', `unknown=:AAAA:, md5=:${digest('md5', 'base64')}:`, [md5]],
    ['digest', `SHA-256=${digest('sha-256', 'base64')},MD5=${digest('md5', 'base64')}`, [sha256, md5]],
    ['x-goog-hash', `crc32c=n03x6A==,md5=${digest('md5', 'base64')}`, [md5]],
    ['x-amz-checksum-sha256', digest('sha-256', 'base64'), [sha256]],
    ['x-amz-checksum-sha256', `${digest('sha-256', 'base64')}-3`, []],
    ['repr-digest', 'sha-256=:not base64:', []],
    ['repr-digest', 'sha-256=:AAAA:', []],
  ])('reads %s: %s', (name, value, expected) => {
    expect(checksumsFromHeaders([[name, value]], false)).toEqual(expected);
  });

  it.each([
    ['content-md5', digest('md5', 'base64')],
    ['content-digest', `md5=:${digest('md5', 'base64')}:`],
  ])('takes %s for the file only when the message is the whole of it', (name, value) => {
    expect(checksumsFromHeaders([[name, value]], true)).toEqual([md5]);
    expect(checksumsFromHeaders([[name, value]], false)).toEqual([]);
  });
});

it('goes by the strongest', () => {
  const all = checksumAlgorithms.map((algorithm) => ({ algorithm, hex: digest(algorithm, 'hex') }));
  expect(strongestChecksum(all.toReversed())?.algorithm).toBe('sha-512');
  expect(strongestChecksum([])).toBeNull();
});

describe('checksumInList', () => {
  const hex = digest('sha-256', 'hex');
  it.each([
    [`${'0'.repeat(64)}  other.iso\n${hex}  file.iso\n`],
    [`${hex} *file.iso`],
    [`${hex}  ./release/file.iso`],
    [`SHA256 (file.iso) = ${hex}`],
    [`${hex}\n`],
    [`# comment\r\n${hex}  file.iso\r\n`],
  ])('finds the file in %j', (text) => {
    expect(checksumInList(text, 'file.iso')).toEqual({ algorithm: 'sha-256', hex });
  });

  it.each([`${hex}  file.iso.sig`, '<html>404</html>', '', `${hex}\n${hex}`])('finds nothing in %j', (text) => {
    expect(checksumInList(text, 'file.iso')).toBeNull();
  });
});
