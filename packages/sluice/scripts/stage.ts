/**
 * Puts together what is published, in `out/package`: `npm run stage`, then `npm pack ./out/package`. The manifest of this
 * folder is for the workspace: it names sources that no package holds.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const home = join(import.meta.dirname, '..');
const staged = join(home, 'out/package');

interface Manifest {
  readonly files: readonly string[];
  readonly exports: Readonly<Record<string, unknown>>;
}

function stage(): void {
  const built = spawnSync(process.execPath, [join(home, 'scripts/build.ts'), '--if-stale'], {
    stdio: ['ignore', 2, 2],
  });
  if (built.status !== 0) throw new Error('the package does not build');
  const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Manifest;
  rmSync(staged, { recursive: true, force: true });
  mkdirSync(staged, { recursive: true });
  for (const name of [...manifest.files, 'README.md'])
    cpSync(join(home, name), join(staged, name), { recursive: true });
  writeFileSync(join(staged, 'package.json'), `${JSON.stringify(published(manifest), null, 2)}\n`);
}

/** Without what only the workspace uses. */
function published(manifest: Manifest): object {
  const kept = Object.entries(manifest).filter(([name]) => !['private', 'scripts', 'devDependencies'].includes(name));
  const exported = Object.entries(manifest.exports).filter(([name]) => name !== './source');
  return { ...Object.fromEntries(kept), exports: Object.fromEntries(exported) };
}

if (process.argv.includes('--refuse')) {
  process.stderr.write('This folder is not what is published: run "npm run stage", then "npm pack ./out/package".\n');
  process.exitCode = 1;
} else {
  stage();
}
