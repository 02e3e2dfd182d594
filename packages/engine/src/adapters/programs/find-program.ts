/**
 * Finds programs of the system by absolute path. Left to the system, a bare name is also looked for in the current
 * folder (always on Windows, elsewhere where PATH says so), and that may be a folder full of downloads.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';

export interface ProgramSearch {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/** @param name without a path, and without `.exe`. @returns where it may be, best first; absolute paths only. Pure. */
export function programPaths(name: string, { environment, platform }: ProgramSearch): readonly string[] {
  const isWindows = platform === 'win32';
  const path = isWindows ? win32 : posix;
  const listed = variable(environment, 'PATH', isWindows)
    .split(path.delimiter)
    .map((folder) => folder.replace(/^"(.*)"$/, '$1'));
  // The system's own first: other folders of Windows' PATH can often be written by programs without rights.
  const folders = isWindows ? [win32.join(systemRoot(environment), 'System32'), ...listed] : listed;
  const file = isWindows ? `${name}.exe` : name;
  const isWhole = isWindows ? isWholeWindowsPath : (folder: string) => posix.isAbsolute(folder);
  return [...new Set(folders.filter(isWhole).map((folder) => path.join(folder, file)))];
}

/** @returns null when there is no such program */
export function findProgram(
  name: string,
  { environment = process.env, platform = process.platform }: Partial<ProgramSearch> = {},
): string | null {
  return programPaths(name, { environment, platform }).find(isProgram) ?? null;
}

/** `C:\…` and `\\server\…`; `\x` and `C:x` depend on the current drive and folder. */
function isWholeWindowsPath(folder: string): boolean {
  return /^(?:[a-z]:[\\/]|\\\\[^\\])/i.test(folder);
}

/** Where Windows itself lies. */
export function systemRoot(environment: ProgramSearch['environment']): string {
  const named = variable(environment, 'SystemRoot', true);
  return isWholeWindowsPath(named) ? named : String.raw`C:\Windows`;
}

/** Windows' environment does not tell upper case from lower. */
function variable(environment: ProgramSearch['environment'], name: string, ignoresCase: boolean): string {
  const exact = environment[name];
  if (exact !== undefined || !ignoresCase) return exact ?? '';
  const found = Object.keys(environment).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? '' : (environment[found] ?? '');
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
