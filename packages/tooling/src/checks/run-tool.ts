/** Runs a development tool of the root package and captures what it says. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ToolRun {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  /** What it wrote to both streams, in order of arrival. */
  readonly output: string;
}

/**
 * Runs the tool's own entry file with this Node, so that no shell and no shim is in between.
 *
 * @param tool A package of the root's node_modules with a command of the given name, such as `typescript` and `tsc`.
 */
export function runTool(
  root: string,
  tool: { package: string; command: string },
  options: readonly string[],
): Promise<ToolRun> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [commandFile(root, tool), ...options], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const pieces: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.stderr.on('data', (piece: Buffer) => pieces.push(piece));
    child.on('error', (error) => resolve({ exitCode: null, output: error.message }));
    child.on('close', (exitCode) => resolve({ exitCode, output: Buffer.concat(pieces).toString('utf8') }));
  });
}

function commandFile(root: string, tool: { package: string; command: string }): string {
  const folder = join(root, 'node_modules', tool.package);
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const bin = typeof manifest === 'object' && manifest !== null && 'bin' in manifest ? manifest.bin : undefined;
  const commands = new Map(typeof bin === 'object' && bin !== null ? Object.entries(bin) : []);
  const file: unknown = typeof bin === 'string' ? bin : commands.get(tool.command);
  if (typeof file !== 'string') throw new Error(`${tool.package} has no command ${tool.command}`);
  return join(folder, file);
}
