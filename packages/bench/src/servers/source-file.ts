/** Makes the files that servers serve: no two stretches of them are alike, so that a misplaced one shows. */
import { createCipheriv, createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const pieceBytes = 1024 * 1024;

/** Writes a file of a given size whose bytes depend on `seed` alone. */
export async function writeSourceFile(path: string, sizeBytes: number, seed: string): Promise<void> {
  const cipher = createCipheriv('aes-128-ctr', createHash('md5').update(seed).digest(), Buffer.alloc(16));
  const zeros = Buffer.alloc(pieceBytes);
  await using file = await open(path, 'w');
  for (let written = 0; written < sizeBytes; written += pieceBytes) {
    await file.write(cipher.update(zeros.subarray(0, Math.min(pieceBytes, sizeBytes - written))));
  }
}
