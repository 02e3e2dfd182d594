/** Finds the Chromium that the double, and every journey in a browser, runs on. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * `SLUICE_CHROMIUM` when set, else the first of the usual names on the PATH.
 * @throws Error that says what to install
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment['SLUICE_CHROMIUM'];
  if (chosen !== undefined && chosen !== '') return chosen;
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  if (found === undefined) {
    throw new Error('No Chromium found: install the package `chromium`, or set SLUICE_CHROMIUM to an executable.');
  }
  return found;
}
