/** A checksum of a whole file: its algorithms, how people write it, and which of several to go by. */
import { SluiceError } from './sluice-error.ts';

/** Strongest first. The last two find accidents, not forgeries: servers send them in headers only. */
export const checksumAlgorithms = [
  'sha-512',
  'sha-384',
  'sha-256',
  'sha-224',
  'sha-1',
  'md5',
  'crc32c',
  'crc32',
] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Lower-case. */
  readonly hex: string;
}

export const hexLengths: Readonly<Record<ChecksumAlgorithm, number>> = {
  'sha-512': 128,
  'sha-384': 96,
  'sha-256': 64,
  'sha-224': 56,
  'sha-1': 40,
  md5: 32,
  crc32c: 8,
  crc32: 8,
};

/** Shorter ones are no digests: two files that share one are easily found. */
const shortestDigestHex = 32;

/** Reads `sha-256=…`, `SHA256:…` or bare hex digits, whose number tells the algorithm. @returns null for anything else */
export function readChecksum(text: string): Checksum | null {
  const match = /^(?:([a-z0-9-]+)\s*[=:]\s*)?([0-9a-f]+)$/i.exec(text.trim());
  return digestOf(match?.[1] ?? null, match?.[2] ?? '');
}

/** @throws SluiceError `request-invalid` (facts: `checksum`) where {@link readChecksum} is null */
export function parseChecksum(text: string): Checksum {
  const checksum = readChecksum(text);
  if (checksum !== null) return checksum;
  throw new SluiceError('request-invalid', 'not a checksum', { facts: { checksum: text.slice(0, 200) } });
}

/** @param name null leaves the algorithm to the number of digits. @returns null for what is no digest */
export function digestOf(name: string | null, hex: string): Checksum | null {
  if (hex.length < shortestDigestHex || !/^[0-9a-f]+$/i.test(hex)) return null;
  const algorithm =
    name === null ? checksumAlgorithms.find((one) => hexLengths[one] === hex.length) : algorithmNamed(name);
  if (algorithm === undefined || hexLengths[algorithm] !== hex.length) return null;
  return { algorithm, hex: hex.toLowerCase() };
}

export function formatChecksum(checksum: Checksum): string {
  return `${checksum.algorithm}=${checksum.hex}`;
}

/** `sha256`, `SHA-256` and `sha_256` are one; `sha` is SHA-1, as in RFC 3230. */
export function algorithmNamed(name: string): ChecksumAlgorithm | undefined {
  const plain = name.toLowerCase().replace(/[-_]/g, '');
  if (plain === 'sha') return 'sha-1';
  return checksumAlgorithms.find((one) => one.replace('-', '') === plain);
}

/** The strongest of several; null of none. */
export function strongestChecksum(checksums: readonly Checksum[]): Checksum | null {
  for (const algorithm of checksumAlgorithms) {
    const found = checksums.find((one) => one.algorithm === algorithm);
    if (found !== undefined) return found;
  }
  return null;
}
