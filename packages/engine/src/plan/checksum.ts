/** Checksums of whole files: as people paste them, as servers send them, and which of several to go by. */
import { SluiceError } from '../errors.ts';
import { type HeaderLines, headerValues } from './headers.ts';

/** Strongest first. */
export const checksumAlgorithms = ['sha-512', 'sha-384', 'sha-256', 'sha-224', 'sha-1', 'md5'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Lower-case. */
  readonly hex: string;
}

const hexLengths: Readonly<Record<ChecksumAlgorithm, number>> = {
  'sha-512': 128,
  'sha-384': 96,
  'sha-256': 64,
  'sha-224': 56,
  'sha-1': 40,
  md5: 32,
};

/**
 * Reads `sha-256=…`, `SHA256:…` or bare hex digits, whose number tells the algorithm.
 * @throws SluiceError `request-invalid` (facts: `checksum`)
 */
export function parseChecksum(text: string): Checksum {
  const match = /^(?:([a-z0-9-]+)\s*[=:]\s*)?([0-9a-f]+)$/i.exec(text.trim());
  const hex = match?.[2]?.toLowerCase() ?? '';
  const named = match?.[1];
  const algorithm =
    named === undefined ? checksumAlgorithms.find((one) => hexLengths[one] === hex.length) : algorithmNamed(named);
  if (algorithm === undefined || hexLengths[algorithm] !== hex.length) {
    throw new SluiceError('request-invalid', 'not a checksum', { facts: { checksum: text.slice(0, 200) } });
  }
  return { algorithm, hex };
}

export function formatChecksum(checksum: Checksum): string {
  return `${checksum.algorithm}=${checksum.hex}`;
}

/** `sha256`, `SHA-256` and `sha_256` are one; `sha` is SHA-1, as in RFC 3230. */
function algorithmNamed(name: string): ChecksumAlgorithm | undefined {
  const plain = name.toLowerCase().replace(/[-_]/g, '');
  if (plain === 'sha') return 'sha-1';
  return checksumAlgorithms.find((one) => one.replace('-', '') === plain);
}

/** The strongest of several; null of none. */
export function strongestChecksum(checksums: readonly Checksum[]): Checksum | null {
  return (
    checksumAlgorithms.flatMap((algorithm) => checksums.find((one) => one.algorithm === algorithm) ?? [])[0] ?? null
  );
}

/**
 * What a response says of the whole file: Repr-Digest (RFC 9530), Digest (RFC 3230), Google's and Amazon's own
 * fields; and, only where the message is the whole file, Content-Digest and Content-MD5 (RFC 1864).
 * @param isWhole the body is the file, from its first byte to its last and without an encoding
 */
export function checksumsFromHeaders(headers: HeaderLines, isWhole: boolean): Checksum[] {
  const found: (Checksum | null)[] = [];
  const list = (name: string): string[] => headerValues(headers, name).flatMap((value) => value.split(','));
  for (const member of [...list('repr-digest'), ...(isWhole ? list('content-digest') : [])]) {
    const match = /^\s*([a-z0-9-]+)\s*=\s*:([\w+/=]+):\s*$/i.exec(member);
    found.push(fromBase64(match?.[1], match?.[2]));
  }
  for (const member of [...list('digest'), ...list('x-goog-hash')]) {
    const match = /^\s*([a-z0-9-]+)\s*=\s*([\w+/=]+)\s*$/i.exec(member);
    found.push(fromBase64(match?.[1], match?.[2]));
  }
  if (isWhole) for (const value of headerValues(headers, 'content-md5')) found.push(fromBase64('md5', value));
  for (const algorithm of ['sha256', 'sha1'] as const) {
    // A value with a dash and a number is the checksum of the parts' checksums, not of the file.
    for (const value of headerValues(headers, `x-amz-checksum-${algorithm}`)) found.push(fromBase64(algorithm, value));
  }
  return found.filter((one) => one !== null);
}

function fromBase64(name: string | undefined, base64: string | undefined): Checksum | null {
  const algorithm = name === undefined ? undefined : algorithmNamed(name);
  if (algorithm === undefined || base64 === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null;
  let hex = '';
  try {
    for (const char of atob(base64)) hex += char.charCodeAt(0).toString(16).padStart(2, '0');
  } catch {
    return null;
  }
  return hex.length === hexLengths[algorithm] ? { algorithm, hex } : null;
}

/**
 * The checksum of one file in a list such as SHA256SUMS (`<hex>  name`, `<hex> *name`, or BSD's `SHA256 (name) = <hex>`),
 * or in a file that holds nothing but the checksum. Null when it is not there.
 */
export function checksumInList(text: string, fileName: string): Checksum | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  for (const line of lines) {
    const gnu = /^\\?([0-9a-f]{32,128})\s+[ *]?(.+)$/i.exec(line);
    const bsd = /^([A-Z0-9-]+)\s*\((.+)\)\s*=\s*([0-9a-f]{32,128})$/i.exec(line);
    const name = gnu?.[2] ?? bsd?.[2];
    if (name === undefined || lastSegment(name) !== fileName) continue;
    return tryParse(gnu?.[1] ?? `${bsd?.[1] ?? ''}=${bsd?.[3] ?? ''}`);
  }
  const only = lines.length === 1 ? (lines[0]?.trim() ?? '') : '';
  return /^[0-9a-f]+$/i.test(only) ? tryParse(only) : null;
}

function lastSegment(path: string): string {
  return path.trim().split(/[/\\]/).at(-1) ?? '';
}

function tryParse(text: string): Checksum | null {
  try {
    return parseChecksum(text);
  } catch {
    return null;
  }
}
