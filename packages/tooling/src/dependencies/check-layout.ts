/** Judges the layout: how much a folder holds, and whether the folders that the rules speak of are there. */
import { posix } from 'node:path';
import type { Violation } from '../violation.ts';

/** A folder shows what it holds while its files can be read at a glance. */
const mostSourceFiles = 20;

/**
 * @param paths every code file of the workspace, by its path from the root
 * @param rulePaths the folders and files that the table of folders names
 */
export function checkLayout(paths: readonly string[], rulePaths: readonly string[]): readonly Violation[] {
  return [...crowdedFolders(paths), ...missingRulePaths(paths, rulePaths)];
}

function crowdedFolders(paths: readonly string[]): readonly Violation[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const folder = posix.dirname(path);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > mostSourceFiles)
    .map(([folder, count]) => ({
      file: folder,
      line: null,
      rule: 'crowded-folder',
      message: `holds ${count} source files, at most ${mostSourceFiles}: group those that belong together in a folder`,
    }));
}

function missingRulePaths(paths: readonly string[], rulePaths: readonly string[]): readonly Violation[] {
  return rulePaths
    .filter((rulePath) => !paths.some((path) => path === rulePath || path.startsWith(`${rulePath}/`)))
    .map((rulePath) => ({
      file: rulePath,
      line: null,
      rule: 'rule-without-folder',
      message: 'is named in the table of folders and does not exist: correct or remove its rule',
    }));
}
