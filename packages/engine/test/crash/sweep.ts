/**
 * `pnpm sweep [--only part,part] [--seeds n]`: ends engines at every call that changes the disk, and cuts the power at
 * many moments, in memory and on a real disk. `npm test` does the same at a few. Takes minutes.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type SweepPart, sweepParts } from './sweep-parts.ts';

const engine = join(import.meta.dirname, '../..');
const vitest = join(createRequire(join(engine, 'package.json')).resolve('vitest/package.json'), '../vitest.mjs');

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
});

interface Count {
  readonly part: SweepPart;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
}

function runPart(part: SweepPart, seeds: string | undefined): Count {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-sweep-'));
  const report = join(folder, 'report.json');
  const startedAtMs = performance.now();
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...part.files], {
    cwd: engine,
    env: { ...process.env, SLUICE_SWEEP: 'full', ...(seeds === undefined ? {} : { SLUICE_SEEDS: seeds }) },
    stdio: 'inherit',
  });
  const seconds = Math.round((performance.now() - startedAtMs) / 1000);
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = reportSchema.parse(
      JSON.parse(readFileSync(report, 'utf8')),
    );
    const failed = status === 0 ? numFailedTests : Math.max(1, numFailedTests);
    return { part, passed: numPassedTests, failed, skipped: numPendingTests, seconds };
  } catch {
    return { part, passed: 0, failed: 1, skipped: 0, seconds };
  } finally {
    rmSync(folder, { recursive: true });
  }
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
  const counts = chosen(values.only).map((part) => runPart(part, values.seeds));
  process.stdout.write('\n');
  for (const { part, passed, failed, skipped, seconds } of counts) {
    process.stdout.write(
      `${part.name.padEnd(10)} ${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds} s\n`,
    );
  }
  process.exitCode = counts.some(({ failed }) => failed > 0) ? 1 : 0;
}
