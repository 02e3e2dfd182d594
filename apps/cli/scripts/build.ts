/** Builds the command, and the web interface it serves: each only when it is missing or older than its source. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '..');
const workspace = join(cli, '../..');
const server = join(workspace, 'apps/server');

/** What a built file is made of; versions of libraries are in the lockfile. */
const commandSources = [
  join(cli, 'src'),
  join(cli, 'package.json'),
  join(cli, 'vite.config.ts'),
  ...['contract', 'engine', 'host', 'sluice'].map((name) => join(workspace, 'packages', name, 'src')),
  join(workspace, 'pnpm-lock.yaml'),
];
const interfaceSources = [
  join(server, 'src/browser'),
  join(server, 'vite.ui.config.ts'),
  ...['contract', 'ui'].map((name) => join(workspace, 'packages', name, 'src')),
  join(workspace, 'pnpm-lock.yaml'),
];

export const builtCommand = join(cli, 'dist/sluice.js');
export const builtManual = join(cli, 'dist/sluice.1');

/** @throws when the build fails; what is wrong has been written to standard error */
export function buildCommand(): void {
  if (!isStale(builtCommand, commandSources)) return;
  removeChunks();
  vite(cli, ['build']);
  buildManual();
}

/** Those of an earlier build would be shipped. The interface beside them stays. */
function removeChunks(): void {
  const dist = join(cli, 'dist');
  if (!existsSync(dist)) return;
  for (const name of readdirSync(dist)) if (name.startsWith('chunk-')) rmSync(join(dist, name));
}

/** By the command itself: it is made of the same words as its help. */
function buildManual(): void {
  const { status, stdout } = spawnSync(process.execPath, [builtCommand, 'man'], { stdio: ['ignore', 'pipe', 2] });
  if (status !== 0) throw new Error('the manual page could not be made');
  writeFileSync(builtManual, stdout);
}

/** The same files that the server app serves, copied beside the command. */
export function buildInterface(): void {
  const built = join(server, 'dist/ui');
  const copy = join(cli, 'dist/ui');
  if (isStale(join(built, 'index.html'), interfaceSources)) vite(server, ['build', '--config', 'vite.ui.config.ts']);
  if (!isStale(join(copy, 'index.html'), [built])) return;
  rmSync(copy, { recursive: true, force: true });
  cpSync(built, copy, { recursive: true });
}

function isStale(built: string, sources: readonly string[]): boolean {
  if (!existsSync(built)) return true;
  const builtAtMs = statSync(built).mtimeMs;
  return sources.some((source) => newestMs(source) > builtAtMs);
}

function newestMs(path: string): number {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return 0;
  if (!facts.isDirectory()) return facts.mtimeMs;
  // The folder itself too: a deleted file changes nothing else.
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestMs(join(path, name))), facts.mtimeMs);
}

/** Standard output is the command's own. */
function vite(folder: string, words: readonly string[]): void {
  process.stderr.write(`Building ${folder === cli ? 'sluice' : 'the web interface'}…\n`);
  const require = createRequire(join(folder, 'package.json'));
  const program = join(require.resolve('vite/package.json'), '../bin/vite.js');
  const build = spawnSync(process.execPath, [program, ...words, '--logLevel', 'error'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
  });
  if (build.status !== 0) throw new Error(`the build in ${folder} failed`);
}

if (import.meta.main) {
  buildCommand();
  buildInterface();
}
