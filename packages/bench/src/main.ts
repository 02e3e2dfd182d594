/** The benchmarks: `pnpm bench` builds the command, runs every case against what is installed, and prints tables. */
import { execFileSync } from 'node:child_process';
import { cpSync, symlinkSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { allCases } from './cases/all-cases.ts';
import type { BenchContext } from './cases/bench-case.ts';
import { type BenchOptions, readOptions } from './options.ts';
import { findProgram } from './process/find-program.ts';
import { timeProgram } from './process/measured-process.ts';
import { contenders } from './race/contenders.ts';
import type { CaseReport } from './report/report.ts';
import { drawReport } from './report/table.ts';
import { makeWorkFolder } from './work-folder.ts';

const cliFolder = join(import.meta.dirname, '../../../apps/cli');

const help = `Usage: pnpm bench [options]

  --only CASES   run these only: ${allCases.map(({ name }) => name).join(', ')}
  --quick        small files and few rounds, within two minutes
  --rounds N     rounds of each race (default 5)
  --size SIZE    size of the plain races' file (default 4G)
  --work FOLDER  put sources and outputs there (default: memory, where there is room)
  --markdown     print tables for a README
`;

async function main(): Promise<number> {
  const parsed = readOptions(
    process.argv.slice(2),
    allCases.map(({ name }) => name),
  );
  if (parsed.kind === 'help') {
    process.stdout.write(help);
    return 0;
  }
  if (parsed.kind === 'usage-error') {
    process.stderr.write(`bench: ${parsed.sentence}\n`);
    return 2;
  }
  const missing = ['nginx', timeProgram].filter((name) => findProgram(name.replace(/^.*\//u, '')) === null);
  if (missing.length > 0) {
    process.stderr.write(`bench: ${missing.join(' and ')} must be installed (Debian: nginx, time)\n`);
    return 2;
  }
  // Builds the command first where that is due.
  execFileSync(process.execPath, [join(cliFolder, 'scripts/run.ts'), '--version'], { stdio: ['ignore', 2, 2] });
  return runCases(parsed.options);
}

async function runCases(options: BenchOptions): Promise<number> {
  await using work = await makeWorkFolder({ base: options.workFolder, sizeBytes: options.sizeBytes });
  const sluicePath = copyCommand(work.path);
  const all = contenders(sluicePath);
  const installed = all.filter(({ program }) => program === null || findProgram(program) !== null);
  const absent = all.filter((each) => !installed.includes(each)).map(({ name }) => name);
  const context: BenchContext = {
    options,
    workFolder: work.path,
    sourceFolder: work.sourceFolder,
    sluicePath,
    contenders: installed,
    source: (sizeBytes) => work.source(sizeBytes),
    say: (text) => process.stderr.write(`  ${text}\n`),
  };
  const processors = cpus();
  process.stdout.write(
    `${processors.length} cores, Node ${process.versions.node}, medians of interleaved rounds, files in ${work.path}\n` +
      `${absent.length === 0 ? '' : `Not installed, so not measured: ${absent.join(', ')}\n`}\n`,
  );
  let failures = 0;
  for (const each of allCases) {
    if (options.only.length > 0 && !options.only.includes(each.name)) continue;
    process.stderr.write(`${each.name}\n`);
    const report = await each.run(context).catch((error: unknown): CaseReport => {
      failures += 1;
      return {
        kind: 'skipped',
        title: each.title,
        why: `it failed: ${error instanceof Error ? error.message : String(error)}`,
      };
    });
    process.stdout.write(`${drawReport(report, options.markdown ? 'markdown' : 'text')}\n`);
  }
  return failures === 0 ? 0 : 1;
}

/** So that a build meanwhile changes nothing of what is measured. @returns the path of the command */
function copyCommand(workFolder: string): string {
  const folder = join(workFolder, 'command');
  cpSync(join(cliFolder, 'dist'), folder, { recursive: true, filter: (path) => basename(path) !== 'ui' });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  // Its native modules: without them it would do less than what people run, and leave finished files unmarked.
  symlinkSync(join(cliFolder, 'node_modules'), join(folder, 'node_modules'), 'dir');
  return join(folder, 'sluice.js');
}

process.exitCode = await main();
