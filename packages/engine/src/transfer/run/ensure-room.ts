/** Asks before any traffic whether the disk has room for what is still to come. */
import { SluiceError } from '../../errors.ts';
import type { Files } from '../../ports/files.ts';

/**
 * @param neededBytes null when the length is unknown: then only writing will tell
 * @throws SluiceError `disk-full` with `neededBytes`, `freeBytes` and `missingBytes`
 */
export async function ensureRoom(files: Files, folder: string, neededBytes: number | null): Promise<void> {
  if (neededBytes === null || neededBytes === 0) return;
  const freeBytes = await files.freeBytes(folder);
  if (freeBytes === null || freeBytes >= neededBytes) return;
  throw new SluiceError('disk-full', `${neededBytes} bytes needed, ${freeBytes} free`, {
    facts: { neededBytes, freeBytes, missingBytes: neededBytes - freeBytes, folder },
  });
}
