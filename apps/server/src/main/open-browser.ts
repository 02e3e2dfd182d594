/** Opens the user's browser where there is someone to see it. */
import { spawn } from 'node:child_process';
import { findProgram, systemRoot } from '@sluice/host';
import { join } from 'node:path';

export function hasDisplay(environment: Readonly<Record<string, string | undefined>>, platform: string): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY']);
}

/** @returns the program and its arguments, by absolute path; null where there is none */
export function browserCommand(
  file: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): readonly [program: string, ...words: string[]] | null {
  if (platform === 'darwin') return ['/usr/bin/open', file];
  if (platform === 'win32') {
    return [join(systemRoot(environment), 'System32', 'rundll32.exe'), 'url.dll,FileProtocolHandler', file];
  }
  const program = findProgram('xdg-open', { environment, platform });
  return program === null ? null : [program, file];
}

/** @param file a page of ours. @returns whether a browser may come; that it does, only the page can tell */
export function openBrowser(file: string): boolean {
  const command = hasDisplay(process.env, process.platform) ? browserCommand(file) : null;
  if (command === null) return false;
  const [program, ...words] = command;
  const child = spawn(program, words, { stdio: 'ignore', detached: true, windowsHide: true });
  child.on('error', () => {});
  child.unref();
  return true;
}
