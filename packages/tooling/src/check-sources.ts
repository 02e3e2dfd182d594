/** Reads a workspace once and runs our own checks over it: who imports whom, and the house rules. */
import { checkDependencies } from './dependencies/check-dependencies.ts';
import { checkHouse } from './house/check-house.ts';
import { readParsedFile } from './parsed-file.ts';
import { sortViolations, type Violation } from './violation.ts';
import { readWorkspace } from './workspace.ts';

export interface SourcesReport {
  readonly violations: readonly Violation[];
  /** Every code file, by its path from the root. */
  readonly paths: readonly string[];
  readonly packageCount: number;
}

export function checkSources(root: string): SourcesReport {
  const workspace = readWorkspace(root);
  const paths = workspace.packages.flatMap((owner) => owner.files);
  const parsed = new Map(paths.map((path) => [path, readParsedFile(root, path)]));
  const violations = sortViolations([...checkDependencies(workspace, parsed), ...checkHouse(workspace, parsed)]);
  return { violations, paths, packageCount: workspace.packages.length };
}
