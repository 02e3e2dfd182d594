/** Repeats a name operation while another program briefly holds the file. */
import { setTimeout as delay } from 'node:timers/promises';
import { errnoOf } from './disk-errors.ts';
import type { NodeFilesBase } from './system.ts';

/**
 * Windows refuses to rename or delete a file that a scanner, an indexer or a preview has open, and says so
 * with EPERM or EACCES as often as with EBUSY. Elsewhere those two are final.
 */
function isBusy(errno: string | null, platform: NodeJS.Platform): boolean {
  if (errno === 'EBUSY' || errno === 'ETXTBSY') return true;
  return platform === 'win32' && (errno === 'EPERM' || errno === 'EACCES');
}

export async function retryWhileBusy<T>(base: NodeFilesBase, attempt: () => Promise<T>): Promise<T> {
  for (const delayMs of base.busyDelaysMs) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(errnoOf(error), base.platform)) throw error;
    }
    await delay(delayMs);
  }
  return attempt();
}
