import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksumAlgorithms, formatChecksum, hexLengths, parseChecksum, strongestChecksum } from '../src/checksum.ts';

const digestAlgorithms = checksumAlgorithms.filter((one) => !one.startsWith('crc'));

/** As many hex digits as the algorithm has, which depend on the text. */
function digest(algorithm: (typeof checksumAlgorithms)[number], text = ''): string {
  const seed = Array.from(text).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 0xffff_ffff, 7);
  return seed.toString(16).padStart(8, '0').repeat(16).slice(0, hexLengths[algorithm]);
}

describe('parseChecksum', () => {
  it('reads back what it writes, with and without the name of the algorithm', () => {
    fc.assert(
      fc.property(fc.constantFrom(...digestAlgorithms), fc.string(), (algorithm, text) => {
        const checksum = { algorithm, hex: digest(algorithm, text) };
        expect(parseChecksum(formatChecksum(checksum))).toEqual(checksum);
        expect(parseChecksum(checksum.hex.toUpperCase())).toEqual(checksum);
      }),
    );
  });

  it.each(['sha256', 'SHA-256', 'sha_256'.replace('_', '-')])('knows %s', (name) => {
    expect(parseChecksum(` ${name}: ${digest('sha-256')} `).algorithm).toBe('sha-256');
  });

  it.each(['', 'abc', 'sha-256=abc', 'crc32=00000000', `md5=${'0'.repeat(40)}`, 'z'.repeat(64)])(
    'refuses %j',
    (text) => {
      expect(() => parseChecksum(text)).toThrow(expect.objectContaining({ code: 'request-invalid' }));
    },
  );
});

it('goes by the strongest', () => {
  const all = digestAlgorithms.map((algorithm) => ({ algorithm, hex: digest(algorithm) }));
  expect(strongestChecksum(all.toReversed())?.algorithm).toBe('sha-512');
  expect(strongestChecksum([])).toBeNull();
});

it('goes by a digest rather than by what only finds accidents', () => {
  const crc = { algorithm: 'crc32c', hex: '9a71bb4c' } as const;
  const md5 = { algorithm: 'md5', hex: digest('md5') } as const;
  expect(strongestChecksum([crc, md5])).toBe(md5);
  expect(strongestChecksum([crc])).toBe(crc);
});
