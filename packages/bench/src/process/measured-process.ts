/** Runs a program to its end and says what it cost: time, CPU and peak memory of it and its children. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cost } from '../report/report.ts';

export interface Command {
  readonly program: string;
  readonly words: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Where it runs; default: here. */
  readonly folder?: string;
}

export type ProcessEnd =
  | { readonly kind: 'ended'; readonly exitCode: number; readonly cost: Cost; readonly errors: string }
  | { readonly kind: 'killed'; readonly why: string };

export interface RunOptions {
  /** Words in front of all others, such as `ip netns exec NAME`. */
  readonly prefix?: readonly string[];
  /** Killed after this long. Default 5 minutes. */
  readonly deadlineMs?: number;
}

/**
 * GNU time, since its parent is small: a child starts with the peak memory of the process that forked it, so one
 * forked from Node would never be seen below Node's own size.
 */
export const timeProgram = '/usr/bin/time';

export async function runMeasured(command: Command, options: RunOptions = {}): Promise<ProcessEnd> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-'));
  const costPath = join(folder, 'cost');
  const words = [
    ...(options.prefix ?? []),
    timeProgram,
    '-q',
    '-f',
    '%U %S %M',
    '-o',
    costPath,
    command.program,
    ...command.words,
  ];
  const [program = timeProgram, ...rest] = words;
  try {
    const startedAtMs = performance.now();
    const child = spawn(program, rest, {
      cwd: command.folder,
      env: { ...process.env, ...command.environment },
      stdio: ['ignore', 'ignore', 'pipe'],
      // A group of its own, so that what `time` started goes with it.
      detached: true,
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-2000);
    });
    let isLate = false;
    const deadline = setTimeout(() => {
      isLate = true;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, options.deadlineMs ?? 300_000);
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    const wallSeconds = (performance.now() - startedAtMs) / 1000;
    clearTimeout(deadline);
    if (isLate) return { kind: 'killed', why: 'not done in time' };
    return {
      kind: 'ended',
      exitCode: exitCode ?? -1,
      cost: parseCost(await readFile(costPath, 'utf8'), wallSeconds),
      errors,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param text user seconds, system seconds and peak kibibytes, as GNU time writes them */
export function parseCost(text: string, wallSeconds: number): Cost {
  const last = text.trim().split('\n').at(-1) ?? '';
  const [user = Number.NaN, system = Number.NaN, peakKibibytes = Number.NaN] = last.split(' ').map(Number);
  if (Number.isNaN(user + system + peakKibibytes)) throw new Error(`not a line of GNU time: ${last}`);
  return { wallSeconds, cpuSeconds: user + system, peakBytes: peakKibibytes * 1024 };
}
