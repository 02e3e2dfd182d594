import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createHasher } from '../../../src/transfer/checksum/hasher.ts';

const check = new TextEncoder().encode('123456789');

it.each([
  // The check values of the catalogue of CRC algorithms, and digests as coreutils print them.
  ['crc32c', 'e3069283'],
  ['crc32', 'cbf43926'],
  ['md5', '25f9e794323b453885f5181f1b624d0b'],
  ['sha-1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
  ['sha-256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
] as const)('computes %s', async (algorithm, hex) => {
  const hasher = await createHasher(algorithm);
  hasher.update(check);
  expect(hasher.hex()).toBe(hex);
});

it.each(['crc32c', 'crc32', 'sha-256'] as const)('%s does not depend on how the bytes are cut', async (algorithm) => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), fc.nat(2000), async (bytes, cut) => {
      const [whole, pieces] = [await createHasher(algorithm), await createHasher(algorithm)];
      whole.update(bytes);
      pieces.update(bytes.subarray(0, cut));
      pieces.update(bytes.subarray(cut));
      expect(pieces.hex()).toBe(whole.hex());
    }),
    { numRuns: 30 },
  );
});
