/** Writes the probe as a script that Electron loads before the application. */
import { readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

/** Where the probe waits for the test inside Electron's main process. */
export const probeName = '__sluiceProbe';

export function writeProbeScript(path: string): void {
  const source = readFileSync(new URL('./probe.ts', import.meta.url), 'utf8');
  // Imports are of types alone, so nothing is left of them but their lines.
  const script = stripTypeScriptTypes(source).replaceAll(/^export /gm, '');
  writeFileSync(path, `${script}\nglobalThis.${probeName} = installProbe(require('electron'));\n`);
}
