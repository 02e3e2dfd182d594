/** Which system's rules for names hold here. */
import type { Platform } from '@sluice/engine';

/** Other systems that Node runs on follow Linux in what matters here. */
export function currentPlatform(): Platform {
  const { platform } = process;
  return platform === 'darwin' || platform === 'win32' ? platform : 'linux';
}
