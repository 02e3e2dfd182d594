/** Builds the applications before a run, and says what the desktop's journeys run on. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeElectron } from '@sluice/electron-double';
import { builtApps } from './hosts/built-apps.ts';

/** Set by whoever has just built everything. */
const builtVariable = 'SLUICE_E2E_BUILT';

function build(name: string): void {
  const root = join(import.meta.dirname, '..');
  const { status, stdout, stderr } = spawnSync('pnpm', ['--filter', name, 'build'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} does not build:\n${stdout}\n${stderr}`);
}

if (process.env[builtVariable] === undefined) {
  build('@sluice/server');
  build('@sluice/desktop');
}
for (const path of Object.values(builtApps)) {
  if (!existsSync(path)) throw new Error(`${path} is missing: run without ${builtVariable}`);
}
process.stdout.write(`note: desktop journeys run on ${describeElectron()}.\n`);
