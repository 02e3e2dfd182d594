/** The steps of `pnpm check`, the cheapest first. */
import { checkSources } from '../check-sources.ts';
import { checkLayout } from '../dependencies/check-layout.ts';
import { folderRules } from '../dependencies/folders.ts';
import { formatViolation, sortViolations } from '../violation.ts';
import { checkTypes } from './check-types.ts';
import { runTool } from './run-tool.ts';
import type { Step, StepResult } from './step.ts';

export const steps: readonly Step[] = [
  { name: 'format', title: 'format', remedy: 'pnpm format', run: (root) => runAsStep(root, 'oxfmt', ['--check', '.']) },
  { name: 'dependencies', title: 'dependencies and house rules', remedy: null, run: checkSourcesStep },
  { name: 'types', title: 'types', remedy: null, run: checkTypes },
  { name: 'lint', title: 'lint', remedy: null, run: (root) => runAsStep(root, 'oxlint', ['--format', 'unix']) },
  {
    name: 'dead-code',
    title: 'dead code',
    remedy: null,
    run: (root) => runAsStep(root, 'knip', ['--no-progress', '--treat-config-hints-as-errors']),
  },
  {
    name: 'production',
    title: 'code that only tests use',
    remedy: null,
    run: (root) => runAsStep(root, 'knip', ['--no-progress', '--production', '--config', '.knip-production.json']),
  },
];

async function runAsStep(root: string, tool: string, options: readonly string[]): Promise<StepResult> {
  const { exitCode, output } = await runTool(root, { package: tool, command: tool }, options);
  return { passed: exitCode === 0, output: exitCode === 0 ? '' : output.trimEnd(), summary: '' };
}

function checkSourcesStep(root: string): Promise<StepResult> {
  const { violations: ofSources, paths, packageCount } = checkSources(root);
  const rulePaths = folderRules.map(({ path }) => path);
  const violations = sortViolations([...ofSources, ...checkLayout(paths, rulePaths)]);
  return Promise.resolve({
    passed: violations.length === 0,
    output: violations.map(formatViolation).join('\n'),
    summary: `${paths.length} files of ${packageCount} packages`,
  });
}
