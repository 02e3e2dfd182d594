/**
 * Entry of the double's process: `node bootstrap.ts MAIN [ARGUMENT…]` runs an application's built main script as Electron
 * would, with `electron` resolved to the double. The script may be an ES module or CommonJS.
 */
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { doubleEnvironment } from '../control.ts';
import { startControlServer } from './control-server.ts';
import { becomeReady } from './lifecycle.ts';
import { setMainScript } from './paths.ts';

const electronUrl = new URL('./electron-module.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === 'electron' || specifier === 'electron/main') return { url: electronUrl, shortCircuit: true };
    return nextResolve(specifier, context);
  },
});

/** As Electron leaves it: `[executable, script, …]` in development, `[executable, …]` once packaged. */
function takeMainScript(): string {
  const [, , script, ...rest] = process.argv;
  if (script === undefined) throw new Error('usage: bootstrap.ts MAIN [ARGUMENT…]');
  const main = resolve(script);
  const packaged = process.env[doubleEnvironment.packaged] === '1';
  process.argv = [process.argv0, ...(packaged ? [] : [main]), ...rest];
  if (!packaged) Object.defineProperty(process, 'defaultApp', { value: true });
  return main;
}

const main = takeMainScript();
setMainScript(main);
Object.defineProperty(process, 'type', { value: 'browser' });
startControlServer();
// Electron lives until it is told to quit, however little is left to do.
setInterval(() => undefined, 2 ** 30);
await import(pathToFileURL(main).href);
becomeReady();
