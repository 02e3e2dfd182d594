/** Compares the whole partial with the known checksum before the download is finished. */
import { type Checksum, type ChecksumOrigin, parseChecksum, strongestChecksum } from '@sluice/contract';
import { SluiceError } from '../../errors.ts';
import type { Resource } from '../../plan/response/resource.ts';
import type { OpenFile } from '../../ports/files.ts';
import { createHasher } from './hasher.ts';

const readBytes = 1024 * 1024;

export interface Expectation {
  readonly checksum: Checksum;
  readonly from: ChecksumOrigin;
  /** The link of the list it was found in, without secrets. */
  readonly listedAt?: string;
}

/** The user's checksum comes before the server's; null without any. */
export function expectedChecksum(userChecksum: string | null, resource: Resource | null): Expectation | null {
  if (userChecksum !== null) return { checksum: parseChecksum(userChecksum), from: 'user' };
  const strongest = strongestChecksum(resource?.checksums ?? []);
  return strongest === null ? null : { checksum: strongest, from: 'server' };
}

/**
 * Reads the file once, in pieces between which everything else gets its turn.
 * @throws SluiceError `checksum-mismatch` with `algorithm`, `expected`, `actual`, `from` and `listedAt`;
 *   `signal.reason` when aborted
 */
export async function verifyChecksum(
  file: Pick<OpenFile, 'read'>,
  expectation: Expectation,
  options: { readonly sizeBytes: number; readonly signal: AbortSignal },
): Promise<void> {
  const { checksum, from, listedAt } = expectation;
  const { algorithm, hex: expected } = checksum;
  const hasher = await createHasher(algorithm);
  const buffer = Buffer.allocUnsafe(Math.min(readBytes, Math.max(1, options.sizeBytes)));
  for (let position = 0; position < options.sizeBytes;) {
    options.signal.throwIfAborted();
    const wanted = buffer.subarray(0, Math.min(buffer.length, options.sizeBytes - position));
    const count = await file.read(wanted, position);
    if (count === 0) throw new SluiceError('file-changed', 'the partial ends before its end');
    hasher.update(wanted.subarray(0, count));
    position += count;
  }
  const actual = hasher.hex();
  if (actual === expected) return;
  throw new SluiceError('checksum-mismatch', `${algorithm} differs from what was said (${from})`, {
    facts: { algorithm, expected, actual, from, ...(listedAt === undefined ? {} : { listedAt }) },
  });
}
