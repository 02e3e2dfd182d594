import { describe, expect, it } from 'vitest';
import { checksumsFromHeaders } from '../../../src/plan/checksum/checksum-headers.ts';
import { digest } from '../digests.ts';

describe('checksumsFromHeaders', () => {
  const sha256 = { algorithm: 'sha-256', hex: digest('sha-256', 'hex') };
  const crc32c = { algorithm: 'crc32c', hex: '9f4df1e8' };
  const md5 = { algorithm: 'md5', hex: digest('md5', 'hex') };
  it.each([
    ['repr-digest', `sha-256=:${digest('sha-256', 'base64')}:`, [sha256]],
    ['repr-digest', `unknown=:AAAA:, md5=:${digest('md5', 'base64')}:`, [md5]],
    ['digest', `SHA-256=${digest('sha-256', 'base64')},MD5=${digest('md5', 'base64')}`, [sha256, md5]],
    ['x-goog-hash', `crc32c=n03x6A==,md5=${digest('md5', 'base64')}`, [crc32c, md5]],
    ['x-goog-hash', 'crc32c=mnG7TA==', [{ algorithm: 'crc32c', hex: '9a71bb4c' }]],
    ['x-amz-checksum-crc32c', 'mnG7TA==', [{ algorithm: 'crc32c', hex: '9a71bb4c' }]],
    ['x-amz-checksum-crc32', 'NhCmhg==', [{ algorithm: 'crc32', hex: '3610a686' }]],
    ['x-amz-checksum-crc32', 'NhCmhg==-2', []],
    ['x-amz-checksum-sha1', digest('sha-1', 'base64'), [{ algorithm: 'sha-1', hex: digest('sha-1', 'hex') }]],
    ['x-amz-meta-sha256', digest('sha-256', 'base64'), []],
    ['x-amz-checksum-sha256', digest('sha-256', 'base64'), [sha256]],
    ['x-amz-checksum-sha256', `${digest('sha-256', 'base64')}-3`, []],
    ['repr-digest', 'sha-256=:not base64:', []],
    ['repr-digest', 'sha-256=:AAAA:', []],
  ])('reads %s: %s', (name, value, expected) => {
    expect(checksumsFromHeaders([[name, value]], 'part')).toEqual(expected);
  });

  it.each([
    ['content-md5', digest('md5', 'base64')],
    ['content-digest', `md5=:${digest('md5', 'base64')}:`],
  ])('takes %s for the file only when the message is the whole of it', (name, value) => {
    expect(checksumsFromHeaders([[name, value]], 'whole')).toEqual([md5]);
    expect(checksumsFromHeaders([[name, value]], 'part')).toEqual([]);
  });

  it('takes nothing that Amazon says of an upload in parts', () => {
    const headers = [
      ['x-amz-checksum-type', 'COMPOSITE'],
      ['x-amz-checksum-sha256', digest('sha-256', 'base64')],
    ] as const;
    expect(checksumsFromHeaders(headers, 'whole')).toEqual([]);
  });

  it('takes nothing that was said of the file in an encoding that is undone on the way', () => {
    const headers = [['repr-digest', `sha-256=:${digest('sha-256', 'base64')}:`]] as const;
    expect(checksumsFromHeaders(headers, 'encoded')).toEqual([]);
  });

  it('passes over Google’s hash of what it stores compressed and sends plain', () => {
    const hash = ['x-goog-hash', `md5=${digest('md5', 'base64')}`] as const;
    const stored = ['x-goog-stored-content-encoding', 'gzip'] as const;
    expect(checksumsFromHeaders([hash, stored], 'whole')).toEqual([]);
    expect(checksumsFromHeaders([hash, stored, ['content-encoding', 'gzip']], 'whole')).toEqual([md5]);
    expect(checksumsFromHeaders([hash, ['x-goog-stored-content-encoding', 'identity']], 'whole')).toEqual([md5]);
  });
});
