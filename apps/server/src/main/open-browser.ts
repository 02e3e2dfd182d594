/** Opens the user's browser where there is someone to see it. */
import open from 'open';

export function hasDisplay(environment: Readonly<Record<string, string | undefined>>, platform: string): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY']);
}

/** Never fails: the link is on the terminal as well. */
export async function openBrowser(url: string): Promise<void> {
  try {
    const child = await open(url);
    child.on('error', () => {});
  } catch {
    // No browser, or none that the system knows of.
  }
}
