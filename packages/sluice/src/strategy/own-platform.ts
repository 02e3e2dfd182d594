/** Whose rules of file names hold here. */
import type { Platform } from '@sluice/engine';

/** Systems that are neither Windows nor macOS have Linux's rules. */
export function ownPlatform(): Platform {
  return process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';
}
