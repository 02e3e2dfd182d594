/**
 * The command behind `pnpm check`: types, lint, format, dependencies and dead code, one line each, what fails in full.
 *
 * `node check.ts [STEP…] [--json FILE]` runs the named steps, or all; FILE gets `[{ "name", "passed" }]`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Step, StepResult } from './checks/step.ts';
import { steps } from './checks/steps.ts';

const root = join(import.meta.dirname, '../../..');

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
  const unknown = positionals.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(
      `There is no check called ${unknown.join(', ')}. There are ${steps.map((step) => step.name).join(', ')}.`,
    );
    return 2;
  }
  const results: Array<{ readonly name: string; readonly passed: boolean }> = [];
  for (const step of steps.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
    results.push({ name: step.name, passed: await runStep(step) });
  }
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(results));
  const failed = results.filter((result) => !result.passed);
  if (failed.length > 0)
    console.log(`\n${failed.length} of ${results.length} failed: ${failed.map(({ name }) => name).join(', ')}`);
  return failed.length === 0 ? 0 : 1;
}

async function runStep(step: Step): Promise<boolean> {
  const startMs = performance.now();
  const result = await step.run(root).catch(crashed);
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  const detail = result.summary === '' ? '' : `, ${result.summary}`;
  console.log(`${result.passed ? 'ok  ' : 'FAIL'}  ${step.title} (${seconds} s${detail})`);
  if (result.output !== '') console.log(`\n${result.output}\n`);
  if (!result.passed && step.remedy !== null) console.log(`To mend it: ${step.remedy}\n`);
  return result.passed;
}

function crashed(error: unknown): StepResult {
  const output = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { passed: false, output, summary: '' };
}

process.exitCode = await main();
