/** Computes any checksum that a file may be compared with, piece by piece. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ChecksumAlgorithm } from '@sluice/contract';

export interface Hasher {
  update(bytes: Uint8Array): void;
  /** Lower-case. */
  hex(): string;
}

/** Castagnoli's polynomial (RFC 3720 appendix B.4), bits reversed. */
const castagnoli = 0x82f63b78;

export async function createHasher(algorithm: ChecksumAlgorithm): Promise<Hasher> {
  switch (algorithm) {
    case 'crc32':
      return new Crc32Hasher();
    case 'crc32c': {
      // Node has none. Loaded when it is wanted: few servers send nothing better.
      const { createCRC32 } = await import('hash-wasm');
      const hash = await createCRC32(castagnoli);
      return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
    }
    default: {
      const hash = createHash(algorithm.replace('-', ''));
      return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
    }
  }
}

class Crc32Hasher implements Hasher {
  #value = 0;

  update(bytes: Uint8Array): void {
    this.#value = crc32(bytes, this.#value);
  }

  hex(): string {
    return this.#value.toString(16).padStart(8, '0');
  }
}
