/** Digests of a text, for the tests of what is read about them. */
import { createHash } from 'node:crypto';
import type { checksumAlgorithms } from '@sluice/contract';

export type DigestAlgorithm = Exclude<(typeof checksumAlgorithms)[number], 'crc32' | 'crc32c'>;

export const digestAlgorithms: readonly DigestAlgorithm[] = [
  'sha-512',
  'sha-384',
  'sha-256',
  'sha-224',
  'sha-1',
  'md5',
];

export function digest(algorithm: DigestAlgorithm, encoding: 'hex' | 'base64', text = 'hello'): string {
  return createHash(algorithm.replace('-', '')).update(text).digest(encoding);
}
