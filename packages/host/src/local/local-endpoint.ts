/** Where the host that owns a data folder can be reached by other programs of the same user. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** What the smallest `sockaddr_un` of our systems holds (macOS), with its end and some room. */
const longestSocketPathBytes = 100;

/**
 * @returns a socket inside the data folder, or a named pipe on Windows; null where the folder's path is too long for
 *   one, and the host then cannot be reached
 */
export function localEndpoint(dataFolder: string, platform: NodeJS.Platform = process.platform): string | null {
  if (platform === 'win32') {
    const name = createHash('sha256').update(dataFolder.toLowerCase()).digest('hex').slice(0, 32);
    return String.raw`\\.\pipe\sluice-${name}`;
  }
  const path = join(dataFolder, 'host.sock');
  return Buffer.byteLength(path) > longestSocketPathBytes ? null : path;
}
