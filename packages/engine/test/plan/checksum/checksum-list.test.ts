import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksumInList } from '../../../src/plan/checksum/checksum-list.ts';
import { digest, digestAlgorithms } from '../digests.ts';

const hex = digest('sha-256', 'hex');
const other = digest('sha-256', 'hex', 'other');
const found = { algorithm: 'sha-256', hex };

describe('checksumInList', () => {
  it.each([
    ['the right line of several', `${other}  other.iso\n${hex}  file.iso\n`],
    ['binary mode', `${hex} *file.iso`],
    ['a path', `${hex}  ./release/file.iso`],
    ['a path of Windows', `${hex} *release\\file.iso`],
    ['BSD', `SHA256 (file.iso) = ${hex}`],
    ['OpenSSL', `SHA256(file.iso)= ${hex}`],
    ['bare digits', `${hex}\n`],
    ['capital digits', hex.toUpperCase()],
    ['what was read from a pipe', `${hex}  -\n`],
    ['comments and CRLF', `# comment\r\n${hex}  file.iso\r\n`],
    ['a byte order mark', `\u{feff}${hex}  file.iso`],
    ['tabs', `${hex}\tfile.iso`],
    [
      'a signed text',
      `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${hex}  file.iso\n-----BEGIN PGP SIGNATURE-----\n\niQIz\n`,
    ],
    ['the strongest', `MD5 (file.iso) = ${digest('md5', 'hex')}\nSHA256 (file.iso) = ${hex}`],
    ['the same twice', `${hex}  file.iso\n${hex}  ./file.iso`],
    ['the one here before one elsewhere', `${other}  old/file.iso\n${hex}  ./file.iso`],
  ])('finds %s', (_, text) => {
    expect(checksumInList(text, 'file.iso')).toEqual(found);
  });

  it.each([
    ['another name', `${hex}  file.iso.sig`],
    ['another case', `${hex}  FILE.ISO`],
    ['a page', `<html>404 ${hex}</html>`],
    ['nothing', ''],
    ['two bare ones', `${hex}\n${other}`],
    ['a bare one among others', `${hex}\n${other}  other.iso`],
    ['a contradiction', `${hex}  file.iso\n${other}  file.iso`],
    ['two folders', `${hex}  arm64/file.iso\n${other}  amd64/file.iso`],
    ['an algorithm it does not know', `SHA3-256 (file.iso) = ${hex}`],
    ['digits of another algorithm', `SHA512 (file.iso) = ${hex}`],
    ['digits of no algorithm', `${hex}00  file.iso`],
    ['a CRC', '3610a686  file.iso'],
    ['a line of no list', `${hex}  ${'x/'.repeat(9000)}file.iso`],
  ])('finds nothing in %s', (_, text) => {
    expect(checksumInList(text, 'file.iso')).toBeNull();
  });

  it('reads names that GNU had to escape', () => {
    expect(checksumInList(`\\${hex}  two\\nlines\\\\and a slash`, 'two\nlines\\and a slash')).toEqual(found);
  });

  it('takes a checksum without a name for nobody’s in a list of a whole folder', () => {
    const ofFolder = { algorithm: null, about: 'folder' } as const;
    expect(checksumInList(hex, 'file.iso')).toEqual(found);
    expect(checksumInList(hex, 'file.iso', ofFolder)).toBeNull();
    expect(checksumInList(`${hex}  file.iso`, 'file.iso', ofFolder)).toEqual(found);
  });

  it('takes from a list that names its algorithm nothing else', () => {
    const strong = { algorithm: 'sha-256', about: 'file' } as const;
    const text = `${digest('sha-512', 'hex')}  file.iso\n${hex}  file.iso`;
    expect(checksumInList(text, 'file.iso', strong)).toEqual(found);
    expect(checksumInList(digest('md5', 'hex'), 'file.iso', strong)).toBeNull();
  });

  it('finds each of many files in whatever order and form they are listed', () => {
    const name = fc.stringMatching(/^[\w][\w .()+-]{0,30}[\w]$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 2, maxLength: 20 }),
        fc.constantFrom(...digestAlgorithms),
        fc.constantFrom('gnu', 'binary', 'bsd'),
        (names, algorithm, form) => {
          const lines = names.map((one) => {
            const digits = digest(algorithm, 'hex', one);
            if (form === 'bsd') return `${algorithm.replace('-', '').toUpperCase()} (${one}) = ${digits}`;
            return `${digits} ${form === 'binary' ? '*' : ' '}${one}`;
          });
          for (const one of names) {
            expect(checksumInList(lines.join('\n'), one)).toEqual({ algorithm, hex: digest(algorithm, 'hex', one) });
          }
        },
      ),
    );
  });

  it('makes a checksum of the right length, or none, of whatever is sent in place of a list', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[0-9a-f]{30,130}$/),
      fc.constantFrom('\n', '  ', ' *', 'file.iso', 'SHA256 (', ') = ', '\\', '('),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const checksum = checksumInList(pieces.join(''), 'file.iso');
        if (checksum !== null) expect(checksum.hex).toHaveLength(digest(checksum.algorithm as 'md5', 'hex').length);
      }),
    );
  });
});
