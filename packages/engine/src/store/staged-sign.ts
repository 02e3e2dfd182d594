/**
 * Tells in the name of a file without a name of its own which file that is, so that a later process deletes no other one.
 * What is written at once is known by its bytes before it is there; what grows is known by its identity.
 */
import { crc32 } from 'node:zlib';
import type { FileFacts, Files } from '../ports/files.ts';

const headBytes = 8;
/** A disk writes no less at once, or nothing of it. */
const sectorBytes = 512;
/** What is saved whole is smaller; reading more to delete it would not be worth it. */
const mostBytes = 64 * 1024 * 1024;

/** Of bytes that are written in one go. */
export function signOfBytes(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, headBytes)).toString('base64url');
  return ['b', bytes.length.toString(36), crc32(bytes).toString(36), head].join('+');
}

/** @param identity `FileFacts.identity` */
export function signOfFile(identity: string): string {
  return `i+${Buffer.from(identity).toString('base64url')}`;
}

/** A file that a crash cut off, or of which a power cut took sectors, matches as well. One with a sign of another kind does not. */
export async function matchesSign(
  files: Pick<Files, 'readWhole'>,
  path: string,
  { sign, there }: { readonly sign: string; readonly there: Pick<FileFacts, 'identity' | 'sizeBytes'> },
): Promise<boolean> {
  const [kind, first = '', crc = '', head = ''] = sign.split('+');
  if (kind === 'i') return Buffer.from(first, 'base64url').toString() === there.identity;
  const lengthBytes = Number.parseInt(first, 36);
  if (kind !== 'b' || !(there.sizeBytes <= Math.min(lengthBytes, mostBytes))) return false;
  const bytes = await files.readWhole(path, there.sizeBytes);
  if (bytes.length === lengthBytes && crc32(bytes) === Number.parseInt(crc, 36)) return true;
  const start = bytes.subarray(0, headBytes);
  const beginsSo = isZero(start) || Buffer.from(head, 'base64url').subarray(0, start.length).equals(start);
  return beginsSo && (bytes.length < lengthBytes || lacksSector(bytes));
}

function lacksSector(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += sectorBytes) {
    if (isZero(bytes.subarray(at, at + sectorBytes))) return true;
  }
  return false;
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
