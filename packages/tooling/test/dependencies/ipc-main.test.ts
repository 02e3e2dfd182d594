/** One file of the desktop app may touch `ipcMain`, under any of the names it can be reached by. */
import { expect, test } from 'vitest';
import { checkSources } from '../../src/check-sources.ts';
import { fixtureWorkspace } from '../support/fixture-workspace.ts';

const opening = '/** Stands in a fixture to be judged by the check. */\n';
const touching = `${opening}import { ipcMain } from 'electron';\nipcMain.on('a', () => undefined);\n`;

function places(files: Readonly<Record<string, string>>): readonly string[] {
  const { violations } = checkSources(fixtureWorkspace(files));
  return violations.map((violation) => `${violation.file}:${violation.line ?? 0} ${violation.rule}`);
}

test('one file of main may', () => {
  expect(places({ 'apps/desktop/src/main/ipc.ts': touching })).toEqual([]);
});

test('a second may not', () => {
  const files = { 'apps/desktop/src/main/ipc.ts': touching, 'apps/desktop/src/main/window.ts': touching };
  expect(places(files)).toEqual(['apps/desktop/src/main/window.ts:2 ipc-main']);
});

test.each([
  ['renamed', `import { ipcMain as bus } from 'electron';`],
  ['off the namespace', `import * as electron from 'electron';\nelectron.ipcMain.on('a', () => undefined);`],
  ['by its name as a text', `import * as electron from 'electron';\nelectron['ipcMain'].on('a', () => undefined);`],
  [
    'through a web contents’ own',
    `export const listen = (contents: Contents): void => contents.ipc.on('a', () => undefined);`,
  ],
])('a second may not: %s', (_name, code) => {
  const files = { 'apps/desktop/src/main/ipc.ts': touching, 'apps/desktop/src/main/window.ts': `${opening}${code}` };
  const found = places(files).filter((place) => place.endsWith('ipc-main'));
  expect(found).toEqual([expect.stringMatching(/^apps\/desktop\/src\/main\/window\.ts:[23] ipc-main$/u)]);
});

test('no file outside main may, though the double names it', () => {
  const named = `${opening}export const ipcMain = {};\n`;
  const files = {
    'apps/desktop/src/preload/index.ts': touching,
    'packages/electron-double/src/ipc-main.ts': named,
    'apps/desktop/test/ipc.test.ts': named,
  };
  expect(places(files)).toEqual(['apps/desktop/src/preload/index.ts:2 ipc-main']);
});
