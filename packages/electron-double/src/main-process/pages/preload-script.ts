/** Builds the script that Chromium runs in a document's isolated world before any script of the page. */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { Script } from 'node:vm';
import type { PreloadOptions } from '../../page/wire.ts';

export const isolatedWorldName = 'Electron Isolated Context';
export const bindingName = '__electronDoubleToMain';
export const entryName = '__electronDoubleToPage';

/** A module of the page side as plain script text: types, imports and `export` taken off. */
function pageScript(name: string): string {
  const source = readFileSync(new URL(`../../page/${name}`, import.meta.url), 'utf8');
  return stripTypeScriptTypes(source)
    .replaceAll(/^import .*$/gm, '')
    .replaceAll(/^export /gm, '');
}

/**
 * The preload script stands in the text as a function: a page's policy may forbid `eval`.
 * @throws SyntaxError when the preload script does not parse
 */
export function buildPreloadScript(preloadPath: string, options: PreloadOptions['process']): string {
  const preload = readFileSync(preloadPath, 'utf8');
  const setup: PreloadOptions = { bindingName, entryName, process: options };
  const script = `(() => {
${pageScript('clone-codec.ts')}
${pageScript('preload-runtime.ts')}
runPreload(${JSON.stringify(setup)}, function (require, module, exports, process) {
${preload}
});
})();`;
  // Chromium would fail in silence.
  void new Script(script, { filename: preloadPath });
  return script;
}
