/**
 * `pnpm sweep [--only part,part] [--seeds n]`: ends processes at every call that changes the disk, and cuts the power at
 * many moments, in memory and on a real disk. `npm test` does the same at a few. Takes about ten minutes on two cores.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type SweepPart, sweepParts } from './sweep-parts.ts';

const root = join(import.meta.dirname, '../../../..');
const engine = createRequire(join(root, 'packages/engine/package.json'));
const vitest = join(engine.resolve('vitest/package.json'), '../vitest.mjs');
/** Half of a part's time goes to processes that start and to the disk. */
const atATime = 2;
/** Far more than any part takes: one that hangs is ended and counted as failed. */
const longestPartMs = 30 * 60_000;

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
});
const triedSchema = z.tuple([z.string(), z.number()]);

interface Result {
  readonly part: SweepPart;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** How many of what was tried. */
  readonly tried: ReadonlyMap<string, number>;
  readonly output: string;
}

async function runPart(part: SweepPart, seeds: string | undefined): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-sweep-'));
  const [report, counts] = [join(folder, 'report.json'), join(folder, 'counts')];
  const startedAtMs = performance.now();
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...part.files], {
    cwd: join(root, part.inPackage),
    env: {
      ...process.env,
      SLUICE_SWEEP: 'full',
      SLUICE_SWEEP_COUNTS: counts,
      ...(seeds === undefined ? {} : { SLUICE_SEEDS: seeds }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: longestPartMs,
  });
  const [out, error, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  const seconds = Math.round((performance.now() - startedAtMs) / 1000);
  const common = { part, seconds, tried: triedOf(counts), output: out + error };
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = reportSchema.parse(
      JSON.parse(readFileSync(report, 'utf8')),
    );
    const failed = status === 0 ? numFailedTests : Math.max(1, numFailedTests);
    return { ...common, passed: numPassedTests, failed, skipped: numPendingTests };
  } catch {
    return { ...common, passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function triedOf(file: string): ReadonlyMap<string, number> {
  const tried = new Map<string, number>();
  let lines: string[] = [];
  try {
    lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  } catch {
    // The part counts nothing but its tests.
  }
  for (const line of lines) {
    const [what, count] = triedSchema.parse(JSON.parse(line));
    tried.set(what, (tried.get(what) ?? 0) + count);
  }
  return tried;
}

function lineOf({ part, passed, failed, skipped, seconds, tried }: Result): string {
  const counts = [...tried].map(([what, count]) => `, ${count} ${what}`).join('');
  return `${part.name.padEnd(10)} ${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds} s${counts}\n`;
}

async function runParts(deps: readonly SweepPart[], seeds: string | undefined): Promise<readonly Result[]> {
  const results = new Map<SweepPart, Result>();
  const waiting = [...deps];
  const worker = async (): Promise<void> => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      const result = await runPart(part, seeds);
      results.set(part, result);
      process.stdout.write(result.failed > 0 ? result.output : lineOf(result));
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return deps.flatMap((part) => results.get(part) ?? []);
}

function chosen(only: string | undefined): readonly SweepPart[] {
  if (only === undefined) return sweepParts;
  return only.split(',').map((name) => {
    const part = sweepParts.find((one) => one.name === name);
    if (part === undefined)
      throw new Error(`no part ${name}; there are ${sweepParts.map((one) => one.name).join(', ')}`);
    return part;
  });
}

const { values } = parseArgs({
  options: { only: { type: 'string' }, seeds: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
});
if (values.help === true) {
  process.stdout.write('pnpm sweep [--only part,part] [--seeds n]\n\n');
  for (const { name, about } of sweepParts) process.stdout.write(`  ${name.padEnd(10)} ${about}\n`);
} else {
  const results = await runParts(chosen(values.only), values.seeds);
  process.stdout.write(`\n${results.map(lineOf).join('')}`);
  process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;
}
