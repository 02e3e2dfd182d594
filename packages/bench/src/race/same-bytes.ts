/** Compares files byte for byte. */
import { open } from 'node:fs/promises';

const pieceBytes = 4 * 1024 * 1024;

/** @returns what is wrong, or null when both hold the same bytes */
export async function differenceOf(actualPath: string, expectedPath: string): Promise<string | null> {
  try {
    await using actual = await open(actualPath, 'r');
    await using expected = await open(expectedPath, 'r');
    const [{ size: actualBytes }, { size: expectedBytes }] = [await actual.stat(), await expected.stat()];
    if (actualBytes !== expectedBytes) return `WRONG SIZE: ${actualBytes} of ${expectedBytes} bytes`;
    const [left, right] = [Buffer.allocUnsafe(pieceBytes), Buffer.allocUnsafe(pieceBytes)];
    for (let offset = 0; offset < expectedBytes; offset += pieceBytes) {
      const [{ bytesRead: leftBytes }, { bytesRead: rightBytes }] = await Promise.all([
        actual.read(left, 0, pieceBytes, offset),
        expected.read(right, 0, pieceBytes, offset),
      ]);
      if (!left.subarray(0, leftBytes).equals(right.subarray(0, rightBytes))) return `WRONG BYTES near ${offset}`;
    }
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'NO FILE' : String(error);
  }
}
