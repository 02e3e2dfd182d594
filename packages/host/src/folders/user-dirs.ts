/** Reads the XDG user directories file, where Linux desktops say which folder holds downloads. */
import { posix } from 'node:path';

/**
 * @param text contents of `user-dirs.dirs`
 * @returns the absolute downloads folder, or null when the file names none (or switches it off by naming home itself)
 * Format: xdg-user-dirs, `XDG_xxx_DIR="$HOME/yyy"` or `="/yyy"`, where `$`, `"`, `\` and backquotes may be escaped.
 */
export function downloadsFromUserDirs(text: string, homeFolder: string): string | null {
  let found: string | null = null;
  for (const line of text.split('\n')) {
    const quoted = /^\s*XDG_DOWNLOAD_DIR\s*=\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(line)?.[1];
    if (quoted === undefined) continue;
    found = resolveFolder(quoted, homeFolder);
  }
  return found;
}

function resolveFolder(quoted: string, homeFolder: string): string | null {
  const inHome = /^\$HOME(?:\/|$)/.test(quoted);
  const rest = (inHome ? quoted.slice('$HOME'.length) : quoted).replaceAll(/\\(.)/g, '$1');
  const folder = inHome ? posix.join(homeFolder, rest) : rest;
  if (!posix.isAbsolute(folder)) return null;
  const normal = posix.join(folder, '.').replace(/(?<=.)\/$/, '');
  return normal === posix.join(homeFolder, '.').replace(/(?<=.)\/$/, '') ? null : normal;
}
