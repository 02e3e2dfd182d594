/** Type-checks every tsconfig of every package, and sees that no code file is left out of all of them. */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, sep } from 'node:path';
import { readWorkspace, type WorkspacePackage } from '../workspace.ts';
import { inParallel } from './in-parallel.ts';
import { runTool } from './run-tool.ts';
import { readCompilerOutput } from './compiler-output.ts';
import type { StepResult } from './step.ts';

interface ConfigResult {
  readonly owner: WorkspacePackage;
  readonly config: string;
  readonly passed: boolean;
  readonly findings: readonly string[];
  /** The owner's files that the config's program holds, from the workspace root. */
  readonly covered: readonly string[];
}

/** Code, not declarations: those are believed, not checked (`skipLibCheck`). */
const checkedFile = /(?<!\.d)\.(?:ts|tsx|mts)$/u;
/** "No inputs were found": a config whose folders are still empty. The search for uncovered files keeps that honest. */
const noInputs = 'error TS18003';

export async function checkTypes(root: string): Promise<StepResult> {
  const { packages } = readWorkspace(root);
  const configs = packages.flatMap((owner) => configsOf(root, owner).map((config) => ({ owner, config })));
  const results = await inParallel(configs, Math.min(availableParallelism(), 4), ({ owner, config }) =>
    checkConfig(root, owner, config),
  );
  const uncovered = packages.flatMap((owner) => uncoveredFiles(owner, results));
  const output = [
    ...describeFailures(results.filter((result) => !result.passed)),
    ...uncovered.map((path) => `${path}  no tsconfig of its package includes this file`),
  ];
  return { passed: output.length === 0, output: output.join('\n'), summary: `${configs.length} configs` };
}

function configsOf(root: string, owner: WorkspacePackage): readonly string[] {
  return readdirSync(join(root, owner.folder))
    .filter((name) => /^tsconfig(?:\.[\w-]+)?\.json$/u.test(name))
    .map((name) => `${owner.folder}/${name}`)
    .toSorted();
}

async function checkConfig(root: string, owner: WorkspacePackage, config: string): Promise<ConfigResult> {
  const options = ['-p', config, '--pretty', 'false', '--listFiles'];
  const run = await runTool(root, { package: 'typescript', command: 'tsc' }, options);
  const { findings, files } = readCompilerOutput(run.output);
  const paths = files.map((path) => relative(root, path).split(sep).join('/'));
  return {
    owner,
    config,
    passed: run.exitCode === 0 || (findings.length > 0 && findings.every((text) => text.includes(noInputs))),
    findings: findings.length > 0 ? findings : [`tsc ended with ${run.exitCode ?? 'a signal'} and said nothing`],
    covered: paths.filter((path) => path.startsWith(`${owner.folder}/`)),
  };
}

/** Packages are compiled from source, so one finding comes up in every package that imports the file: it is printed once. */
function describeFailures(failures: readonly ConfigResult[]): readonly string[] {
  const printed = new Set<string>();
  return failures.flatMap(({ config, findings }) => {
    const fresh = findings.filter((text) => !printed.has(text));
    for (const text of fresh) printed.add(text);
    return [`${config}:`, ...(fresh.length > 0 ? fresh : ['only what is printed above'])];
  });
}

function uncoveredFiles(owner: WorkspacePackage, results: readonly ConfigResult[]): readonly string[] {
  const covered = new Set(results.filter((result) => result.owner === owner).flatMap((result) => result.covered));
  return owner.files.filter((path) => checkedFile.test(path) && !covered.has(path));
}
