/** A small repository in a temporary folder in which the real scripts run, with a stand-in for npm's installer. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Captured, capture } from '../../scripts/lib/command.mjs';

const scripts = join(import.meta.dirname, '../../scripts');

export interface FixtureRepository {
  readonly root: string;
  /** What the scripts are run with: no display, no Electron, the stand-in installer and a registry that nobody serves. */
  readonly env: NodeJS.ProcessEnv;
  write(path: string, text: string): void;
  /** Runs one of the commands, as npm would. */
  run(script: 'setup' | 'start' | 'test', ...options: readonly string[]): Promise<Captured>;
  /** How often the stand-in installer ran, and with what. */
  installs(): readonly string[];
}

/** Logs its options, says what INSTALL_SAYS tells it to and ends with INSTALL_EXITS. */
const installer = `
import { appendFileSync } from 'node:fs';
appendFileSync(process.env.INSTALL_LOG, process.argv.slice(2).join(' ') + '\\n');
console.error(process.env.INSTALL_SAYS ?? '');
process.exit(Number(process.env.INSTALL_EXITS ?? 0));
`;

/** @param files Text by path from the root, besides what every repository has. */
export function fixtureRepository(files: Readonly<Record<string, string>>): FixtureRepository {
  const root = mkdtempSync(join(tmpdir(), 'sluice-repository-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  function write(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  cpSync(scripts, join(root, 'packages/tooling/scripts'), { recursive: true });
  mkdirSync(join(root, 'node_modules/node/bin'), { recursive: true });
  symlinkSync(process.execPath, join(root, 'node_modules/node/bin/node'));
  const always = { 'package.json': '{ "type": "module" }', 'pnpm-lock.yaml': 'lockfile', 'npm/npx-cli.js': installer };
  for (const [path, text] of Object.entries({ ...always, ...files })) write(path, text);
  const env: NodeJS.ProcessEnv = {
    PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    npm_execpath: join(root, 'npm/npm-cli.js'),
    npm_config_registry: 'http://127.0.0.1:1/',
    INSTALL_LOG: join(root, 'installs.log'),
  };
  writeFileSync(join(root, 'installs.log'), '');
  return {
    root,
    env,
    write,
    run: (script, ...options) =>
      capture(process.execPath, [join(root, `packages/tooling/scripts/${script}.mjs`), ...options], { cwd: root, env }),
    installs: () =>
      readFileSync(join(root, 'installs.log'), 'utf8')
        .split('\n')
        .filter((line) => line !== ''),
  };
}
