/** Runs a script of ours in a process of its own, so that what it measures is it alone, and takes its one line of JSON. */
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
/** What a program of ours would have compiled when it was built. */
const cacheFolder = join(tmpdir(), 'sluice-bench-compiled');
const insideFolder = join(import.meta.dirname, '../inside');

export interface InsideOptions {
  readonly words?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** @param script a file of `src/inside`; prints an object of numbers as its last line */
export async function runInside(
  script: string,
  options: InsideOptions = {},
): Promise<Readonly<Record<string, number>>> {
  const { stdout } = await execute(process.execPath, [join(insideFolder, script), ...(options.words ?? [])], {
    env: { ...process.env, NODE_COMPILE_CACHE: cacheFolder, ...options.environment },
    maxBuffer: 16 * 1024 ** 2,
    timeout: 300_000,
  });
  return parseFigures(stdout);
}

/** @throws when the last line is no object of numbers */
export function parseFigures(output: string): Readonly<Record<string, number>> {
  const parsed: unknown = JSON.parse(output.trim().split('\n').at(-1) ?? '');
  if (typeof parsed !== 'object' || parsed === null) throw new Error('no figures came back');
  const figures: Record<string, number> = {};
  for (const [name, value] of Object.entries(parsed)) {
    if (typeof value !== 'number') throw new Error(`${name} is no number`);
    figures[name] = value;
  }
  return figures;
}

export function figure(figures: Readonly<Record<string, number>>, name: string): number {
  return figures[name] ?? Number.NaN;
}
